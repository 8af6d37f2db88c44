//! What somebody wants a document to say, and the version that comes of it.

use super::{DocumentFormat, DocumentVersion, reading};
use crate::hash::Sensitive;
use crate::ids::{AgentId, WorkspaceId};
use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_TITLE_CHARS_MAX};
use crate::personal::{Content, DocumentContent, DocumentOrigin, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// What a version of a document is to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentDraft {
    /// What people call it, on one line.
    pub title: Sensitive,
    /// What it says, in its format.
    pub content: Sensitive,
    /// How the content is written.
    pub format: DocumentFormat,
    /// The language (ISO 639, such as `pt`); none: it is worked out from the text.
    pub language: Option<String>,
    /// The agent that alone may answer from it; none: every agent may.
    pub agent: Option<AgentId>,
}

impl DocumentDraft {
    /// The version in the clear, and what is sealed of it for the workspace.
    ///
    /// # Errors
    /// `invalid_field` for a title or a language that is none, content without a word, or content
    /// over [`DOCUMENT_BYTES_MAX`].
    pub(super) fn read(
        self,
        workspace: WorkspaceId,
    ) -> Result<(DocumentVersion, Personal), Refusal> {
        self.read_from(workspace, None)
    }

    /// The same of what was read from a file or a page.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(super) fn read_from(
        self,
        workspace: WorkspaceId,
        origin: Option<DocumentOrigin>,
    ) -> Result<(DocumentVersion, Personal), Refusal> {
        let title = validate::line("title", self.title.expose(), DOCUMENT_TITLE_CHARS_MAX)?;
        let language = self.language.as_deref().map(language).transpose()?;
        if self.content.expose().len() > DOCUMENT_BYTES_MAX {
            let detail = format!("must be at most {DOCUMENT_BYTES_MAX} bytes; cut it into several");
            return Err(Refusal::field("content", detail));
        }
        let read = reading::read(self.format, self.content.expose());
        if read.passages.is_empty() {
            return Err(Refusal::field("content", "holds no text that could be found"));
        }
        let detected = if language.is_none() { reading::detect_language(&read.text) } else { None };
        let version = DocumentVersion {
            format: self.format,
            agent: self.agent,
            language_detected: detected.is_some(),
            language: language.or(detected.map(str::to_owned)),
            characters: u32::try_from(read.text.chars().count()).unwrap_or(u32::MAX),
            passages: u32::try_from(read.passages.len()).unwrap_or(u32::MAX),
            source: None,
        };
        let text = (read.text != self.content.expose()).then(|| read.text.into());
        let content = DocumentContent {
            title: title.into(),
            source: self.content,
            text,
            passages: read.passages,
            origin,
        };
        let content = Content::Document(Box::new(content));
        Ok((version, Personal { subject: workspace.into(), content }))
    }
}

/// A language as it is recorded: two or three small letters.
pub(crate) fn language(given: &str) -> Result<String, Refusal> {
    let given = given.trim().to_ascii_lowercase();
    if (2..=3).contains(&given.len()) && given.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(given);
    }
    Err(Refusal::field("language", "must be a language code of ISO 639, such as pt or he"))
}
