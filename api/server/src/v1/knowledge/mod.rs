//! What a business knows: documents that answers are drawn from, and searching them.

mod add;
mod crawls;
mod files;
mod imports;
mod read;
mod remove;
mod search;
mod update;

pub(crate) use add::AddDocument;
pub(crate) use crawls::{CrawlSite, ImportAgain, PAGES};
pub(crate) use files::{Readable, UploadFile, file_format};
pub(crate) use imports::{CancelImport, ListImportPages, ListImports, ShowImport};
pub(crate) use read::{ListDocuments, ListVersions, ShowDocument};
pub(crate) use remove::RemoveDocument;
pub(crate) use search::SearchKnowledge;
pub(crate) use update::UpdateDocument;

use convolog_domain::document::{DocumentDraft, DocumentFormat, DocumentVersion, Event as Written};
use convolog_domain::limits::DOCUMENT_BYTES_MAX;
use convolog_domain::{Event, WorkspaceId};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Room for a document and what JSON makes of it.
pub(crate) const BODY_BYTES_MAX: usize = 4 * DOCUMENT_BYTES_MAX;

/// How content is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DocumentFormat")]
pub(crate) enum Format {
    /// Plain text; an empty line ends a paragraph.
    Text,
    /// Markdown.
    #[default]
    Markdown,
    /// HTML; what is not shown, such as scripts, is left out.
    Html,
}

impl From<Format> for DocumentFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Markdown => Self::Markdown,
            Format::Html => Self::Html,
        }
    }
}

impl From<DocumentFormat> for Format {
    fn from(format: DocumentFormat) -> Self {
        match format {
            DocumentFormat::Text => Self::Text,
            DocumentFormat::Markdown => Self::Markdown,
            DocumentFormat::Html => Self::Html,
        }
    }
}

/// A version of a document that was just recorded.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct DocumentWritten {
    /// Which document.
    id: Uuid,
    /// What people call it.
    title: String,
    /// How the content is written.
    format: Format,
    /// The language (ISO 639), if it is known.
    language: Option<String>,
    /// The language was worked out from the text, not given.
    language_detected: bool,
    /// The agent that alone may answer from it; null: every agent may.
    agent_id: Option<Uuid>,
    /// Characters of the text without its format.
    characters: u32,
    /// Into how many passages the text is cut.
    passage_count: u32,
}

/// The version that a document was added with.
fn added(events: &[Event]) -> Option<&DocumentVersion> {
    events.iter().find_map(|event| match event {
        Event::Document(Written::DocumentAdded(added)) => Some(&added.version),
        _ => None,
    })
}

/// What a command that wrote a version is answered.
fn written(
    status: u16,
    workspace: WorkspaceId,
    id: Uuid,
    version: Option<&DocumentVersion>,
    draft: &DocumentDraft,
) -> Answer {
    let shown = version.map(|version| DocumentWritten {
        id,
        title: draft.title.expose().trim().to_owned(),
        format: version.format.into(),
        language: version.language.clone(),
        language_detected: version.language_detected,
        agent_id: version.agent.map(|agent| agent.0),
        characters: version.characters,
        passage_count: version.passages,
    });
    let body = serde_json::to_value(shown).unwrap_or_default();
    Answer::open(status, body, workspace)
}
