//! Opening a lead by command or import.

use convolog_domain::contact::Contact;
use convolog_domain::lead::{ChangeLead, OpenLead, Opening, State};
use convolog_domain::{ClaimKey, Command, ContactId, LeadId, Refusal, Sensitive, SubjectId};

use super::change::{FIELD_EMAIL, FIELD_PHONE, LeadChanges};
use super::find::already;
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::plan::Plan;

/// A lead to be opened.
#[derive(Clone, Debug)]
pub struct NewLead {
    /// What led to it.
    pub opened_by: Opening,
    /// Where they came from, in a word.
    pub source: String,
    /// The contact, if it is known who they are. Else whoever has the phone number, if anybody.
    pub contact: Option<ContactId>,
    /// The id that another system gave them.
    pub external_id: Option<Sensitive>,
    /// What is known of them.
    pub known: LeadChanges,
}

impl Engine {
    /// Opens a lead and records what is known of it, in one commit.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if the contact or the owner does not exist, if they are a lead
    /// already or the external id is taken (`already_exists`), or a value is not allowed.
    pub async fn open_lead(
        &self,
        caller: &Caller,
        id: LeadId,
        new: &NewLead,
        once: Option<&Once>,
        answer: impl Fn(SubjectId, Option<ContactId>) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let (plan, subject, contact) = self.decide_open(caller, id, new)?;
            Ok((plan, answer(subject, contact)))
        })
        .await
    }

    /// Whether a lead could be opened; records nothing.
    ///
    /// # Errors
    /// As [`Self::open_lead`].
    pub fn check_lead(
        &self,
        caller: &Caller,
        id: LeadId,
        new: &NewLead,
    ) -> Result<(), EngineError> {
        self.checked(caller, id, new)?;
        if let Some(phone) = new.known.value_of(FIELD_PHONE)
            && let Some(token) = self.token_of_phone(caller.workspace, phone)?
            && let Some(holder) = self
                .log()
                .holder(&self.claim_hash(caller.workspace, &ClaimKey::Identity(token))?)?
        {
            let contact = self.standing(caller.workspace, ContactId(holder.stream.id))?;
            self.is_no_lead(caller.workspace, contact.into())?;
        }
        Ok(())
    }

    /// Everything that can be refused before the vault is asked to promise anything.
    fn checked(
        &self,
        caller: &Caller,
        id: LeadId,
        new: &NewLead,
    ) -> Result<Option<ContactId>, EngineError> {
        let workspace = caller.workspace;
        let contact = new.contact.map(|contact| self.linkable(workspace, contact)).transpose()?;
        self.check_owner(workspace, new.known.owner.flatten())?;
        if let Some(external_id) = &new.external_id
            && let Some(lead) = self.lead_with_external_id(workspace, external_id)?
        {
            let refusal = already(lead);
            return Err(Refusal { field: Some("external_id"), ..refusal }.into());
        }
        if let Some(contact) = contact {
            self.is_no_lead(workspace, contact.into())?;
        }
        let known = new.known.command(convolog_domain::lead::Tokens::default());
        let command = self.open_command(caller, id, new, (id.into(), contact), known)?;
        command.decide(&State::default(), &mut self.ctx())?;
        Ok(contact)
    }

    fn decide_open(
        &self,
        caller: &Caller,
        id: LeadId,
        new: &NewLead,
    ) -> Result<(Plan, SubjectId, Option<ContactId>), EngineError> {
        let workspace = caller.workspace;
        let mut contact = self.checked(caller, id, new)?;
        let phone = new.known.value_of(FIELD_PHONE);
        let subject = match (contact, phone) {
            (Some(contact), _) => contact.into(),
            (None, Some(phone)) => {
                self.subject_of_phone(workspace, phone, id.0)?.unwrap_or_else(|| id.into())
            }
            (None, None) => id.into(),
        };
        self.is_no_lead(workspace, subject)?;
        if self.load::<Contact>(workspace, subject.0)?.state.created {
            contact = Some(ContactId(subject.0));
        }
        let email = new.known.value_of(FIELD_EMAIL);
        let tokens = self.tokens_of(workspace, subject, phone, email)?;
        let known = new.known.command(tokens);
        let command = self.open_command(caller, id, new, (subject, contact), known)?;
        let (plan, _) = self.decide(caller, id.0, command)?;
        Ok((plan, subject, contact))
    }

    fn open_command(
        &self,
        caller: &Caller,
        lead: LeadId,
        new: &NewLead,
        (subject, contact): (SubjectId, Option<ContactId>),
        known: ChangeLead,
    ) -> Result<OpenLead, EngineError> {
        let external_id = match &new.external_id {
            Some(text) => Some((text.clone(), self.external_id_hash(caller.workspace, text)?)),
            None => None,
        };
        let (opened_by, source) = (new.opened_by, new.source.clone());
        Ok(OpenLead {
            lead,
            subject,
            contact,
            opened_by,
            source,
            channel: None,
            external_id,
            known,
        })
    }
}
