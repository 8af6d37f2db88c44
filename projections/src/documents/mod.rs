//! The read model `documents`: what a workspace's documents are now, one row each.
//!
//! Rows hold positions, codes and counts. Title and text are unsealed from the event of the version
//! that is shown; versions are read from the document's own stream.

mod query;

use convolog_domain::document::{DocumentFormat, DocumentVersion, Event as Written};
use convolog_domain::{AgentId, DocumentId, Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Position, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::past::OneStream;
use crate::store::keys::Key;

pub use query::DocumentQuery;
pub(crate) use query::version_place;

/// By creation: (workspace, position).
const BY_CREATION: u8 = 0x10;

/// One document.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: DocumentId,
    /// Where and when it was added; a row without it is not shown.
    pub created: Option<(Position, Timestamp)>,
    /// The version that stands for it.
    pub version: Option<VersionRow>,
    /// Where and when it was removed.
    pub removed: Option<(Position, Timestamp)>,
}

/// One version of a document, in the clear.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VersionRow {
    /// Its number, from 1.
    pub number: u32,
    /// The event that holds its title and text.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
    /// How the content is written.
    pub format: DocumentFormat,
    /// The agent that alone may answer from it.
    pub agent: Option<AgentId>,
    /// The language, if it is known.
    pub language: Option<String>,
    /// The language was worked out from the text.
    pub language_detected: bool,
    /// Characters of the text.
    pub characters: u32,
    /// Passages of the text.
    pub passages: u32,
}

impl VersionRow {
    fn of(number: u32, version: &DocumentVersion, event: &Recorded) -> Self {
        let DocumentVersion {
            format,
            agent,
            language,
            language_detected,
            characters,
            passages,
            source: _,
        } = version.clone();
        let (position, at) = (event.position, event.at);
        Self {
            number,
            position,
            at,
            format,
            agent,
            language,
            language_detected,
            characters,
            passages,
        }
    }
}

impl DocumentRow {
    /// The key of a document's row.
    pub fn key(workspace: WorkspaceId, id: DocumentId) -> RowKey {
        Key::part().uuid(workspace.0).uuid(id.0).done()
    }

    /// The version that is shown and found; none once it was removed.
    pub fn standing(&self) -> Option<&VersionRow> {
        self.version.as_ref().filter(|_| self.removed.is_none())
    }

    /// Takes one event in.
    fn learn(&mut self, written: &Written, event: &Recorded) {
        let version = match written {
            Written::DocumentAdded(added) => {
                self.created = self.created.or(Some((event.position, event.at)));
                &added.version
            }
            Written::DocumentUpdated(updated) => &updated.version,
            Written::DocumentRemoved(_) => {
                self.removed = self.removed.or(Some((event.position, event.at)));
                return;
            }
        };
        let number = self.version.as_ref().map_or(1, |before| before.number.saturating_add(1));
        self.version = Some(VersionRow::of(number, version, event));
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Documents;

impl ReadModel for Documents {
    const NAME: &'static str = "documents";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Document];
    type Row = DocumentRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        keys.push(DocumentRow::key(event.workspace(), DocumentId(event.stream.id)));
    }

    fn fold(row: &mut DocumentRow, event: &Recorded) -> Result<(), FoldError> {
        let Event::Document(written) = &event.event else {
            return Err(FoldError("an event of another kind in a document".into()));
        };
        row.workspace = event.workspace();
        row.id = DocumentId(event.stream.id);
        row.learn(written, event);
        Ok(())
    }

    fn index(_: &RowKey, row: &DocumentRow, entries: &mut Vec<IndexKey>) {
        // Those that were removed stay in it: `as_of` may ask for a time when they were there.
        let Some((position, _)) = row.created else { return };
        entries.push(Key::of(BY_CREATION).uuid(row.workspace.0).u64(position.0).done());
    }

    fn dump(row: &DocumentRow) -> String {
        let DocumentRow { workspace, id, created, version, removed } = row;
        let version = version.as_ref().map(|version| {
            let VersionRow {
                number,
                position,
                at,
                format,
                agent,
                language,
                language_detected,
                characters,
                passages,
            } = version;
            format!(
                "{number} at {position} ({}) {} agent {agent:?} language {language:?} detected \
                 {language_detected} characters {characters} passages {passages}",
                at.0,
                format.name(),
            )
        });
        format!(
            "document {workspace}/{id} created {created:?} version [{}] removed {removed:?}",
            version.unwrap_or_default(),
        )
    }
}

impl OneStream for Documents {
    const STREAM: StreamKind = StreamKind::Document;

    fn id(row: &DocumentRow) -> Uuid {
        row.id.0
    }

    fn began(row: &DocumentRow) -> Option<Position> {
        row.created.map(|(position, _)| position)
    }
}
