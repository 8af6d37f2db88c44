//! Making an agent.

use axum::http::StatusCode;
use convolog_domain::agent::{self as rules, AgentSettings, State};
use convolog_domain::api_key::Scope;
use convolog_domain::{AgentId, Event};
use convolog_engine::Answer;

use super::AgentView;
use super::wire::Changes;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Outcome, Problem};

/// `POST /v1/agents`
pub(crate) struct CreateAgent;

impl Endpoint for CreateAgent {
    const DECLARATION: Declaration = Declaration::post("/v1/agents", "create_agent", "Make an agent")
        .describing("A draft: it answers nobody before it is published. `name` is needed; what is left out is as is usual.")
        .group("Agents")
        .access(Access::Key(Scope::Manage))
        .answers(StatusCode::CREATED, "The agent.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Changes>;
    type Ok = Json<AgentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller) = (AgentId(call.new_id("agent")), call.caller());
        let JsonBody(wanted) = &call.body;
        let name =
            wanted.name.as_ref().ok_or_else(|| Problem::field("name", "name is missing."))?;
        let instructions = wanted.instructions.clone().unwrap_or_else(|| "".into());
        let command = rules::CreateAgent {
            workspace: caller.workspace,
            settings: wanted.settings().onto(AgentSettings::named(name)),
            instructions: instructions.clone(),
        };
        let answer = |before: &State, events: &[Event]| {
            let view = AgentView::after(id.0, before, events, Some(instructions.expose()));
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(201, body, caller.workspace)
        };
        let once = call.facts.once.as_ref();
        let engine = call.app.engine();
        Ok(Reply::answered(engine.create_agent(&caller, id, command, once, answer).await?))
    }
}
