//! What can be certified of an erasure, when it is carried out and ever after.

use convolog_domain::{
    Actor, ActorKind, ContactId, Event, LeadId, StreamKind, SubjectId, WorkspaceId, contact, lead,
};
use convolog_engine::{Engine, Erased, Recorded, Stream};
use convolog_log::Timestamp;
use convolog_search::{Search, SearchError};
use convolog_vault::Erasure;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{ErasureError, moment};
use crate::reading::events_of;

/// What can be certified of an erasure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ErasureCertificate")]
pub struct Certificate {
    /// The workspace.
    pub workspace_id: Uuid,
    /// Every contact whose data was erased: the one asked for and those that are the same person.
    pub contacts: Vec<Uuid>,
    /// Every lead whose data was erased: those of the contacts, or the one asked for, and those merged
    /// with it.
    pub leads: Vec<Uuid>,
    /// Why.
    pub reason: String,
    /// Who answers for it: a person or a key; none if it was the administrator.
    pub by: Option<Uuid>,
    /// What `by` is: `person`, `key`, `administrator`.
    pub by_kind: String,
    /// When the keys were destroyed: from then on nobody reads what was sealed.
    pub keys_gone_at: String,
    /// When the search indexes no longer held a word; null until they are rewritten, and where there
    /// are none.
    pub indexes_rewritten_at: Option<String>,
    /// Where the log says so.
    pub position: u64,
    /// The generation of the vault without the keys.
    pub vault_generation: u64,
    /// Counts rewrites of the vault.
    pub vault_epoch: u32,
    /// When the last backup of the vault that may hold them is gone.
    pub backups_gone_by: String,
}

impl Certificate {
    /// Of an erasure that was just carried out.
    pub fn of(workspace: WorkspaceId, reason: &str, by: &Actor, erased: &Erased) -> Self {
        let contacts = erased.contacts.iter().map(|contact| contact.0).collect();
        let leads = erased.leads.iter().map(|lead| lead.0).collect();
        let facts = Facts { contacts, leads, reason: reason.to_owned(), by: by.answerable() };
        facts.certify(workspace, erased.position.0, &erased.erasure)
    }

    /// The same, with the time at which the search indexes held nothing any more.
    #[must_use]
    pub fn rewritten(self, at: Option<Timestamp>) -> Self {
        let at = at.map(|at| moment(at.0.div_euclid(1_000_000)));
        Self { indexes_rewritten_at: at.or(self.indexes_rewritten_at), ..self }
    }

    /// Of an erasure that history tells of; `None` if the contact was not erased.
    pub fn find(
        engine: &Engine,
        search: Option<&Search>,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<Option<Self>, ErasureError> {
        let Some((told, reason)) = erasure_of(engine, workspace, contact)? else { return Ok(None) };
        let (mut contacts, mut position, mut newest) = (Vec::new(), told.position, None::<Erasure>);
        for id in engine.one_person(workspace, contact)? {
            let Some(erasure) = engine.vault().erasure(workspace.0, id.0) else { continue };
            let Some((other, _)) = erasure_of(engine, workspace, id)? else { continue };
            contacts.push(id.0);
            position = position.max(other.position);
            newest =
                newest.filter(|known| known.generation >= erasure.generation).or(Some(erasure));
        }
        let person: Vec<ContactId> = contacts.iter().copied().map(ContactId).collect();
        let leads = engine.leads_of(workspace, &person)?.iter().map(|lead| lead.0).collect();
        let facts = Facts { contacts, leads, reason, by: told.actor.answerable() };
        let found = newest.map(|erasure| facts.certify(workspace, position.0, &erasure));
        found.map(|found| found.with_indexes(search)).transpose()
    }

    /// Of the erasure of a lead that no contact stood for; `None` if it was not erased by itself.
    pub fn find_of_lead(
        engine: &Engine,
        search: Option<&Search>,
        workspace: WorkspaceId,
        lead: LeadId,
    ) -> Result<Option<Self>, ErasureError> {
        let Some((told, reason, _)) = erasure_of_lead(engine, workspace, lead)? else {
            return Ok(None);
        };
        let (mut contacts, mut leads) = (Vec::new(), Vec::new());
        let (mut position, mut newest) = (told.position, None::<Erasure>);
        for id in engine.one_lead(workspace, lead)? {
            let Some((other, _, subjects)) = erasure_of_lead(engine, workspace, id)? else {
                continue;
            };
            leads.push(id.0);
            position = position.max(other.position);
            for subject in &subjects {
                // Whoever wrote in that very moment was erased by the same commit.
                let contact = erasure_of(engine, workspace, ContactId(subject.0))?;
                let is_same = |(told, _): &(Recorded, String)| told.commit_id == other.commit_id;
                if contact.as_ref().is_some_and(is_same) {
                    contacts.push(subject.0);
                }
            }
            let erasures =
                subjects.iter().filter_map(|id| engine.vault().erasure(workspace.0, id.0));
            newest = newest.into_iter().chain(erasures).max_by_key(|erasure| erasure.generation);
        }
        let facts = Facts { contacts, leads, reason, by: told.actor.answerable() };
        let found = newest.map(|erasure| facts.certify(workspace, position.0, &erasure));
        found.map(|found| found.with_indexes(search)).transpose()
    }

    /// Who is erased, as the search indexes know them.
    pub fn whom(&self) -> Vec<SubjectId> {
        self.contacts.iter().chain(&self.leads).copied().map(SubjectId).collect()
    }

    /// The same, with what the search indexes say.
    fn with_indexes(self, search: Option<&Search>) -> Result<Self, ErasureError> {
        let Some(search) = search else { return Ok(self) };
        match search.all_erased(WorkspaceId(self.workspace_id), &self.whom()) {
            // There is no index that could be asked.
            Err(SearchError::Rebuilding { .. }) => Ok(self),
            at => Ok(self.rewritten(at?)),
        }
    }
}

/// What history says.
struct Facts {
    contacts: Vec<Uuid>,
    leads: Vec<Uuid>,
    reason: String,
    by: (ActorKind, Uuid),
}

impl Facts {
    fn certify(self, workspace: WorkspaceId, position: u64, erasure: &Erasure) -> Certificate {
        let Self { contacts, leads, reason, by: (kind, id) } = self;
        Certificate {
            workspace_id: workspace.0,
            contacts,
            leads,
            reason,
            by: (!id.is_nil()).then_some(id),
            by_kind: kind.name().to_owned(),
            keys_gone_at: moment(erasure.at),
            indexes_rewritten_at: None,
            position,
            vault_generation: erasure.generation,
            vault_epoch: erasure.epoch,
            backups_gone_by: moment(erasure.backups_expire_at),
        }
    }
}

/// The event that says that a contact was erased, and its reason.
fn erasure_of(
    engine: &Engine,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Option<(Recorded, String)>, ErasureError> {
    let stream = Stream::new(workspace, StreamKind::Contact, contact.0);
    let events = events_of::<ErasureError>(&**engine.log(), &stream)?;
    Ok(events.into_iter().find_map(|recorded| match &recorded.event {
        Event::Contact(contact::Event::PersonalDataErased(erased)) => {
            let reason = erased.reason.clone();
            Some((recorded, reason))
        }
        _ => None,
    }))
}

/// The event that says that a lead was erased by itself, its reason, and whose keys are gone.
fn erasure_of_lead(
    engine: &Engine,
    workspace: WorkspaceId,
    lead: LeadId,
) -> Result<Option<(Recorded, String, Vec<SubjectId>)>, ErasureError> {
    let stream = Stream::new(workspace, StreamKind::Lead, lead.0);
    let events = events_of::<ErasureError>(&**engine.log(), &stream)?;
    Ok(events.into_iter().find_map(|recorded| match &recorded.event {
        Event::Lead(lead::Event::LeadErased(erased)) => {
            let (reason, subjects) = (erased.reason.clone()?, erased.subjects.clone());
            Some((recorded, reason, subjects))
        }
        _ => None,
    }))
}
