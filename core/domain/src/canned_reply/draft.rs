//! What a canned reply is to say, checked.

use super::CannedReplyVersion;
use super::fill::placeholders;
use crate::hash::Sensitive;
use crate::ids::WorkspaceId;
use crate::limits::{LANGUAGE_CHARS_MAX, SLUG_CHARS_MAX, TAGS_MAX, TEXT_CHARS_MAX};
use crate::personal::{Content, NoteContent, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// A whole version of a canned reply, before it is recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CannedReplyDraft {
    /// The word that it is called by.
    pub shortcut: String,
    /// What it says; `{{name}}` stands for what is filled in when it is sent.
    pub text: Sensitive,
    /// The language it is written in (BCP 47).
    pub language: Option<String>,
    /// What it is about.
    pub tags: Vec<String>,
}

impl CannedReplyDraft {
    /// The version, and what is sealed of it.
    ///
    /// # Errors
    /// A [`Refusal`] of the field at fault.
    pub(super) fn read(
        self,
        workspace: WorkspaceId,
    ) -> Result<(CannedReplyVersion, Personal), Refusal> {
        let shortcut = validate::slug("shortcut", &self.shortcut, SLUG_CHARS_MAX)?;
        let text = validate::text("text", self.text, TEXT_CHARS_MAX)?;
        placeholders(text.expose())?;
        if self.tags.len() > TAGS_MAX {
            return Err(Refusal::field("tags", format!("at most {TAGS_MAX} tags")));
        }
        let tags = self.tags.iter().map(|tag| validate::tag("tags", tag));
        let mut tags = tags.collect::<Result<Vec<_>, _>>()?;
        tags.sort();
        tags.dedup();
        let language = self.language.as_deref();
        let language = language.map(language_code).transpose()?;
        let characters = u32::try_from(text.expose().chars().count()).unwrap_or(u32::MAX);
        let version = CannedReplyVersion { shortcut, language, tags, characters };
        let content = Content::Note(NoteContent { text });
        Ok((version, Personal { subject: workspace.into(), content }))
    }
}

/// A language as BCP 47 writes it: letters, digits and hyphens.
fn language_code(code: &str) -> Result<String, Refusal> {
    let code = code.trim();
    let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if plain && (2..=LANGUAGE_CHARS_MAX).contains(&code.len()) {
        return Ok(code.to_ascii_lowercase());
    }
    Err(Refusal::field("language", "must be a code such as pt or pt-BR"))
}
