//! Open a lead.

use super::{ChangeLead, Lead, LeadOpened, Opening, Rank, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Aggregate, Command, Decision};
use crate::hash::{Hash32, Sensitive};
use crate::ids::{ChannelId, ContactId, LeadId, SubjectId};
use crate::limits::{EXTERNAL_ID_CHARS_MAX, SLUG_CHARS_MAX};
use crate::personal::{Content, LeadContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// Somebody may become a customer. What is known of them follows as with [`ChangeLead`], in the same
/// commit. Takes a claim on the subject, so that nobody is two leads, and one on the external
/// id, so that the same list taken in twice makes no second lead.
///
/// Who: a key with the scope `write`, or Convolog when somebody writes for the first time. Refuses:
/// a lead that was opened before (`already_exists`), one of whom nothing leads to anybody (no field, no
/// contact, no id of another system), a source that is not a word of a kind, an
/// external id that is no line of 1 to [`EXTERNAL_ID_CHARS_MAX`] characters, and what [`ChangeLead`] refuses.
#[derive(Clone, Debug)]
pub struct OpenLead {
    /// Which one; the stream that this is decided on.
    pub lead: LeadId,
    /// Whose key seals what is known of them: the contact's, or the lead's own.
    pub subject: SubjectId,
    /// The contact, if it is known who they are.
    pub contact: Option<ContactId>,
    /// What led to it.
    pub opened_by: Opening,
    /// Where they came from, in a word.
    pub source: String,
    /// The number they wrote to.
    pub channel: Option<ChannelId>,
    /// The id that another system gave them, and its keyed hash.
    pub external_id: Option<(Sensitive, Hash32)>,
    /// What is known of them.
    pub known: ChangeLead,
}

impl Command for OpenLead {
    type Aggregate = Lead;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.opened.is_some() {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this lead was opened before"));
        }
        let source = validate::slug("source", &self.source, SLUG_CHARS_MAX)?;
        let leads_to_nobody = self.known.fields.values().all(Option::is_none)
            && self.contact.is_none()
            && self.external_id.is_none();
        let external_id = match self.external_id {
            Some((id, hash)) => {
                let id = validate::line("external_id", id.expose(), EXTERNAL_ID_CHARS_MAX)?;
                Some((id, hash))
            }
            None => None,
        };
        let opened = LeadOpened {
            subject: self.subject,
            contact: self.contact,
            opened_by: self.opened_by,
            source,
            channel: self.channel,
            at: ctx.now_seconds(),
            rank: Rank::on_top(ctx.now(), self.lead.0),
            external_id: external_id.as_ref().map(|(_, hash)| *hash),
        };
        let mut begun = state.clone();
        Lead::evolve(&mut begun, &opened.clone().into());
        let known = self.known.decide(&begun, ctx)?;
        if leads_to_nobody {
            let detail = "a lead needs something that is known of it: a field such as name or phone, \
                          a contact, or an external id";
            return Err(Refusal::field("fields", detail));
        }
        let mut decision = Decision::new(opened).claiming(ClaimKey::Lead(self.subject));
        if let Some((id, hash)) = external_id {
            let content = LeadContent { external_id: Some(id.into()), ..LeadContent::default() };
            let content = Content::Lead(Box::new(content));
            decision = decision
                .sealing(Personal { subject: self.subject, content })
                .claiming(ClaimKey::LeadExternalId(hash));
        }
        Ok(std::iter::once(decision).chain(known).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::fixtures::{A, CONTACT, SUBJECT, euros, opened};
    use crate::lead::{LeadValued, Stage};
    use crate::testing::{NOW, NOW_SECONDS, given};

    fn open() -> OpenLead {
        OpenLead {
            lead: A,
            subject: SUBJECT,
            contact: Some(CONTACT),
            opened_by: Opening::Command,
            source: "api".into(),
            channel: None,
            external_id: None,
            known: ChangeLead::default(),
        }
    }

    fn event() -> LeadOpened {
        LeadOpened {
            subject: SUBJECT,
            contact: Some(CONTACT),
            opened_by: Opening::Command,
            source: "api".into(),
            channel: None,
            at: NOW_SECONDS,
            rank: Rank::on_top(NOW, A.0),
            external_id: None,
        }
    }

    #[test]
    fn nobody_is_two_leads() {
        given::<Lead>([])
            .when(open())
            .then([event().into()])
            .sealing([])
            .claiming([ClaimKey::Lead(SUBJECT)]);
        given::<Lead>([opened()]).when(open()).refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn whoever_is_known_is_sealed_under_their_own_key() {
        let known = OpenLead { subject: CONTACT.into(), contact: Some(CONTACT), ..open() };
        given::<Lead>([])
            .when(known)
            .then(
                [LeadOpened { subject: CONTACT.into(), contact: Some(CONTACT), ..event() }.into()],
            )
            .claiming([ClaimKey::Lead(CONTACT.into())]);
    }

    #[test]
    fn an_external_id_is_sealed_and_unique() {
        let hash = Hash32([7; 32]);
        let external_id = Some((" A-1 ".into(), hash));
        let content = LeadContent { external_id: Some("A-1".into()), ..LeadContent::default() };
        given::<Lead>([])
            .when(OpenLead { external_id, opened_by: Opening::Import, ..open() })
            .then([LeadOpened { external_id: Some(hash), opened_by: Opening::Import, ..event() }
                .into()])
            .sealing([Personal { subject: SUBJECT, content: Content::Lead(Box::new(content)) }])
            .claiming([ClaimKey::Lead(SUBJECT), ClaimKey::LeadExternalId(hash)]);
    }

    #[test]
    fn what_is_known_of_them_follows() {
        let value = Some(euros(900));
        let known = ChangeLead { value: Some(value.clone()), ..ChangeLead::default() };
        given::<Lead>([])
            .when(OpenLead { known, ..open() })
            .then([event().into(), LeadValued { stage: Stage::New, old: None, value }.into()]);
        let fields = [("Full Name".to_owned(), Some("Ana".into()))].into();
        let known = ChangeLead { fields, ..ChangeLead::default() };
        given::<Lead>([])
            .when(OpenLead { known, ..open() })
            .refused(RefusalCode::InvalidField)
            .at("fields");
    }

    #[test]
    fn a_lead_of_nobody_is_none() {
        let nobody = || OpenLead { contact: None, ..open() };
        let fields = |value| [("company".to_owned(), value)].into();
        let refused = given::<Lead>([]).when(nobody()).refused(RefusalCode::InvalidField);
        refused.at("fields");
        let known = ChangeLead { fields: fields(None), score: Some(None), ..ChangeLead::default() };
        given::<Lead>([])
            .when(OpenLead { known, ..nobody() })
            .refused(RefusalCode::InvalidField)
            .at("fields");
        let known = ChangeLead { fields: fields(Some("Sol".into())), ..ChangeLead::default() };
        given::<Lead>([]).when(OpenLead { known, ..nobody() }).decided();
        let external_id = Some(("A-1".into(), Hash32([7; 32])));
        given::<Lead>([]).when(OpenLead { external_id, ..nobody() }).decided();
    }

    #[test]
    fn a_source_is_a_word_of_a_kind() {
        for bad in ["", "Maria's friend", "two words", &"x".repeat(SLUG_CHARS_MAX + 1)] {
            given::<Lead>([])
                .when(OpenLead { source: bad.into(), ..open() })
                .refused(RefusalCode::InvalidField)
                .at("source");
        }
    }

    #[test]
    fn an_external_id_has_a_limit() {
        for bad in ["", " ", "a\nb", &"x".repeat(EXTERNAL_ID_CHARS_MAX + 1)] {
            given::<Lead>([])
                .when(OpenLead { external_id: Some((bad.into(), Hash32([7; 32]))), ..open() })
                .refused(RefusalCode::InvalidField)
                .at("external_id");
        }
    }
}
