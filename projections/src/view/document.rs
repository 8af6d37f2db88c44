//! A document as people read it.

use convolog_domain::document::DocumentFormat;
use convolog_domain::{DocumentContent, DocumentId, DocumentOrigin, PassageMark};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::time::Time;
use crate::documents::{DocumentRow, VersionRow};
use crate::error::QueryError;

/// One version of a document, without its text.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DocumentSummary {
    /// Which document.
    pub id: Uuid,
    /// What people call it; none if it cannot be opened.
    pub title: Option<String>,
    /// How the content is written: `text`, `markdown`, `html`.
    pub format: &'static str,
    /// The language (ISO 639), if it is known.
    pub language: Option<String>,
    /// The language was worked out from the text, not given.
    pub language_detected: bool,
    /// The agent that alone may answer from it; null: every agent may.
    pub agent_id: Option<Uuid>,
    /// The number of the version, from 1.
    pub version: u32,
    /// Characters of the text without its format.
    pub characters: u32,
    /// Into how many passages the text is cut.
    pub passage_count: u32,
    /// When the document was added.
    pub created_at: Time,
    /// When this version was recorded.
    pub updated_at: Time,
    /// Where this version stands in the log.
    pub position: u64,
    /// Where it comes from; null if somebody wrote it here.
    pub source: Option<SourceView>,
    /// Its text cannot be opened; the operator's log says why.
    pub unreadable: bool,
}

/// Where a document comes from.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "DocumentSourceView")]
pub struct SourceView {
    /// The import that read it.
    pub import_id: Uuid,
    /// The name of the file, or the address of the page.
    pub address: String,
    /// Which part of it, from 1, if it was too long for one document.
    pub part: Option<u32>,
}

impl std::fmt::Debug for SourceView {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SourceView").field("import_id", &self.import_id).finish_non_exhaustive()
    }
}

impl From<&DocumentOrigin> for SourceView {
    fn from(origin: &DocumentOrigin) -> Self {
        let DocumentOrigin { import, address, part } = origin;
        Self { import_id: import.0, address: address.expose().to_owned(), part: *part }
    }
}

/// One version of a document.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DocumentView {
    /// Everything but the text.
    #[serde(flatten)]
    pub summary: DocumentSummary,
    /// The content as it was given.
    pub content: Option<String>,
    /// The text without its format; null where the content is that already.
    pub text: Option<String>,
    /// How the text is cut, in order.
    pub passages: Vec<PassageView>,
}

/// Where a passage stands in the text.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PassageView {
    /// The headings above it, the outermost first.
    pub headings: Vec<String>,
    /// Its first byte (UTF-8) in the text.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
}

impl From<PassageMark> for PassageView {
    fn from(mark: PassageMark) -> Self {
        let PassageMark { headings, start, end } = mark;
        Self { headings: headings.into_iter().map(|heading| heading.0).collect(), start, end }
    }
}

impl std::fmt::Debug for DocumentSummary {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DocumentSummary").field("id", &self.id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for DocumentView {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DocumentView").field("id", &self.summary.id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for PassageView {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PassageView({}..{})", self.start, self.end)
    }
}

/// The name of a format.
const fn format(format: DocumentFormat) -> &'static str {
    format.name()
}

impl DocumentSummary {
    fn of(
        id: DocumentId,
        created: Time,
        version: &VersionRow,
        seen: &Seen<&DocumentContent>,
    ) -> Self {
        Self {
            id: id.0,
            title: match seen {
                Seen::Plain(content) => Some(content.title.expose().to_owned()),
                _ => None,
            },
            format: format(version.format),
            language: version.language.clone(),
            language_detected: version.language_detected,
            agent_id: version.agent.map(|agent| agent.0),
            version: version.number,
            characters: version.characters,
            passage_count: version.passages,
            created_at: created,
            updated_at: version.at.into(),
            position: version.position.0,
            source: match seen {
                Seen::Plain(content) => content.origin.as_ref().map(Into::into),
                _ => None,
            },
            unreadable: matches!(seen, Seen::Unreadable),
        }
    }

    /// The version that stands for a document; none if none does.
    pub(crate) fn standing(
        contents: Contents<'_>,
        row: &DocumentRow,
    ) -> Result<Option<Self>, QueryError> {
        Ok(DocumentView::standing(contents, row)?.map(|view| view.summary))
    }
}

impl DocumentView {
    /// The version that stands for a document; none if none does.
    pub(crate) fn standing(
        contents: Contents<'_>,
        row: &DocumentRow,
    ) -> Result<Option<Self>, QueryError> {
        let (Some((_, created)), Some(version)) = (row.created, row.standing()) else {
            return Ok(None);
        };
        Self::of(contents, row.id, created.into(), version).map(Some)
    }

    /// One version.
    pub(crate) fn of(
        contents: Contents<'_>,
        id: DocumentId,
        created: Time,
        version: &VersionRow,
    ) -> Result<Self, QueryError> {
        let seen = contents.document(version.position)?;
        let summary = DocumentSummary::of(id, created, version, &seen.as_deref());
        let (content, text, passages) = match seen {
            Seen::Plain(content) => {
                let DocumentContent { title: _, source, text, passages, origin: _ } = *content;
                (Some(source.0), text.map(|text| text.0), passages)
            }
            _ => (None, None, Vec::new()),
        };
        Ok(Self {
            summary,
            content,
            text,
            passages: passages.into_iter().map(Into::into).collect(),
        })
    }
}
