//! The platform's elements, looked at by path: texts of so many characters, lists of so many members.

use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// An element, or a part of one, that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Checked<'a> {
    pub(super) value: &'a Value,
}

/// What a person reads of an element, if anything.
pub(super) type Text = Result<Option<String>, Refusal>;

pub(super) fn wrong(field: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal::field(field, detail)
}

/// Whether a text has 1 to `most` characters.
fn fits(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most
}

/// Whether no two texts are the same.
pub(super) fn all_differ(mut texts: Vec<&str>) -> bool {
    let count = texts.len();
    texts.sort_unstable();
    texts.dedup();
    texts.len() == count
}

impl<'a> Checked<'a> {
    pub(super) fn object(self, field: &'static str) -> Result<&'a Map<String, Value>, Refusal> {
        self.value.as_object().ok_or_else(|| wrong(field, "must be an object"))
    }

    pub(super) fn has(self, path: &str) -> bool {
        self.value.pointer(path).is_some_and(|value| !value.is_null())
    }

    pub(super) fn at(self, path: &str) -> Option<&'a str> {
        self.value.pointer(path).and_then(Value::as_str)
    }

    pub(super) fn list(self, path: &str) -> &'a [Value] {
        self.value.pointer(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// A text that may be left out, of at most so many characters.
    pub(super) fn optional(
        self,
        path: &str,
        field: &'static str,
        most: usize,
    ) -> Result<(), Refusal> {
        match self.value.pointer(path) {
            Some(value) if !value.as_str().is_some_and(|text| fits(text, most)) => {
                Err(wrong(field, format!("needs 1 to {most} characters that are not all blank")))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn required(
        self,
        path: &str,
        field: &'static str,
        most: usize,
    ) -> Result<&'a str, Refusal> {
        self.at(path).filter(|text| fits(text, most)).ok_or_else(|| {
            wrong(field, format!("needs 1 to {most} characters that are not all blank"))
        })
    }

    /// A number from 0, written as one or as a text of digits.
    pub(super) fn index(self, path: &str) -> Option<usize> {
        let value = self.value.pointer(path)?;
        match value.as_str() {
            Some(text) => text.parse().ok(),
            None => usize::try_from(value.as_u64()?).ok(),
        }
    }
}
