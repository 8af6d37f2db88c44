//! The platform's posts, found in the log again and cut down to one conversation.

use std::collections::HashSet;

use convolog_domain::{Content, Event, StreamKind};
use convolog_engine::{Disclose, Disclosure, Engine, Recorded, print_post};
use serde_json::{Map, Value};

use super::RecordError;
use crate::story::{Post, Step};

/// Members of a change that are lists of things with an id.
const LISTS: [&str; 3] = ["messages", "message_echoes", "statuses"];

/// Members that name a person.
const NAMES: [&str; 10] = [
    "from",
    "to",
    "from_user_id",
    "to_user_id",
    "from_parent_user_id",
    "to_parent_user_id",
    "recipient_id",
    "recipient_user_id",
    "wa_id",
    "user_id",
];

/// Which parts of posts belong to the conversation.
pub(super) struct Keep {
    /// The platform's ids of its messages, reactions, edits …
    ids: HashSet<String>,
}

impl Keep {
    pub(super) fn of(engine: &Engine, events: &[Recorded]) -> Self {
        let mut ids = HashSet::new();
        for event in events {
            for opened in engine.open(event) {
                let id = match opened.disclosure {
                    Disclosure::Content(Content::Message(content)) => content.platform_id,
                    Disclosure::Content(Content::Status(content)) => content.platform_id,
                    _ => None,
                };
                ids.extend(id.map(|id| id.0));
            }
        }
        Self { ids }
    }

    fn has(&self, element: &Value) -> bool {
        // What came without an id cannot be told from others; it stays.
        element.get("id").and_then(spelled).is_none_or(|id| self.ids.contains(&id))
    }
}

/// The post of a commit, with what belongs to the conversation; none if it came from no post, or
/// holds nothing of it.
pub(super) fn of_commit(
    engine: &Engine,
    commit: &[Recorded],
    keep: &Keep,
) -> Result<Option<Value>, RecordError> {
    let Some(receipt) = commit.iter().find(|event| event.stream.kind == StreamKind::Receipt) else {
        return Ok(None);
    };
    let mut body: Value = serde_json::from_str(&print_post(engine, receipt.position)?)?;
    let renamed = commit.iter().any(|event| matches!(&event.event, Event::Contact(_)));
    let Some(entries) = body.get_mut("entry").and_then(Value::as_array_mut) else {
        return Ok(None);
    };
    for entry in entries.iter_mut() {
        if let Some(changes) = entry.get_mut("changes").and_then(Value::as_array_mut) {
            changes.retain_mut(|change| cut(change, keep, renamed));
        }
    }
    entries.retain(|entry| {
        entry.get("changes").and_then(Value::as_array).is_some_and(|changes| !changes.is_empty())
    });
    Ok(if entries.is_empty() { None } else { Some(body) })
}

/// Cuts a change down; false if nothing of it is left.
fn cut(change: &mut Value, keep: &Keep, renamed: bool) -> bool {
    let Some(value) = change.get_mut("value").and_then(Value::as_object_mut) else { return false };
    let (mut had, mut names) = (false, HashSet::new());
    for list in LISTS {
        let Some(elements) = value.get_mut(list).and_then(Value::as_array_mut) else { continue };
        had = true;
        elements.retain(|element| keep.has(element));
        for element in elements.iter() {
            name(element, &mut names);
        }
        if elements.is_empty() {
            value.remove(list);
        }
    }
    let mut history = false;
    if let Some(chunks) = value.get_mut("history").and_then(Value::as_array_mut) {
        had = true;
        history = cut_history(chunks, keep);
    }
    if !had {
        // A notice: of use only if the person's names changed with it.
        return renamed;
    }
    if let Some(contacts) = value.get_mut("contacts").and_then(Value::as_array_mut)
        && contacts.len() > 1
    {
        contacts.retain(|contact| {
            let mut its = HashSet::new();
            name(contact, &mut its);
            !its.is_disjoint(&names)
        });
    }
    history || LISTS.iter().any(|list| value.contains_key(*list))
}

fn cut_history(chunks: &mut Vec<Value>, keep: &Keep) -> bool {
    for chunk in chunks.iter_mut() {
        let Some(threads) = chunk.get_mut("threads").and_then(Value::as_array_mut) else {
            continue;
        };
        threads.retain_mut(|thread| {
            let messages = thread.get_mut("messages").and_then(Value::as_array_mut);
            messages.is_some_and(|messages| {
                messages.retain(|message| keep.has(message));
                !messages.is_empty()
            })
        });
    }
    let has_threads = |chunk: &Value| {
        chunk.get("threads").and_then(Value::as_array).is_some_and(|threads| !threads.is_empty())
    };
    chunks.retain(has_threads);
    !chunks.is_empty()
}

/// The names in an element, phones by their last eight digits: the ninth is told or not.
fn name(element: &Value, names: &mut HashSet<String>) {
    for key in NAMES {
        if let Some(text) = element.get(key).and_then(spelled) {
            let start = text.len().saturating_sub(8);
            names.insert(text.get(start..).unwrap_or(&text).to_owned());
        }
    }
}

/// A name or id, whether it came as a text or as a number.
fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The business's number as the platform writes it in posts.
pub(super) fn display_number(body: &Value) -> Option<String> {
    let number = body.pointer("/entry/0/changes/0/value/metadata/display_phone_number")?;
    number.as_str().map(str::to_owned)
}

/// A post as a step: in short, where the story's own envelope says the same.
pub(super) fn step(body: Value, number: &str) -> Step {
    let post =
        shortened(&body, number).unwrap_or_else(|| Post { body: Some(body), ..Post::default() });
    Step { post: Some(post), ..Step::default() }
}

fn shortened(body: &Value, number: &str) -> Option<Post> {
    let [entry] = body.get("entry")?.as_array()?.as_slice() else { return None };
    let [change] = entry.get("changes")?.as_array()?.as_slice() else { return None };
    let value = change.get("value")?.as_object()?;
    if value.get("metadata")?.get("phone_number_id")?.as_str()? != number {
        return None;
    }
    let mut rest: Map<String, Value> = value.clone();
    for key in ["metadata", "messaging_product"] {
        rest.remove(key);
    }
    let field = change.get("field")?.as_str()?;
    Some(Post {
        field: Some(field.to_owned()).filter(|field| field != "messages"),
        contacts: rest.remove("contacts"),
        messages: rest.remove("messages"),
        statuses: rest.remove("statuses"),
        value: rest,
        ..Post::default()
    })
}
