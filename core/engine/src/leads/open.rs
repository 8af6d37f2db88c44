//! Opening a lead by command or import.

use std::collections::{HashMap, HashSet};

use convolog_domain::contact::{Contact, IdentityKind};
use convolog_domain::lead::{ChangeLead, OpenLead, Opening, State};
use convolog_domain::{
    Command, ContactId, Hash32, LeadId, Refusal, RefusalCode, Sensitive, SubjectId, WorkspaceId,
};

use super::change::{FIELD_EMAIL, FIELD_PHONE, LeadChanges};
use super::find::{already, compared_by};
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

/// Leads that were tried one after the other, and would have been opened.
#[derive(Default)]
pub struct LeadsTried {
    external_ids: HashSet<Hash32>,
    subjects: HashSet<SubjectId>,
    /// To whom a number would have been promised that nobody had before.
    numbers: HashMap<Hash32, SubjectId>,
}

/// One that was tried before is the same person, or has the same id.
fn tried_already(field: &'static str) -> Refusal {
    let detail = "an earlier one is the same person, or has the same id";
    Refusal { field: Some(field), ..Refusal::new(RefusalCode::AlreadyExists, detail) }
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

    /// Whether a lead could be opened after those that were tried before it; records nothing.
    ///
    /// # Errors
    /// As [`Self::open_lead`], had the others been opened.
    pub fn try_lead(
        &self,
        caller: &Caller,
        id: LeadId,
        new: &NewLead,
        tried: &mut LeadsTried,
    ) -> Result<(), EngineError> {
        let workspace = caller.workspace;
        let external_id = match &new.external_id {
            Some(text) => Some(self.external_id_hash(workspace, text)?),
            None => None,
        };
        if external_id.is_some_and(|hash| tried.external_ids.contains(&hash)) {
            return Err(tried_already("external_id").into());
        }
        let contact = self.checked(caller, id, new)?;
        let phone = new.known.value_of(FIELD_PHONE);
        let number = phone.map(|phone| self.number_hash(workspace, phone)).transpose()?.flatten();
        let known = phone.map(|phone| self.known_by_phone(workspace, phone)).transpose()?.flatten();
        let promised = number.and_then(|number| tried.numbers.get(&number).copied());
        let (subject, field) = match contact {
            Some(contact) => (contact.into(), "contact_id"),
            None => (known.or(promised).unwrap_or_else(|| id.into()), FIELD_PHONE),
        };
        self.is_no_lead(workspace, subject, field)?;
        if !tried.subjects.insert(subject) {
            return Err(tried_already(field).into());
        }
        tried.external_ids.extend(external_id);
        if let Some(number) = number.filter(|_| known.is_none()) {
            tried.numbers.entry(number).or_insert(subject);
        }
        Ok(())
    }

    /// What a lead cannot have in common with another one, as keyed hashes: of two without a common
    /// one, it does not matter which is opened first.
    ///
    /// # Errors
    /// [`EngineError`] if the log or the vault cannot be read.
    pub fn lead_names(
        &self,
        workspace: WorkspaceId,
        new: &NewLead,
    ) -> Result<Vec<Hash32>, EngineError> {
        let mut names = Vec::new();
        let somebody = |subject: SubjectId| {
            self.keyed_hash(workspace, "lead-subject", &[subject.0.as_bytes()])
        };
        if let Some(external_id) = &new.external_id {
            names.push(self.external_id_hash(workspace, external_id)?);
        }
        if let Some(contact) = new.contact {
            names.push(somebody(self.standing(workspace, contact)?.into())?);
        }
        if let Some(phone) = new.known.value_of(FIELD_PHONE) {
            names.extend(self.number_hash(workspace, phone)?);
            let known = self.known_by_phone(workspace, phone)?;
            names.extend(known.map(somebody).transpose()?);
        }
        Ok(names)
    }

    fn number_hash(
        &self,
        workspace: WorkspaceId,
        phone: &Sensitive,
    ) -> Result<Option<Hash32>, EngineError> {
        let number = compared_by(IdentityKind::Phone, phone.expose());
        let hash = |number: String| self.keyed_hash(workspace, "lead-number", &[number.as_bytes()]);
        number.map(hash).transpose()
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
            return Err(already(lead, "external_id").into());
        }
        if let Some(contact) = contact {
            self.is_no_lead(workspace, contact.into(), "contact_id")?;
        }
        new.known.check_identities()?;
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
        let field = if contact.is_some() { "contact_id" } else { FIELD_PHONE };
        let phone = new.known.value_of(FIELD_PHONE);
        let subject = match (contact, phone) {
            (Some(contact), _) => contact.into(),
            (None, Some(phone)) => {
                self.subject_of_phone(workspace, phone, id.0)?.unwrap_or_else(|| id.into())
            }
            (None, None) => id.into(),
        };
        self.is_no_lead(workspace, subject, field)?;
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
