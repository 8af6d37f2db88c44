//! What a message says of the file that came with it. The file itself is fetched elsewhere, by its id.

use std::fmt;

use crate::json::Value;
use crate::limits::MAX_NAME;

/// A file of a message. Its caption is the message's text.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Media {
    /// Meta's id, good for seven days. Absent in placeholders and in some history imports.
    pub id: Option<String>,
    /// As sent, parameters included (`audio/ogg; codecs=opus`).
    pub mime_type: Option<String>,
    /// Hash of the file, base64, as sent.
    pub sha256: Option<String>,
    /// Documents only.
    pub filename: Option<String>,
    /// A recording made in the chat rather than a sound file.
    pub voice: Option<bool>,
    /// A moving sticker.
    pub animated: Option<bool>,
    /// A link was sent along; it lasts minutes and stays in the fragment.
    pub has_url: bool,
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media")
            .field("id", &self.id.is_some())
            .field("mime_type", &self.mime_type)
            .field("voice", &self.voice)
            .field("animated", &self.animated)
            .field("has_url", &self.has_url)
            .finish_non_exhaustive()
    }
}

impl Media {
    pub(crate) fn read(value: Value<'_>) -> Self {
        Self {
            id: value.id_of("id"),
            mime_type: value
                .text_of("mime_type")
                .map(|text| crate::json::shorten(text, 2 * MAX_NAME)),
            sha256: value.id_of("sha256"),
            filename: value.text_of("filename"),
            voice: value.bool_of("voice"),
            animated: value.bool_of("animated"),
            has_url: value.get("url").or_else(|| value.get("link")).is_some(),
        }
    }
}
