//! Runs a recorded story and writes down what it gives, after comparing that with the conversation.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::kept::{is_status, is_word};
use super::{RecordError, RecordOptions};
use crate::story::{
    Backend, Check, DomainHost, Host, HostError, Paths, Story, StoryFile, Transcript, Verdict,
    View, run_one,
};

/// Members of a message that a recorded story expects.
const SHOWN: [&str; 13] = [
    "direction",
    "type",
    "text",
    "status",
    "sent_at",
    "ordered_at",
    "edited",
    "revoked",
    "reactions",
    "statuses",
    "errors",
    "origin",
    "group",
];

/// Adds to a recorded story what it must give.
pub(super) async fn complete(
    story: &mut Story,
    messages: &[Value],
    options: RecordOptions,
) -> Result<(), RecordError> {
    let differs = |error: HostError| RecordError::Differs(error.to_string());
    let file = StoryFile { path: "recorded.yaml".into(), story: story.clone() };
    let make = |at| async move { DomainHost::new(Backend::Memory, at) };
    let (verdict, host) = run_one(&file, &Paths::default(), make).await;
    let (Verdict::Passed { .. }, Some(mut host)) = (&verdict, host) else {
        return Err(RecordError::Differs(cannot_be_told(verdict)));
    };
    let workspace = host.workspaces().map_err(differs)?.first().copied().unwrap_or_default();
    let conversations = host.view(workspace, View::Conversations, None).await.map_err(differs)?;
    let wanted: Vec<Value> = messages.iter().map(|message| shape(message, options)).collect();
    let mut nearest = "it gives no conversation".to_owned();
    for conversation in &conversations {
        let id = conversation.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let id: Uuid = id.unwrap_or_default();
        let messages = host.view(workspace, View::Messages(id), None).await.map_err(differs)?;
        let found: Vec<Value> = messages.iter().map(|message| shape(message, options)).collect();
        if as_sets(&found) == as_sets(&wanted) {
            story.then = vec![expected(conversation, conversations.len(), &messages)];
            return Ok(());
        }
        nearest = difference(&as_sets(&found), &as_sets(&wanted));
    }
    Err(RecordError::Differs(nearest))
}

fn cannot_be_told(verdict: Verdict) -> String {
    match verdict {
        Verdict::Failed { at, problems } => format!("at {at}: {}", problems.join("; ")),
        Verdict::Skipped { reason } => reason,
        Verdict::Passed { .. } => "it has no end".to_owned(),
    }
}

/// Messages of one second are a set.
fn as_sets(messages: &[Value]) -> Vec<&Value> {
    let mut messages: Vec<_> = messages.iter().collect();
    messages.sort_by_cached_key(|message| {
        format!("{} {message}", message.get("ordered_at").unwrap_or(&Value::Null))
    });
    messages
}

/// Where two histories part, without anything that was said.
fn difference(found: &[&Value], wanted: &[&Value]) -> String {
    if found.len() != wanted.len() {
        return format!("it gives {} messages instead of {}", found.len(), wanted.len());
    }
    let parting = found.iter().zip(wanted).zip(1..).find(|((found, wanted), _)| found != wanted);
    let Some(((there, here), number)) = parting else {
        return "it gives them in another order".to_owned();
    };
    let differs = |name: &&&str| there.get(**name) != here.get(**name);
    let members: Vec<&str> = SHOWN.iter().filter(differs).copied().collect();
    format!(
        "message {number} of {} (sent at {}) has another {}",
        wanted.len(),
        here.get("sent_at").and_then(Value::as_str).unwrap_or("?"),
        members.join(", another ")
    )
}

/// A message without what a recording cannot keep: ids, positions, and texts if they are masked.
fn shape(message: &Value, options: RecordOptions) -> Value {
    let mut shape = picked(message);
    if shape.get("type").is_some_and(|kind| kind == "location")
        && let Some(Value::String(text)) = shape.get_mut("text")
    {
        *text = text.split(", ").map(respelled).collect::<Vec<_>>().join(", ");
    }
    if !options.keep_personal {
        for key in ["text", "errors", "reactions"] {
            if let Some(value) = shape.get_mut(key) {
                *value = outline(value);
            }
        }
        if let Some(Value::Array(statuses)) = shape.get_mut("statuses") {
            for status in statuses.iter_mut().filter_map(|status| status.get_mut("status")) {
                outline_unless(status, is_status);
            }
        }
        if let Some(kind) = shape.get_mut("type") {
            outline_unless(kind, is_word);
        }
    }
    Value::Object(shape)
}

/// Coordinates as a story spells them: a recording holds numbers, not how they were written.
fn respelled(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |number: f64| json!(number).to_string())
}

/// Words that are masked, because the platform is not known to have them.
fn outline_unless(word: &mut Value, known: fn(&str) -> bool) {
    if !word.as_str().is_some_and(known) {
        *word = outline(word);
    }
}

fn outline(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.to_string().len()),
        Value::String(text) => json!(text.chars().count()),
        Value::Array(items) => items.iter().map(outline).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), outline(value))).collect()
        }
        other => other.clone(),
    }
}

fn picked(message: &Value) -> Map<String, Value> {
    let of = |key: &&str| Some(((*key).to_owned(), message.get(*key)?.clone()));
    SHOWN.iter().filter_map(of).collect()
}

fn expected(conversation: &Value, conversations: usize, messages: &[Value]) -> Check {
    let messages: Vec<Value> = messages.iter().map(|m| Value::Object(picked(m))).collect();
    if conversations == 1 {
        return Check { messages: Some(messages), ..Check::default() };
    }
    let mut of = Map::new();
    for key in ["opened_at", "inbound_messages", "outbound_messages"] {
        of.insert(key.to_owned(), conversation.get(key).cloned().unwrap_or_default());
    }
    let transcript = Transcript { of: Value::Object(of), messages };
    Check { transcript: Some(transcript), ..Check::default() }
}
