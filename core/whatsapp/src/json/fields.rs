//! Reading the fields of an element without relying on their JSON types.

use super::document::{Kind, Value};
use crate::limits::{MAX_ID, MAX_NAME};

impl Value<'_> {
    /// The text of the member `name`, a number or boolean as it is spelled; `None` if absent or empty.
    pub(crate) fn text_of(self, name: &str) -> Option<String> {
        self.get(name)?.scalar().filter(|text| !text.is_empty()).map(std::borrow::Cow::into_owned)
    }

    /// The same for identifiers: longer than [`MAX_ID`] is none.
    pub(crate) fn id_of(self, name: &str) -> Option<String> {
        self.text_of(name).filter(|id| id.len() <= MAX_ID)
    }

    /// The same for names out of a fixed list, cut at [`MAX_NAME`].
    pub(crate) fn name_of(self, name: &str) -> Option<String> {
        self.text_of(name).map(|text| shorten(text, MAX_NAME))
    }

    /// A whole number, however it is written; a fraction is cut off.
    pub(crate) fn int_of(self, name: &str) -> Option<i64> {
        let text = self.get(name)?.scalar()?;
        let text = text.trim();
        let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
            if fraction.bytes().all(|b| b.is_ascii_digit()) { whole } else { "" }
        });
        whole.parse().ok()
    }

    /// A yes or no, as a boolean or its name.
    pub(crate) fn bool_of(self, name: &str) -> Option<bool> {
        match self.get(name)?.scalar()?.as_ref() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The member `name` if it is an object.
    pub(crate) fn object_of(self, name: &str) -> Option<Self> {
        self.get(name).filter(|value| value.kind() == Kind::Object)
    }
}

/// `text` cut to at most `limit` bytes, at a character.
pub(crate) fn shorten(mut text: String, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}
