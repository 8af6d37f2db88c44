//! The read model `imports`: where each job stands that reads a file or a site, one row each.
//!
//! Rows hold positions, codes and counts. Names and addresses are unsealed from the events of the
//! job when they are shown; its pages are read from its own stream.

mod query;

use convolog_domain::import::{
    Event as Happened, FileFormat, ImportFailure, ImportKind, ImportRequested, ImportStatus,
    PageOutcome, PageResult,
};
use convolog_domain::{AgentId, Event, ImportId, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Position, Timestamp};
use serde::{Deserialize, Serialize};

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::store::keys::Key;

pub use query::{ImportQuery, UnfinishedImports};

/// By creation: (workspace, position).
const BY_CREATION: u8 = 0x10;
/// Those that wait or run, of all workspaces: (position).
const UNFINISHED: u8 = 0x11;

/// One job.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ImportRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: ImportId,
    /// Where and when it was asked for; a row without it is not shown.
    pub created: Option<(Position, Timestamp)>,
    /// What is read.
    pub asked: Option<AskedRow>,
    /// When it was begun.
    pub begun_at: Option<Timestamp>,
    /// When and how it ended.
    pub ended: Option<(Timestamp, ImportStatus)>,
    /// Why it failed.
    pub failure: Option<ImportFailure>,
    /// There was more to read than it was allowed to.
    pub limited: bool,
    /// Pages that are known, those that are done among them.
    pub found: u32,
    /// What became of those that are done.
    pub tally: Tally,
}

/// What is read, in the clear.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedRow {
    /// A file or a site.
    pub kind: ImportKind,
    /// The agent that alone may answer from it.
    pub agent: Option<AgentId>,
    /// The language, if it was given.
    pub language: Option<String>,
    /// How the file is written.
    pub format: Option<FileFormat>,
    /// Bytes of the file.
    pub bytes: Option<u64>,
    /// How many links from the first page a page may be away.
    pub depth: Option<u32>,
    /// How many pages are read at most.
    pub pages: Option<u32>,
    /// The job that it does again.
    pub again_of: Option<ImportId>,
}

/// How many pages came to what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// New documents.
    pub added: u32,
    /// New versions.
    pub updated: u32,
    /// As they were.
    pub unchanged: u32,
    /// There no more.
    pub removed: u32,
    /// Left out.
    pub skipped: u32,
    /// Not readable.
    pub failed: u32,
}

impl Tally {
    /// All of them.
    pub const fn all(&self) -> u32 {
        let Self { added, updated, unchanged, removed, skipped, failed } = *self;
        added
            .saturating_add(updated)
            .saturating_add(unchanged)
            .saturating_add(removed)
            .saturating_add(skipped)
            .saturating_add(failed)
    }

    fn count(&mut self, page: &PageResult) {
        let counter = match page.outcome {
            PageOutcome::Added => &mut self.added,
            PageOutcome::Updated => &mut self.updated,
            PageOutcome::Unchanged => &mut self.unchanged,
            PageOutcome::Removed => &mut self.removed,
            PageOutcome::Skipped => &mut self.skipped,
            PageOutcome::Failed => &mut self.failed,
        };
        *counter = counter.saturating_add(1);
    }
}

impl From<&ImportRequested> for AskedRow {
    fn from(requested: &ImportRequested) -> Self {
        let ImportRequested { kind, agent, language, format, bytes, depth, pages, again_of } =
            requested.clone();
        Self { kind, agent, language, format, bytes, depth, pages, again_of }
    }
}

impl ImportRow {
    /// The key of a job's row.
    pub fn key(workspace: WorkspaceId, id: ImportId) -> RowKey {
        Key::part().uuid(workspace.0).uuid(id.0).done()
    }

    /// Where it stands.
    pub fn status(&self) -> ImportStatus {
        let under_way = || match self.begun_at {
            Some(_) => ImportStatus::Running,
            None => ImportStatus::Pending,
        };
        self.ended.map_or_else(under_way, |(_, status)| status)
    }

    /// Takes one event in.
    fn learn(&mut self, happened: &Happened, event: &Recorded) {
        match happened {
            Happened::ImportRequested(requested) => {
                self.created = self.created.or(Some((event.position, event.at)));
                self.asked = Some(requested.into());
            }
            Happened::ImportBegun(_) => self.begun_at = self.begun_at.or(Some(event.at)),
            Happened::ImportProgressed(progressed) => {
                for page in &progressed.pages {
                    self.tally.count(page);
                }
                self.found = self.found.saturating_add(progressed.found);
            }
            Happened::FileDiscarded(_) => {}
            Happened::ImportFinished(finished) => {
                self.ended = self.ended.or(Some((event.at, ImportStatus::Ready)));
                self.limited = finished.limited;
            }
            Happened::ImportFailed(failed) => {
                self.ended = self.ended.or(Some((event.at, ImportStatus::Failed)));
                self.failure = self.failure.or(Some(failed.reason));
            }
        }
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Imports;

impl ReadModel for Imports {
    const NAME: &'static str = "imports";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Import];
    type Row = ImportRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        keys.push(ImportRow::key(event.workspace(), ImportId(event.stream.id)));
    }

    fn fold(row: &mut ImportRow, event: &Recorded) -> Result<(), FoldError> {
        let Event::Import(happened) = &event.event else {
            return Err(FoldError("an event of another kind in an import".into()));
        };
        row.workspace = event.workspace();
        row.id = ImportId(event.stream.id);
        row.learn(happened, event);
        Ok(())
    }

    fn index(_: &RowKey, row: &ImportRow, entries: &mut Vec<IndexKey>) {
        let Some((position, _)) = row.created else { return };
        entries.push(Key::of(BY_CREATION).uuid(row.workspace.0).u64(position.0).done());
        if row.ended.is_none() {
            entries.push(Key::of(UNFINISHED).u64(position.0).done());
        }
    }

    fn dump(row: &ImportRow) -> String {
        let ImportRow {
            workspace,
            id,
            created,
            asked,
            begun_at,
            ended,
            failure,
            limited,
            found,
            tally,
        } = row;
        format!(
            "import {workspace}/{id} created {created:?} asked [{asked:?}] begun {begun_at:?} \
             ended {ended:?} failure {failure:?} limited {limited} found {found} tally {tally:?}"
        )
    }
}
