//! A job that reads a file or a site, and its pages, as people read them.

use convolog_domain::import::{Event as Happened, PageResult};
use convolog_domain::{Event, ImportContent, ImportId, PagesContent, StreamKind, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::time::Time;
use crate::error::QueryError;
use crate::imports::{AskedRow, ImportRow, Tally};
use crate::page::{Page, Question};

/// Events of a job read at a time.
const STRETCH: usize = 64;

/// One job.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Import")]
pub struct ImportView {
    /// Which one.
    pub id: Uuid,
    /// What is read: `file`, `site`.
    pub kind: &'static str,
    /// Where it stands: `pending`, `running`, `ready`, `failed`.
    pub state: &'static str,
    /// Why it failed, if it did.
    pub reason: Option<&'static str>,
    /// The name of the file, or the address of the first page; null if it cannot be opened.
    pub source: Option<String>,
    /// The agent that alone may answer from it; null: every agent may.
    pub agent_id: Option<Uuid>,
    /// The language (ISO 639), if it was given.
    pub language: Option<String>,
    /// How the file is written: `pdf`, `docx`, `html`, `markdown`, `text`.
    pub format: Option<&'static str>,
    /// Bytes of the file.
    pub bytes: Option<u64>,
    /// How many links from the first page a page may be away.
    pub depth: Option<u32>,
    /// How many pages are read at most.
    pub pages: Option<u32>,
    /// The import that it does again.
    pub again_of: Option<Uuid>,
    /// How far it has come.
    pub progress: ImportProgress,
    /// There was more to read than it was allowed to.
    pub limited: bool,
    /// When it was asked for.
    pub created_at: Time,
    /// When it was begun.
    pub begun_at: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// How far a job has come, in pages of a site or parts of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ImportProgress {
    /// Those that are known.
    pub found: u32,
    /// Those that are done.
    pub done: u32,
    /// New documents.
    pub added: u32,
    /// New versions of documents.
    pub updated: u32,
    /// Those that say what they said.
    pub unchanged: u32,
    /// Those that are there no more, and neither is their document.
    pub removed: u32,
    /// Those that were left out.
    pub skipped: u32,
    /// Those that could not be read.
    pub failed: u32,
}

/// What became of a page of a site, or of a part of a file.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ImportPage")]
pub struct ImportPageView {
    /// Its number in the import, from 1.
    pub number: u32,
    /// Its address, or the name of the file; null if it cannot be opened.
    pub address: Option<String>,
    /// What became of it: `added`, `updated`, `unchanged`, `removed`, `skipped`, `failed`.
    pub state: &'static str,
    /// Why it was skipped, removed or failed.
    pub reason: Option<&'static str>,
    /// Its document.
    pub document_id: Option<Uuid>,
    /// The HTTP status that the server answered with.
    pub status: Option<u16>,
    /// Bytes that were read.
    pub bytes: u32,
    /// When that was recorded.
    pub at: Time,
}

impl std::fmt::Debug for ImportView {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ImportPageView {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportPageView").field("number", &self.number).finish_non_exhaustive()
    }
}

impl ImportProgress {
    fn of(row: &ImportRow) -> Self {
        let Tally { added, updated, unchanged, removed, skipped, failed } = row.tally;
        let done = row.tally.all();
        let found = row.found.max(done);
        Self { found, done, added, updated, unchanged, removed, skipped, failed }
    }
}

impl ImportView {
    /// A job; none if the row says nothing.
    pub(crate) fn of(contents: Contents<'_>, row: &ImportRow) -> Result<Option<Self>, QueryError> {
        let (Some((position, created)), Some(asked)) = (row.created, &row.asked) else {
            return Ok(None);
        };
        let source = match contents.import(position)? {
            Seen::Plain(ImportContent { source, title: _ }) => Some(source.0),
            _ => None,
        };
        let AskedRow { kind, agent, language, format, bytes, depth, pages, again_of } = asked;
        Ok(Some(Self {
            id: row.id.0,
            kind: kind.name(),
            state: row.status().name(),
            reason: row.failure.map(convolog_domain::import::ImportFailure::name),
            source,
            agent_id: agent.map(|agent| agent.0),
            language: language.clone(),
            format: format.map(convolog_domain::import::FileFormat::name),
            bytes: *bytes,
            depth: *depth,
            pages: *pages,
            again_of: again_of.map(|import| import.0),
            progress: ImportProgress::of(row),
            limited: row.limited,
            created_at: created.into(),
            begun_at: row.begun_at.map(Into::into),
            ended_at: row.ended.map(|(at, _)| at.into()),
        }))
    }
}

impl ImportPageView {
    fn of(page: &PageResult, address: Option<String>, at: Time) -> Self {
        Self {
            number: page.number,
            address,
            state: page.outcome.name(),
            reason: page.reason.map(convolog_domain::import::PageReason::name),
            document_id: page.document.map(|document| document.0),
            status: page.status,
            bytes: page.bytes,
            at,
        }
    }
}

/// A page of the pages of a job, in the order in which they were read.
pub(crate) fn pages(
    contents: Contents<'_>,
    (workspace, id): (WorkspaceId, ImportId),
    token: Option<&str>,
    limit: usize,
) -> Result<Page<ImportPageView>, QueryError> {
    let question = Question::new("import pages", &[id.0.as_bytes()]);
    let begin = token.map(|token| question.place(token)).transpose()?;
    let begin = begin.and_then(|place| <[u8; 4]>::try_from(place.as_slice()).ok());
    let after = begin.map_or(0, u32::from_be_bytes);
    let stream = Stream::new(workspace, StreamKind::Import, id.0).key();
    let (mut version, mut items) = (0, Vec::new());
    loop {
        let records = contents.log.read_stream(&stream, version, STRETCH)?;
        let Some(last) = records.last() else { break };
        version = last.header.version;
        for record in &records {
            let event = Recorded::read(record)?;
            let Event::Import(Happened::ImportProgressed(progressed)) = &event.event else {
                continue;
            };
            if progressed.pages.last().is_none_or(|page| page.number <= after) {
                continue;
            }
            let seen = match contents.pages_of(&event) {
                Seen::Plain(PagesContent { seen, found: _ }) => seen,
                _ => Vec::new(),
            };
            for (at, page) in progressed.pages.iter().enumerate() {
                if page.number <= after {
                    continue;
                }
                if items.len() == limit {
                    let next = items
                        .last()
                        .map(|page: &ImportPageView| question.token(&page.number.to_be_bytes()));
                    return Ok(Page { items, next });
                }
                let address = seen.get(at).map(|address| address.expose().to_owned());
                items.push(ImportPageView::of(page, address, event.at.into()));
            }
        }
    }
    Ok(Page { items, next: None })
}
