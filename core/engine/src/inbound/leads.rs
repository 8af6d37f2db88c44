//! Whoever writes for the first time is a lead.
//!
//! Costs a message of somebody known one look into the plan; somebody new costs one event without a
//! sealed part and one claim.

use convolog_domain::lead::{Lead, LeadLinked, LeadOpened, Opening, Rank};
use convolog_domain::{ChannelId, ClaimKey, ContactId, Decision, LeadId, StreamKind};
use convolog_log::Origin;
use convolog_whatsapp::{Direction, Message};

use super::planner::Planner;
use crate::error::EngineError;
use crate::plan::Require;
use crate::recorded::Stream;

/// Where somebody came from who wrote by themselves.
const SOURCE: &str = "whatsapp";
/// Where somebody came from who answered an advertisement or a post.
const SOURCE_AD: &str = "whatsapp_ad";

impl Planner<'_> {
    /// Says that a contact that is made known just now is the lead to whom their number was promised,
    /// if there is one, whoever wrote and whenever: from now on they are erased together.
    pub(crate) fn link_lead(
        &mut self,
        contact: ContactId,
        origin: Origin,
    ) -> Result<(), EngineError> {
        let Some(holder) = self.holder(&ClaimKey::Lead(contact.into()))? else { return Ok(()) };
        self.leads.insert(contact);
        let lead = self.engine.load::<Lead>(self.workspace, holder.stream.id)?;
        // An erasure of the lead destroys the key that this contact is sealed with: one of the two
        // must see the other.
        let stream = Stream::new(self.workspace, StreamKind::Lead, holder.stream.id);
        self.plan.requires.push(Require::StreamAt(stream, lead.version));
        // Somebody may have said that it is another contact: that stands.
        if lead.state.contact.is_none() {
            let linked = Decision::new(LeadLinked { contact });
            self.push(StreamKind::Lead, holder.stream.id, linked, origin);
        }
        Ok(())
    }

    /// Opens a lead for a contact that a live inbound message made known just now, if they are none
    /// already.
    pub(crate) fn meet_lead(
        &mut self,
        channel: ChannelId,
        message: &Message,
        contact: ContactId,
        origin: Origin,
    ) -> Result<(), EngineError> {
        let is_somebody = !message.customer().is_unknown() && message.new_identity.is_none();
        let wrote = message.direction == Direction::Inbound && origin == Origin::Live;
        // A contact without events in the log is one of this very plan.
        let is_new = self.person(contact)?.version == 0;
        if !(is_somebody && wrote && is_new && self.leads.insert(contact)) {
            return Ok(());
        }
        let key = ClaimKey::Lead(contact.into());
        let lead = LeadId(self.ctx.next_id());
        let opened = LeadOpened {
            subject: contact.into(),
            contact: Some(contact),
            opened_by: Opening::FirstContact,
            source: if message.referral.is_some() { SOURCE_AD } else { SOURCE }.to_owned(),
            channel: Some(channel),
            at: self.ctx.now_seconds(),
            rank: Rank::on_top(self.ctx.now(), lead.0),
            external_id: None,
        };
        self.push(StreamKind::Lead, lead.0, Decision::new(opened).claiming(key), origin);
        Ok(())
    }
}
