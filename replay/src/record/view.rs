//! Runs a recorded story and writes down what it gives, after comparing that with the conversation.

use serde_json::{Map, Value, json};
use uuid::Uuid;

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
        return Err(RecordError::Differs(format!("{verdict:?}")));
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
        nearest = format!("{} messages, not {}", found.len(), wanted.len());
        let part = as_sets(&found).into_iter().zip(as_sets(&wanted)).find(|(a, b)| a != b);
        if let Some((found, wanted)) = part {
            nearest = format!("{found} where {wanted} should be");
        }
    }
    Err(RecordError::Differs(nearest))
}

/// Messages of one second are a set.
fn as_sets(messages: &[Value]) -> Vec<String> {
    let mut lines: Vec<_> = messages
        .iter()
        .map(|message| format!("{} {message}", message.get("ordered_at").unwrap_or(&Value::Null)))
        .collect();
    lines.sort();
    lines
}

/// A message without what a recording cannot keep: ids, positions, and texts if they are masked.
fn shape(message: &Value, options: RecordOptions) -> Value {
    let mut shape = picked(message);
    if !options.keep_personal {
        for key in ["text", "errors"] {
            if let Some(value) = shape.get_mut(key) {
                *value = outline(value);
            }
        }
    }
    Value::Object(shape)
}

fn outline(value: &Value) -> Value {
    match value {
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
