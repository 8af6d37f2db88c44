//! Whom an appointment is with.

use convolog_domain::appointment::With;
use convolog_domain::contact::Contact;
use convolog_domain::conversation::Conversation;
use convolog_domain::lead::Lead;
use convolog_domain::{ContactId, ConversationId, LeadId, Refusal, RefusalCode, WorkspaceId};

use crate::engine::Engine;
use crate::error::EngineError;

/// Whom an appointment is to be with: at least one of them; where several are given they are one
/// person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Whom {
    /// The contact.
    pub contact: Option<ContactId>,
    /// The conversation in which it came about: its contact.
    pub conversation: Option<ConversationId>,
    /// The lead, who may be no contact yet.
    pub lead: Option<LeadId>,
}

impl Engine {
    /// With whom an appointment is, and whose key seals what is said of it: the contact that goes on
    /// for the one that was named; a lead's own where no contact stands for it.
    pub(super) fn whom(&self, workspace: WorkspaceId, whom: Whom) -> Result<With, EngineError> {
        let mut contact = None;
        let mut is_one_person = |field: &'static str, other: ContactId| {
            let other = self.standing(workspace, other)?;
            if contact.is_some_and(|known| known != other) {
                let detail = "names somebody else than the other members do";
                return Err(EngineError::from(Refusal::field(field, detail)));
            }
            contact = Some(other);
            Ok(())
        };
        if let Some(named) = whom.contact {
            if !self.load::<Contact>(workspace, named.0)?.state.created {
                return Err(unknown("contact_id").into());
            }
            is_one_person("contact_id", named)?;
        }
        if let Some(conversation) = whom.conversation {
            let loaded = self.load::<Conversation>(workspace, conversation.0)?;
            let opened = loaded.state.opened.as_ref().ok_or_else(|| unknown("conversation_id"))?;
            is_one_person("conversation_id", opened.contact)?;
        }
        let mut of_lead = None;
        if let Some(lead) = whom.lead {
            let loaded = self.load::<Lead>(workspace, lead.0)?;
            let subject = loaded.state.subject().ok_or_else(|| unknown("lead_id"))?;
            if loaded.state.erased {
                return Err(erased().into());
            }
            match loaded.state.contact {
                Some(contact) => is_one_person("lead_id", contact)?,
                None => of_lead = Some(subject),
            }
        }
        let Some(subject) = contact.map(Into::into).or(of_lead) else {
            let detail = "is needed, or conversation_id, or lead_id: whom the appointment is with";
            return Err(Refusal::field("contact_id", detail).into());
        };
        if let Some(contact) = contact
            && self.load::<Contact>(workspace, contact.0)?.state.erased
        {
            return Err(erased().into());
        }
        let Whom { contact: _, conversation, lead } = whom;
        Ok(With { subject, contact, lead, conversation })
    }
}

fn unknown(field: &'static str) -> Refusal {
    Refusal::field(field, "names nothing that this workspace has")
}

fn erased() -> Refusal {
    let detail = "the data of this person was erased; nothing more is kept about them";
    Refusal::new(RefusalCode::Erased, detail)
}
