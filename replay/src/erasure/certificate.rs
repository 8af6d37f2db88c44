//! What can be certified of an erasure, when it is carried out and ever after.

use convolog_domain::{Actor, ActorKind, ContactId, Event, StreamKind, WorkspaceId, contact};
use convolog_engine::{Engine, Erased, Recorded, Stream};
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
        let facts = Facts { contacts, reason: reason.to_owned(), by: by.answerable() };
        facts.certify(workspace, erased.position.0, &erased.erasure)
    }

    /// Of an erasure that history tells of; `None` if the contact was not erased.
    pub fn find(
        engine: &Engine,
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
        let facts = Facts { contacts, reason, by: told.actor.answerable() };
        Ok(newest.map(|erasure| facts.certify(workspace, position.0, &erasure)))
    }
}

/// What history says.
struct Facts {
    contacts: Vec<Uuid>,
    reason: String,
    by: (ActorKind, Uuid),
}

impl Facts {
    fn certify(self, workspace: WorkspaceId, position: u64, erasure: &Erasure) -> Certificate {
        let Self { contacts, reason, by: (kind, id) } = self;
        Certificate {
            workspace_id: workspace.0,
            contacts,
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
