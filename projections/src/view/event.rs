//! An event as the API shows it: the envelope, what happened, and what is sealed in it, opened.

use convolog_domain::Content;
use convolog_engine::{Disclose, Disclosure, Recorded};
use convolog_log::{Mode, Origin};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{ActorView, Time};

/// One event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Event")]
pub struct EventView {
    /// Its place in the global order.
    pub position: u64,
    /// Its name for ever.
    pub id: Uuid,
    /// The stream it belongs to: `kind/id`.
    pub stream: String,
    /// Its number within the stream.
    pub version: u64,
    /// What happened, such as `message_received`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When it was recorded.
    pub at: Time,
    /// Who acted.
    pub actor: ActorView,
    /// The commit it came in: its events were recorded together.
    pub commit_id: Uuid,
    /// The request or post that led to it.
    pub correlation_id: Option<Uuid>,
    /// Live or test.
    pub mode: &'static str,
    /// `live`, or how it came to be here later: `history_import`, `log_import`.
    pub origin: &'static str,
    /// What happened. What is sealed stands under `content`, by kind, as far as it can be opened;
    /// `erased` is true where a person's data was erased.
    #[schemars(with = "Map<String, Value>")]
    pub data: Value,
}

impl EventView {
    /// Shows an event, opening what is sealed.
    pub fn of(event: &Recorded, keys: &dyn Disclose) -> Self {
        Self {
            position: event.position.0,
            id: event.event_id,
            stream: event.stream.to_string(),
            version: event.version,
            kind: event.event.event_type().name,
            at: Time::from(event.at),
            actor: event.actor.into(),
            commit_id: event.commit_id,
            correlation_id: event.correlation,
            mode: match event.mode {
                Mode::Live => "live",
                Mode::Test => "test",
            },
            origin: match event.origin {
                Origin::Live => "live",
                Origin::HistoryImport => "history_import",
                Origin::LogImport => "log_import",
            },
            data: data(event, keys),
        }
    }
}

fn data(event: &Recorded, keys: &dyn Disclose) -> Value {
    let mut data = match event.event.json() {
        Value::Object(members) => members,
        other => Map::from_iter([("value".to_owned(), other)]),
    };
    if event.sealed.is_empty() {
        return Value::Object(data);
    }
    let (mut content, mut erased, mut unreadable) = (Map::new(), false, false);
    for part in keys.open(event) {
        match part.disclosure {
            Disclosure::Content(opened) => add(&mut content, &opened),
            Disclosure::Erased => erased = true,
            Disclosure::Unreadable(reason) => {
                tracing::warn!(
                    position = event.position.0,
                    reason,
                    "a sealed part could not be opened"
                );
                unreadable = true;
            }
        }
    }
    if !content.is_empty() {
        data.insert("content".to_owned(), Value::Object(content));
    }
    if erased {
        data.insert("erased".to_owned(), Value::Bool(true));
    }
    if unreadable {
        data.insert("unreadable".to_owned(), Value::Bool(true));
    }
    Value::Object(data)
}

/// Each kind of content under its name; several of one kind (about several people) as a list.
fn add(content: &mut Map<String, Value>, opened: &Content) {
    let Ok(Value::Object(named)) = serde_json::to_value(opened) else { return };
    for (kind, value) in named {
        match content.get_mut(&kind) {
            None => drop(content.insert(kind, value)),
            Some(Value::Array(several)) => several.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
        }
    }
}
