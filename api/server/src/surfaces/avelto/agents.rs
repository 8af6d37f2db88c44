//! The agents of the workspace.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::agent::{Agent, AgentSettings, State};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::AGENTS_READ;
use super::wire::ById;
use crate::endpoint::{Call, Declaration, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::agents::Stood;
use crate::v1::settings;

/// `GET /api/v1/agents`
pub(super) struct AllAgents;
/// `GET /api/v1/agents/{id}`
pub(super) struct ShowAgent;

/// An agent.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Agent")]
pub(super) struct AgentRow {
    /// Which one.
    id: Uuid,
    /// What the staff calls it.
    name: String,
    /// Whether it answers.
    status: Status,
    /// Who answers for it: `openai` (and whatever speaks like it), `anthropic`, `gemini`, or `built_in`.
    model_provider: String,
    /// The provider's name of the model; the provider's own name for its usual one.
    model_name: String,
}

/// An agent with everything that it is told and set to.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "AgentInFull")]
pub(super) struct AgentInFull {
    #[serde(flatten)]
    agent: AgentRow,
    /// What it is told about its work; empty if it is told nothing.
    system_prompt: String,
    /// How freely it answers.
    temperature: Option<f64>,
    /// Tokens of one answer.
    max_tokens: Option<u32>,
    /// The language it answers in; null for the customer's.
    language: Option<String>,
}

/// Whether an agent answers.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "AgentStatus")]
enum Status {
    /// It was never published.
    Draft,
    /// It answers.
    Published,
    /// It is silent for a while.
    Paused,
    /// It answers never again.
    Archived,
}

impl Status {
    const fn of(state: &State) -> Self {
        match (state.archived, state.published, state.paused) {
            (true, ..) => Self::Archived,
            (false, None, _) => Self::Draft,
            (false, Some(_), true) => Self::Paused,
            (false, Some(_), false) => Self::Published,
        }
    }
}

impl AgentRow {
    fn of(id: Uuid, state: &State, settings: &AgentSettings) -> Self {
        let provider = match settings.provider.as_str() {
            "openai_compatible" => "openai",
            other => other,
        };
        Self {
            id,
            name: settings.name.clone(),
            status: Status::of(state),
            model_provider: provider.to_owned(),
            model_name: settings.model.clone().unwrap_or_else(|| provider.to_owned()),
        }
    }
}

impl Read for AllAgents {
    const DECLARATION: Declaration = Declaration::get("/api/v1/agents", "agents", "List agents")
        .describing("All of them, in the order in which they were made.")
        .group("Agents")
        .access(AGENTS_READ)
        .answers(StatusCode::OK, "The agents.")
        .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Vec<AgentRow>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (app, workspace) = (&call.app, call.workspace());
        let mut rows = Vec::new();
        for id in settings::all(app, workspace, StreamKind::Agent)? {
            let state = app.engine().load::<Agent>(workspace, id)?.state;
            let newest = state.newest().map(|newest| AgentRow::of(id, &state, &newest.settings));
            rows.extend(newest);
        }
        Ok(rows)
    }
}

impl Read for ShowAgent {
    const DECLARATION: Declaration =
        Declaration::get("/api/v1/agents/{id}", "agent", "Show an agent")
            .describing("With what its newest version is told and set to.")
            .group("Agents")
            .access(AGENTS_READ)
            .answers(StatusCode::OK, "The agent.")
            .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = AgentInFull;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let id = call.path.id;
        let stood = Stood::load(&call.app, call.workspace(), id, None)?;
        let newest = stood.state().newest().ok_or_else(|| Problem::not_found("agent"))?;
        let settings = &newest.settings;
        Ok(AgentInFull {
            agent: AgentRow::of(id, stood.state(), settings),
            system_prompt: stood.instructions(&call.app, newest).unwrap_or_default(),
            temperature: settings.temperature_percent.map(|percent| f64::from(percent) / 100.0),
            max_tokens: settings.max_tokens,
            language: settings.language.clone(),
        })
    }
}
