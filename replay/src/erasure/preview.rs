//! What an erasure would destroy, place by place. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::contact::{Contact, Hold};
use convolog_domain::lead::Lead;
use convolog_domain::{ContactId, Content, StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Engine, Recorded};
use convolog_log::{Filter, Position, SealedContent};
use convolog_search::{Search, SearchError};
use convolog_vault::{KeyState, Opened};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{ErasureError, moment};
use crate::conversation::answerable;
use crate::reading::each;

/// What an erasure of a person would destroy.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "ErasurePreview")]
pub struct Preview {
    /// The workspace.
    pub workspace_id: Uuid,
    /// Every contact that would be erased: the one asked for and those that are the same person.
    pub contacts: Vec<Uuid>,
    /// Those of them that were erased before.
    pub erased: Vec<Uuid>,
    /// What stands in the way.
    pub legal_holds: Vec<HeldContact>,
    /// What else stands in the way: leads of theirs that are sealed for another contact as well, with
    /// which they must be merged first.
    pub shared_leads: Vec<SharedLead>,
    /// Streams with events that hold something sealed for them.
    pub streams: Vec<StreamPlace>,
    /// Answers that are kept for repeated requests and hold something of them.
    pub kept_answers: u64,
    /// Files that hold sealed parts too large for a record.
    pub blobs: Vec<BlobPlace>,
    /// What the vault holds of them.
    pub vault: VaultPlace,
    /// Rows of read models that name them by tokens.
    pub read_models: Vec<RowPlace>,
    /// Items of the search index that hold words of theirs or name them; null while there is no index
    /// that could be asked.
    pub search_documents: Option<u64>,
    /// Changes in the quarantine of the workspace that name one of their identities. They are sealed
    /// for a day, not for a person, and go when the key of their day does: after 30 days.
    pub quarantined: u64,
}

/// A contact under legal hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct HeldContact {
    /// Which one.
    pub contact: Uuid,
    /// Since when.
    pub since: String,
    /// Who answers for it: `person …` or `key …` with its id, or `administrator`.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A lead that is sealed for another contact as well.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct SharedLead {
    /// Which one.
    pub lead: Uuid,
    /// The other contact.
    pub contact: Uuid,
}

/// A stream with something sealed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct StreamPlace {
    /// `kind/id`.
    pub stream: String,
    /// Events with a sealed part about them.
    pub events: u64,
}

/// A file with something sealed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
pub struct BlobPlace {
    /// Names it: the hash of its ciphertext, in hex digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// What the vault holds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct VaultPlace {
    /// Sealing keys.
    pub keys: usize,
    /// Keys made of theirs and others', for what concerns several people at once.
    pub joint_keys: usize,
    /// Tokens that lead from a number or another identity to them.
    pub identity_tokens: usize,
}

/// Rows of a read model.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct RowPlace {
    /// Which read model.
    pub model: String,
    /// Rows.
    pub rows: u64,
    /// Tokens in them; what finds a contact by one is removed.
    pub tokens: u64,
}

impl Preview {
    /// Looks through every event of the workspace; `None` if there is no such contact.
    pub fn of(
        engine: &Engine,
        search: Option<&Search>,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<Option<Self>, ErasureError> {
        if !engine.load::<Contact>(workspace, contact.0)?.state.created {
            return Ok(None);
        }
        let person = engine.one_person(workspace, contact)?;
        let contacts: Vec<Uuid> = person.iter().map(|id| id.0).collect();
        let leads = engine.lead_subjects_of(workspace, &person)?;
        let shared = engine.leads_shared(workspace, &person)?.into_iter();
        let shared = shared.map(|(lead, contact)| SharedLead { lead: lead.0, contact: contact.0 });
        let mut subjects: BTreeSet<Uuid> = contacts.iter().copied().collect();
        subjects.extend(leads.iter().map(|id| id.0));
        let all: Vec<Uuid> = subjects.iter().copied().collect();
        let footprint = engine.vault().footprint(workspace.0, &all);
        subjects.extend(&footprint.joint);
        let indexed = search.map(|search| search.items_about(workspace, subjects.iter().copied()));
        let search_documents = match indexed.transpose() {
            Err(SearchError::Rebuilding { .. }) => None,
            indexed => indexed?,
        };
        let mut pass = Pass::over(engine, subjects);
        let filter = Filter { workspace: Some(workspace.0), ..Filter::default() };
        let log = &**engine.log();
        each::<ErasureError>(log, (Position::START, log.head()), &filter, |record| {
            pass.event(&Recorded::read(record)?);
            Ok(())
        })?;
        let vault = VaultPlace {
            keys: footprint.keys,
            joint_keys: footprint.joint.len(),
            identity_tokens: footprint.tokens,
        };
        let was_erased = |id: &Uuid| engine.vault().key_state(workspace.0, *id) == KeyState::Erased;
        let mut preview = Self {
            workspace_id: workspace.0,
            erased: contacts.iter().copied().filter(was_erased).collect(),
            contacts,
            shared_leads: shared.collect(),
            vault,
            search_documents,
            ..pass.finish()
        };
        preview.contacts_of(engine, workspace)?;
        preview.leads_of(engine, workspace, &person)?;
        Ok(Some(preview))
    }

    fn contacts_of(&mut self, engine: &Engine, workspace: WorkspaceId) -> Result<(), ErasureError> {
        let mut rows = RowPlace { model: "contacts".to_owned(), rows: 0, tokens: 0 };
        for contact in &self.contacts {
            let state = engine.load::<Contact>(workspace, *contact)?.state;
            rows.rows += 1;
            rows.tokens += count(state.identities.len());
            if let Some(Hold(placed)) = &state.hold {
                self.legal_holds.push(HeldContact {
                    contact: *contact,
                    since: moment(placed.at),
                    by: answerable(placed.answerable()),
                    reason: placed.reason.clone(),
                });
            }
        }
        self.read_models.push(rows);
        Ok(())
    }

    fn leads_of(
        &mut self,
        engine: &Engine,
        workspace: WorkspaceId,
        person: &[ContactId],
    ) -> Result<(), ErasureError> {
        let mut rows = RowPlace { model: "leads".to_owned(), rows: 0, tokens: 0 };
        for lead in engine.leads_of(workspace, person)? {
            let loaded = engine.load::<Lead>(workspace, lead.0)?;
            let fields = &loaded.state.fields;
            let tokens = ["phone", "email"].into_iter().filter(|name| fields.contains(*name));
            let tokens = count(tokens.count());
            rows.rows += u64::from(tokens > 0);
            rows.tokens += tokens;
        }
        self.read_models.extend((rows.rows > 0).then_some(rows));
        Ok(())
    }
}

struct Pass<'e> {
    engine: &'e Engine,
    subjects: BTreeSet<Uuid>,
    streams: BTreeMap<String, u64>,
    kept_answers: u64,
    blobs: BTreeSet<BlobPlace>,
    /// Values of their identities, to recognise them in the quarantine.
    values: BTreeSet<String>,
    /// What is quarantined and can be opened.
    quarantined: Vec<Vec<u8>>,
}

impl<'e> Pass<'e> {
    const fn over(engine: &'e Engine, subjects: BTreeSet<Uuid>) -> Self {
        Self {
            engine,
            subjects,
            streams: BTreeMap::new(),
            kept_answers: 0,
            blobs: BTreeSet::new(),
            values: BTreeSet::new(),
            quarantined: Vec::new(),
        }
    }

    fn event(&mut self, event: &Recorded) {
        if event.stream.kind == StreamKind::Quarantine {
            self.quarantined(event);
        }
        let mut theirs = false;
        for part in event.sealed.iter().filter(|part| self.subjects.contains(&part.subject)) {
            theirs = true;
            if let SealedContent::Blob(blob) = &part.content {
                self.blobs.insert(BlobPlace { sha256: hex::encode(blob.hash), bytes: blob.len });
            }
        }
        for blob in event.blobs.iter().filter(|_| theirs) {
            self.blobs.insert(BlobPlace { sha256: hex::encode(blob.hash), bytes: blob.len });
        }
        match event.stream.kind {
            _ if !theirs => {}
            StreamKind::Request => self.kept_answers += 1,
            kind => {
                *self.streams.entry(event.stream.to_string()).or_default() += 1;
                if kind == StreamKind::Contact {
                    self.learn(event);
                }
            }
        }
    }

    fn learn(&mut self, event: &Recorded) {
        for opened in self.engine.open(event) {
            if let Disclosure::Content(Content::Identity(identity)) = opened.disclosure {
                self.values.insert(identity.value.0);
            }
        }
    }

    fn quarantined(&mut self, event: &Recorded) {
        for part in &event.sealed {
            let opened = self.engine.unseal(event.workspace().0, event.event_id, part);
            if let Ok(Opened::Plain(plain)) = opened {
                self.quarantined.push(plain.to_vec());
            }
        }
    }

    fn finish(self) -> Preview {
        let names = |plain: &&Vec<u8>| {
            self.values.iter().any(|value| {
                plain.windows(value.len().max(1)).any(|window| window == value.as_bytes())
            })
        };
        Preview {
            quarantined: count(self.quarantined.iter().filter(names).count()),
            streams: self
                .streams
                .into_iter()
                .map(|(stream, events)| StreamPlace { stream, events })
                .collect(),
            kept_answers: self.kept_answers,
            blobs: self.blobs.into_iter().collect(),
            ..Preview::default()
        }
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
