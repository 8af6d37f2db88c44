//! The agents of the account.

use axum::http::StatusCode;
use convolog_domain::agent::{Agent, State};
use convolog_domain::api_key::Scope;
use convolog_domain::{StreamKind, WorkspaceId};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;

use super::wire::{AGENT, is_gone, time};
use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::Outcome;
use crate::surfaces::ids;
use crate::v1::channels::ChannelView;
use crate::v1::settings;

/// `GET /api/v1/agents/`
pub(super) struct AllAgents;

/// A list that says how long it is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub(super) struct Counted<T> {
    /// How many there are.
    pub(super) count: usize,
    /// All of them.
    pub(super) results: Vec<T>,
}

/// An agent.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Agent")]
pub(super) struct AgentRow {
    /// Which one.
    id: String,
    /// What its owner calls it.
    name: String,
    /// Whether it answers.
    status: Status,
    /// The number it answers at (E.164); null if it has none.
    phone_number: Option<String>,
    /// When it was made.
    created_at: String,
}

/// Whether an agent answers.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AgentStatus")]
enum Status {
    /// It answers.
    Active,
    /// It is silent for a while.
    Paused,
    /// It was never published.
    Draft,
}

impl Status {
    const fn of(state: &State) -> Self {
        match (state.published, state.paused) {
            (None, _) => Self::Draft,
            (Some(_), true) => Self::Paused,
            (Some(_), false) => Self::Active,
        }
    }
}

impl Read for AllAgents {
    const DECLARATION: Declaration =
        Declaration::get("/api/v1/agents/", "agents", "List your agents")
            .describing("All of them, in the order in which they were made.")
            .group("Agents")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The agents.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Counted<AgentRow>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let results = all(&call.app, call.workspace())?;
        Ok(Counted { count: results.len(), results })
    }
}

/// Every agent of a workspace.
pub(super) fn all(app: &App, workspace: WorkspaceId) -> Outcome<Vec<AgentRow>> {
    let mut rows = Vec::new();
    for id in settings::all(app, workspace, StreamKind::Agent)? {
        let state = app.engine().load::<Agent>(workspace, id)?.state;
        if is_gone(&state) {
            continue;
        }
        let begun = settings::existing(app, workspace, StreamKind::Agent, id, "agent")?;
        let newest = state.newest().map(|newest| &newest.settings);
        rows.push(AgentRow {
            id: ids::short(AGENT, begun.position),
            name: newest.map(|settings| settings.name.clone()).unwrap_or_default(),
            status: Status::of(&state),
            phone_number: number(app, workspace, &state)?,
            created_at: time(begun.at),
        });
    }
    Ok(rows)
}

/// The number of the first channel that an agent serves, or would.
fn number(app: &App, workspace: WorkspaceId, state: &State) -> Outcome<Option<String>> {
    let wanted = state.newest().and_then(|newest| newest.settings.channels.first());
    let Some(channel) = state.serving.first().or(wanted) else { return Ok(None) };
    let channel = settings::show::<ChannelView>(app, workspace, channel.0)?;
    let digits = |number: String| number.chars().filter(char::is_ascii_digit).collect::<String>();
    Ok(channel.display_phone_number.map(|number| format!("+{}", digits(number))))
}
