//! What a business knows, in its own words: a document that answers are drawn from.
//!
//! Each version is kept whole. Its text is taken out of its format and cut into passages once, when
//! it arrives; title, text and passages are sealed for the workspace, whose own text they are. In
//! the clear stand the format, the language, the agent it is for, and sizes.

mod add_document;
mod draft;
mod import_document;
mod reading;
mod remove_document;
mod update_document;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::ids::{AgentId, ImportId};
use crate::import::ImportKind;

pub use add_document::AddDocument;
pub use draft::DocumentDraft;
pub(crate) use draft::language;
pub use import_document::ImportDocument;
pub use reading::{PASSAGE_WORDS_MAX, detect_language};
pub use remove_document::RemoveDocument;
pub use update_document::UpdateDocument;

/// How the content of a document is written.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DocumentFormat {
    /// Plain text; an empty line ends a paragraph.
    Text,
    /// Markdown (`CommonMark` with tables).
    Markdown,
    /// HTML; scripts, styles and everything else that is not shown is left out.
    Html,
}

impl DocumentFormat {
    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

/// One version of a document, in the clear. Sealed: title, content, text, passages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentVersion {
    /// How the content is written.
    pub format: DocumentFormat,
    /// The agent that alone may answer from it; none: every agent may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// The language of the text (ISO 639, such as `pt`), if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The language was worked out from the text, not given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub language_detected: bool,
    /// Characters of the text without its format.
    pub characters: u32,
    /// Into how many passages the text was cut.
    pub passages: u32,
    /// Where it comes from, if a file or a page was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DocumentSource>,
}

/// Where a document comes from, in the clear.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentSource {
    /// What was read.
    pub kind: ImportKind,
    /// The job that read this version.
    pub import: ImportId,
    /// A keyed hash of the file's name or the page's address: one document for each.
    pub key: Hash32,
    /// A keyed hash of what it said when it was read.
    pub content: Hash32,
}

/// There is a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct DocumentAdded {
    /// Its first version.
    pub version: DocumentVersion,
}

/// It has a new version, which stands for it from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct DocumentUpdated {
    /// The new version.
    pub version: DocumentVersion,
}

/// Nobody answers from it any more. What it said stays in history.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRemoved {}

events! {
    /// What happened to a document.
    Document {
        1 "document_added" @1 DocumentAdded(DocumentAdded) seals [Document]
            by [add_document::AddDocument, import_document::ImportDocument],
        2 "document_updated" @1 DocumentUpdated(DocumentUpdated) seals [Document]
            by [update_document::UpdateDocument, import_document::ImportDocument],
        3 "document_removed" @1 DocumentRemoved(DocumentRemoved)
            by [remove_document::RemoveDocument],
    }
}

/// What the history of a document amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The newest version; none before it was added.
    pub latest: Option<DocumentVersion>,
    /// The number of that version, from 1.
    pub number: u32,
    /// It was removed.
    pub removed: bool,
}

impl State {
    /// The newest version, unless it was never added or was removed.
    ///
    /// # Errors
    /// `not_found` if there is no such document, or no longer.
    pub(crate) fn live(&self) -> Result<&DocumentVersion, crate::Refusal> {
        self.latest.as_ref().filter(|_| !self.removed).ok_or_else(|| {
            crate::Refusal::new(crate::RefusalCode::NotFound, "there is no such document")
        })
    }
}

/// A document that answers are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Document;

impl Aggregate for Document {
    const KIND: StreamKind = StreamKind::Document;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        let version = match event {
            Event::DocumentAdded(added) => &added.version,
            Event::DocumentUpdated(updated) => &updated.version,
            Event::DocumentRemoved(DocumentRemoved {}) => {
                state.removed = true;
                return;
            }
        };
        state.latest = Some(version.clone());
        state.number = state.number.saturating_add(1);
    }
}
