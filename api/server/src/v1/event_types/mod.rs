//! The catalogue of events: every type with the JSON Schema of its data.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::subscription::{EVERYDAY, Everyday, TOLD_KINDS};
use convolog_domain::{Event, EventType};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::catalogue::{data_schema, delivered_schema, meaning};
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/event-types`
pub(crate) struct ListEventTypes;
/// `GET /v1/event-types/{type}`
pub(crate) struct ShowEventType;

/// One type of events, or a name of everyday use under which webhooks tell some of them.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "EventType")]
pub(crate) struct EventTypeView {
    /// Its name, for ever.
    #[serde(rename = "type")]
    name: &'static str,
    /// Its number in the log, for ever; null for a name of everyday use.
    number: Option<u16>,
    /// The kind of stream it belongs to.
    stream: &'static str,
    /// The version of its payload that is written now; events of older ones are shown as if they
    /// were of this one. Null for a name of everyday use.
    schema_version: Option<u16>,
    /// What it means.
    description: String,
    /// For a name of everyday use: the events that go under it.
    from: Vec<FromView>,
    /// What is sealed in it: the members that `content` can have.
    sealed: Vec<&'static str>,
    /// What makes it: commands, or `intake` for what platforms post.
    made_by: Vec<&'static str>,
    /// Whether webhooks can subscribe to it.
    webhooks: bool,
    /// JSON Schema (2020-12) of the `data` of such an event.
    #[schemars(with = "Map<String, Value>")]
    schema: Value,
    /// JSON Schema (2020-12) of the body of a delivery under this name; null if webhooks cannot
    /// subscribe to it.
    #[schemars(with = "Option<Map<String, Value>>")]
    delivered: Option<Value>,
}

/// Events that go under a name of everyday use.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "EverydayOf")]
pub(crate) struct FromView {
    /// Their type.
    #[serde(rename = "type")]
    name: &'static str,
    /// Only those that say this word; null for all of them.
    says: Option<&'static str>,
}

impl From<&EventType> for EventTypeView {
    fn from(row: &EventType) -> Self {
        let webhooks = TOLD_KINDS.contains(&row.kind);
        Self {
            name: row.name,
            number: Some(row.code),
            stream: row.kind.name(),
            schema_version: Some(row.schema),
            description: meaning(row),
            from: Vec::new(),
            sealed: row.seals.iter().map(|kind| kind.name()).collect(),
            made_by: row.made_by.iter().map(|maker| maker.name()).collect(),
            webhooks,
            schema: data_schema(row),
            delivered: webhooks.then(|| delivered_schema(row.name, &[*row])),
        }
    }
}

impl From<&Everyday> for EventTypeView {
    fn from(everyday: &Everyday) -> Self {
        let rows = everyday.rows();
        let mut data: Vec<Value> = rows.iter().map(data_schema).collect();
        let schema = if data.len() == 1 {
            data.remove(0)
        } else {
            json!({ "title": everyday.name, "type": "object", "anyOf": data })
        };
        let sealed: BTreeSet<_> =
            rows.iter().flat_map(|row| row.seals).map(|kind| kind.name()).collect();
        let made_by: BTreeSet<_> =
            rows.iter().flat_map(|row| row.made_by).map(|maker| maker.name()).collect();
        let from = everyday.of.iter().map(|&(name, says)| FromView { name, says });
        Self {
            name: everyday.name,
            number: None,
            stream: rows.first().map_or("", |row| row.kind.name()),
            schema_version: None,
            description: everyday.means.to_owned(),
            from: from.collect(),
            sealed: sealed.into_iter().collect(),
            made_by: made_by.into_iter().collect(),
            webhooks: true,
            schema,
            delivered: Some(delivered_schema(everyday.name, &rows)),
        }
    }
}

/// A row of either kind, and its place in the list: those of the catalogue by number, then the names
/// of everyday use.
fn places() -> Vec<(usize, Row)> {
    let mut catalogue = Event::catalogue();
    catalogue.sort_by_key(|row| row.code);
    let own = catalogue.into_iter().map(|row| (usize::from(row.code), Row::Own(row)));
    let behind = usize::from(u16::MAX) + 1;
    let everyday = EVERYDAY.into_iter().enumerate();
    own.chain(everyday.map(|(n, row)| (behind + n, Row::Everyday(row)))).collect()
}

#[derive(Clone, Copy)]
enum Row {
    Own(EventType),
    Everyday(Everyday),
}

impl Row {
    const fn name(&self) -> &'static str {
        match self {
            Self::Own(row) => row.name,
            Self::Everyday(row) => row.name,
        }
    }

    fn view(&self) -> EventTypeView {
        match self {
            Self::Own(row) => row.into(),
            Self::Everyday(row) => row.into(),
        }
    }
}

impl Read for ListEventTypes {
    const DECLARATION: Declaration =
        Declaration::list("/v1/event-types", "list_event_types", "List the types of events")
            .describing("Every type of event there is, by number, with the JSON Schema of its `data` as the lists of events and webhooks show it; behind them the names of everyday use, such as `message.delivered`, under which webhooks can be told of some of them. `delivered` is the JSON Schema of the whole body of a delivery. Later versions add types and fields; they take none away.")
            .group("Events")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of types.")
            .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<EventTypeView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let mut rows = places();
        if let Some(token) = &call.paging.token {
            let after = read_token(token)?;
            rows.retain(|(place, _)| *place > after);
        }
        let more = rows.len() > call.paging.limit;
        rows.truncate(call.paging.limit);
        let last = rows.last().map(|(place, _)| format!("t{place}"));
        let data = rows.iter().map(|(_, row)| row.view()).collect();
        Ok(List { data, next_page: last.filter(|_| more) })
    }
}

fn read_token(token: &str) -> Outcome<usize> {
    let place = token.strip_prefix('t').and_then(|place| place.parse().ok());
    place.ok_or_else(|| Problem::plain(Code::InvalidPage).at("page"))
}

/// Which type.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByType {
    /// The name, such as `message_received` or `message.received`.
    #[serde(rename = "type")]
    name: String,
}

impl Read for ShowEventType {
    const DECLARATION: Declaration =
        Declaration::get("/v1/event-types/{type}", "show_event_type", "Show a type of events")
            .group("Events")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The type.")
            .fails_with(&[Code::NotFound])
            .tagged();
    type Path = ByType;
    type Query = NoParameters;
    type Shown = EventTypeView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let rows = places();
        let row = rows.iter().find(|(_, row)| row.name() == call.path.name);
        row.map(|(_, row)| row.view()).ok_or_else(|| Problem::not_found("type of events"))
    }
}
