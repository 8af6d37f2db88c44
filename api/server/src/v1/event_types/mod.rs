//! The catalogue of events: every type with the JSON Schema of its data.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::subscription::TOLD_KINDS;
use convolog_domain::{Event, EventType};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::catalogue::{data_schema, meaning};
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/event-types`
pub(crate) struct ListEventTypes;
/// `GET /v1/event-types/{type}`
pub(crate) struct ShowEventType;

/// One type of events.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "EventType")]
pub(crate) struct EventTypeView {
    /// Its name, for ever.
    #[serde(rename = "type")]
    name: &'static str,
    /// Its number in the log, for ever.
    number: u16,
    /// The kind of stream it belongs to.
    stream: &'static str,
    /// The version of its payload that is written now; events of older ones are shown as if they
    /// were of this one.
    schema_version: u16,
    /// What it means.
    description: String,
    /// What is sealed in it: the members that `content` can have.
    sealed: Vec<&'static str>,
    /// What makes it: commands, or `intake` for what platforms post.
    made_by: Vec<&'static str>,
    /// Whether webhooks can subscribe to it.
    webhooks: bool,
    /// JSON Schema (2020-12) of the `data` of such an event.
    #[schemars(with = "Map<String, Value>")]
    schema: Value,
}

impl From<&EventType> for EventTypeView {
    fn from(row: &EventType) -> Self {
        Self {
            name: row.name,
            number: row.code,
            stream: row.kind.name(),
            schema_version: row.schema,
            description: meaning(row),
            sealed: row.seals.iter().map(|kind| kind.name()).collect(),
            made_by: row.made_by.iter().map(|maker| maker.name()).collect(),
            webhooks: TOLD_KINDS.contains(&row.kind),
            schema: data_schema(row),
        }
    }
}

impl Read for ListEventTypes {
    const DECLARATION: Declaration =
        Declaration::list("/v1/event-types", "list_event_types", "List the types of events")
            .describing("Every type of event there is, by number, with the JSON Schema of its `data` as the lists of events and webhooks show it. Later versions add types and fields; they take none away.")
            .group("Events")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of types.")
            .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<EventTypeView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let mut catalogue = Event::catalogue();
        catalogue.sort_by_key(|row| row.code);
        if let Some(token) = &call.paging.token {
            let after = read_token(token)?;
            catalogue.retain(|row| row.code > after);
        }
        let more = catalogue.len() > call.paging.limit;
        catalogue.truncate(call.paging.limit);
        let last = catalogue.last().map(|row| format!("t{}", row.code));
        let data = catalogue.iter().map(EventTypeView::from).collect();
        Ok(List { data, next_page: last.filter(|_| more) })
    }
}

fn read_token(token: &str) -> Outcome<u16> {
    let place = token.strip_prefix('t').and_then(|place| place.parse().ok());
    place.ok_or_else(|| Problem::plain(Code::InvalidPage).at("page"))
}

/// Which type.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByType {
    /// The name, such as `message_received`.
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
        let catalogue = Event::catalogue();
        let row = catalogue.iter().find(|row| row.name == call.path.name);
        row.map(EventTypeView::from).ok_or_else(|| Problem::not_found("type of events"))
    }
}
