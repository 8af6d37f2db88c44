//! Changing an agent: another version.

use axum::http::StatusCode;
use convolog_domain::agent::{self as rules, State};
use convolog_domain::api_key::Scope;
use convolog_domain::{AgentId, Event};
use convolog_engine::Answer;

use super::AgentView;
use super::wire::Changes;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `PATCH /v1/agents/{id}`
pub(crate) struct UpdateAgent;

impl Endpoint for UpdateAgent {
    const DECLARATION: Declaration =
        Declaration::patch("/v1/agents/{id}", "update_agent", "Change an agent")
            .describing("Makes another version; what is left out stays as it was. The published version answers until another one is published.")
            .group("Agents")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The agent.")
            .fails_with(&[Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Changes>;
    type Ok = Json<AgentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller) = (AgentId(call.path.id), call.caller());
        let JsonBody(wanted) = &call.body;
        let engine = call.app.engine();
        let command = rules::UpdateAgent {
            workspace: caller.workspace,
            changes: wanted.settings(),
            instructions: wanted.instructions.clone(),
        };
        let told = wanted.instructions.as_ref().map(convolog_domain::Sensitive::expose);
        let answer = |before: &State, events: &[Event]| {
            let view = AgentView::after(id.0, before, events, told);
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(200, body, caller.workspace)
        };
        let once = call.facts.once.as_ref();
        Ok(Reply::answered(engine.update_agent(&caller, id, command, once, answer).await?))
    }
}
