//! A post in parts, so that each can be judged (and stored) by whom it belongs to.
//!
//! Reads with the same eyes as [`parse`](crate::parse): the number and account that a part names are the
//! ones that its updates will have, repeated keys and odd types included. Nothing is lost: what stands
//! beside the changes is a part of its own.

use std::fmt;
use std::sync::Arc;

use crate::json::{Kind, Value};
use crate::limits::{MAX_ID, MAX_UPDATES};
use crate::parse::{OBJECT, document_of, root_of, text_of};
use crate::post::NotMeta;

/// Longest id or time that is repeated with each change of its entry; every character may be escaped.
const MAX_HEAD: usize = 8 * MAX_ID;

/// One change of a post with the head of its entry, or what stood beside the changes.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// `entry[].id`
    pub account_id: Option<String>,
    /// `metadata.phone_number_id` of the change; `None` if it is not about a number.
    pub phone_number_id: Option<String>,
    /// The change's field.
    pub field: Option<String>,
    text: Text,
}

#[derive(Clone, PartialEq, Eq)]
enum Text {
    /// A member of the post itself, key and value.
    Member(String),
    /// A whole element of `entry[]`.
    Entry(String),
    /// An element of `changes[]`, and which entry it stood in.
    Change { entry: usize, head: Arc<str>, text: String },
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("field", &self.field).finish_non_exhaustive()
    }
}

/// Takes a post apart, in the order of its text. Refuses what [`parse`](crate::parse) refuses; of updates
/// it counts the parts only.
pub fn split(body: &[u8]) -> Result<Vec<Part>, NotMeta> {
    let text = text_of(body)?;
    let document = document_of(text)?;
    let root = root_of(&document)?;
    let object = root.get("object");
    let mut parts = Vec::new();
    for (key, value) in root.members() {
        if key.is_key("entry") && value.kind() == Kind::Array {
            for (number, entry) in value.elements().enumerate() {
                split_entry(number, entry, &mut parts);
            }
        } else if !object.is_some_and(|object| object.is_same(value)) {
            let text = Text::Member(format!("{}:{}", key.raw(), value.raw()));
            parts.push(Part { account_id: None, phone_number_id: None, field: None, text });
        }
        if parts.len() > MAX_UPDATES {
            return Err(NotMeta::TooManyUpdates);
        }
    }
    Ok(parts)
}

/// A post of these parts alone. Parts of one entry that follow each other share it again.
pub fn join<'p>(parts: impl IntoIterator<Item = &'p Part>) -> String {
    let (mut members, mut entries) = (String::new(), String::new());
    let mut open = None;
    for part in parts {
        let shares = matches!(&part.text, Text::Change { entry, .. } if open == Some(*entry));
        if open.is_some() && !shares {
            entries.push_str("]}");
            open = None;
        }
        match &part.text {
            Text::Member(text) => {
                members.push_str(text);
                members.push(',');
            }
            Text::Entry(text) => {
                separate(&mut entries);
                entries.push_str(text);
            }
            Text::Change { entry, head, text } => {
                separate(&mut entries);
                if !shares {
                    entries.push_str(head);
                    entries.push_str("\"changes\":[");
                }
                entries.push_str(text);
                open = Some(*entry);
            }
        }
    }
    if open.is_some() {
        entries.push_str("]}");
    }
    // The frame comes last, so that nothing that was sent can stand in for it.
    format!("{{{members}\"object\":\"{OBJECT}\",\"entry\":[{entries}]}}")
}

fn separate(list: &mut String) {
    if !list.is_empty() {
        list.push(',');
    }
}

/// One part a change, and one for what else the entry holds.
fn split_entry(number: usize, entry: Value<'_>, parts: &mut Vec<Part>) {
    let account_id = entry.id_of("id");
    let is_changes =
        |key: Value<'_>, list: Value<'_>| key.is_key("changes") && list.kind() == Kind::Array;
    let heads = [entry.get("id"), entry.get("time")];
    let (mut head, mut rest) = (String::from("{"), String::from("{"));
    for (key, value) in entry.members().filter(|(key, value)| !is_changes(*key, *value)) {
        let last = heads.iter().flatten().any(|last| last.is_same(value));
        let to = if last && value.raw().len() <= MAX_HEAD { &mut head } else { &mut rest };
        to.push_str(key.raw());
        to.push(':');
        to.push_str(value.raw());
        to.push(',');
    }
    let head: Arc<str> = head.into();
    let before = parts.len();
    let lists = entry.members().filter(|(key, list)| is_changes(*key, *list));
    for change in lists.flat_map(|(_, list)| list.elements()) {
        if parts.len() > MAX_UPDATES {
            return;
        }
        let metadata = change.get("value").and_then(|value| value.object_of("metadata"));
        let text =
            Text::Change { entry: number, head: Arc::clone(&head), text: change.raw().to_owned() };
        parts.push(Part {
            account_id: account_id.clone(),
            phone_number_id: metadata.and_then(|metadata| metadata.id_of("phone_number_id")),
            field: change.name_of("field"),
            text,
        });
    }
    let text = if parts.len() == before {
        entry.raw().to_owned()
    } else if rest.len() > 1 {
        let head = head.strip_prefix('{').unwrap_or_default();
        format!("{rest}{head}\"changes\":[]}}")
    } else {
        return;
    };
    parts.push(Part { account_id, phone_number_id: None, field: None, text: Text::Entry(text) });
}
