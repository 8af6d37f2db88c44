//! What each key called: counted by the minute, shown for any stretch of time.
//!
//! Straight from the log: every event carries what came before it, so a stretch of any length costs
//! two searches in a stream and no sum.

mod costs;

pub(crate) use costs::{ListMessageCosts, ShowCosts};

use axum::http::StatusCode;
use convolog_domain::api_key::{ApiKey, Scope};
use convolog_domain::usage::{Calls, Event as UsageEvent, Usage, UsageRecorded};
use convolog_domain::{Event, StreamKind, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};

/// `GET /v1/usage`
pub(crate) struct ListUsage;

/// A stretch of time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stretch {
    /// From the minute that begins at or after this time (RFC 3339); from the first call if not given.
    #[serde(default)]
    from: Option<String>,
    /// Up to, and without, the minute that begins at or after this time (RFC 3339); up to the newest
    /// recorded minute if not given.
    #[serde(default)]
    to: Option<String>,
}

/// What one key called.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "KeyUsage")]
pub(crate) struct UsageView {
    /// Which key.
    key_id: Uuid,
    /// What its owner calls it.
    name: String,
    /// Its first characters, to recognise it by.
    prefix: String,
    /// How often it called.
    calls: CallsView,
}

/// How many calls, by rate class.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Calls")]
pub(crate) struct CallsView {
    /// Reads.
    read: u64,
    /// Commands.
    write: u64,
    /// Streams of events that were opened.
    stream: u64,
    /// What costs the whole installation.
    heavy: u64,
    /// Calls that were refused with 429.
    refused: u64,
}

impl From<Calls> for CallsView {
    fn from(calls: Calls) -> Self {
        let Calls { read, write, stream, heavy, refused } = calls;
        Self { read, write, stream, heavy, refused }
    }
}

impl Read for ListUsage {
    const DECLARATION: Declaration =
        Declaration::list("/v1/usage", "list_usage", "List what each key called")
            .describing("Every key of the workspace in the order in which they were made, with the calls of the minutes that begin within the stretch of time. A minute is recorded when it is over; calls of the administrator are not counted.")
            .group("Workspaces")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "A page of keys with their calls.")
            .from_read_models();
    type Path = NoParameters;
    type Query = Stretch;
    type Shown = List<UsageView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let from = call.query.from.as_deref().map(|text| minute("from", text)).transpose()?;
        let to = call.query.to.as_deref().map(|text| minute("to", text)).transpose()?;
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::field("to", "to must not be earlier than from."));
        }
        let (app, workspace) = (&call.app, call.workspace());
        let table = app.models().settings()?;
        let (token, limit) = (call.paging.token.as_deref(), call.paging.limit);
        let keys = table.settings(workspace, StreamKind::ApiKey, token, limit)?;
        Ok(keys.try_map(|id| of_key(app, workspace, id, from, to))?.into())
    }
}

/// A time in whole seconds since 1970, the next one if there is part of a second: minutes begin with
/// a whole one.
fn minute(name: &'static str, text: &str) -> Outcome<i64> {
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        Problem::field(name, format!("{name} must be a time such as 2026-11-21T09:30:00Z."))
    })?;
    Ok(time.as_second().saturating_add(i64::from(time.subsec_nanosecond() > 0)))
}

fn of_key(
    app: &App,
    workspace: WorkspaceId,
    id: Uuid,
    from: Option<i64>,
    to: Option<i64>,
) -> Outcome<UsageView> {
    let loaded = app.engine().load::<ApiKey>(workspace, id)?;
    let key = loaded.state.key.as_ref().ok_or_else(|| Problem::not_found("key"))?;
    let earlier = from.map(|from| called_before(app, workspace, id, from)).transpose()?;
    let later = match to {
        Some(to) => called_before(app, workspace, id, to)?,
        None => app.engine().load::<Usage>(workspace, id)?.state.total,
    };
    Ok(UsageView {
        key_id: id,
        name: key.name.clone(),
        prefix: key.prefix.clone(),
        calls: later.since(earlier.unwrap_or_default()).into(),
    })
}

/// What a key called in all minutes that began before this time: what the first event that is not
/// one of them carries. Minutes never go back within a stream, so it is found by halving.
fn called_before(app: &App, workspace: WorkspaceId, key: Uuid, time: i64) -> Outcome<Calls> {
    let loaded = app.engine().load::<Usage>(workspace, key)?;
    let (mut low, mut high) = (0, loaded.version);
    let mut found = loaded.state.total;
    while low < high {
        let middle = low.midpoint(high);
        match event_after(app, workspace, key, middle)? {
            Some(event) if event.minute < time => low = middle.saturating_add(1),
            Some(event) => {
                found = event.before;
                high = middle;
            }
            None => high = middle,
        }
    }
    Ok(found)
}

/// The event with the version behind this one.
fn event_after(
    app: &App,
    workspace: WorkspaceId,
    key: Uuid,
    version: u64,
) -> Outcome<Option<UsageRecorded>> {
    let stream = Stream::new(workspace, StreamKind::Usage, key).key();
    let records = app.engine().log().read_stream(&stream, version, 1)?;
    let Some(record) = records.first() else { return Ok(None) };
    match Recorded::read(record)?.event {
        Event::Usage(UsageEvent::UsageRecorded(recorded)) => Ok(Some(recorded)),
        _ => Ok(None),
    }
}
