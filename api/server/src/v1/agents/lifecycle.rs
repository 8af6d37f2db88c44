//! Publishing, pausing, resuming and archiving an agent. Each answers with the agent.

use axum::http::StatusCode;
use convolog_domain::agent::{self as rules, Agent, State};
use convolog_domain::api_key::Scope;
use convolog_domain::{AgentId, Command, Event};
use convolog_engine::{Answer, Answered};
use schemars::JsonSchema;
use serde::Deserialize;

use super::AgentView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `POST /v1/agents/{id}/publish`
pub(crate) struct PublishAgent;
/// `POST /v1/agents/{id}/pause`
pub(crate) struct PauseAgent;
/// `POST /v1/agents/{id}/resume`
pub(crate) struct ResumeAgent;
/// `POST /v1/agents/{id}/archive`
pub(crate) struct ArchiveAgent;

/// Which version.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chosen {
    /// Which version; the newest if not given.
    #[serde(default)]
    #[schemars(range(min = 1, max = 100_000))]
    version: Option<u32>,
}

const fn declared(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    describing: &'static str,
) -> Declaration {
    Declaration::post(path, name, summary)
        .describing(describing)
        .group("Agents")
        .access(Access::Key(Scope::Manage))
        .answers(StatusCode::OK, "The agent.")
        .fails_with(&[Code::NotAllowedNow, Code::SandboxKey])
}

fn answer<E: Endpoint<Path = ById>>(call: &Call<E>) -> impl Fn(&State, &[Event]) -> Answer {
    let (id, workspace) = (call.path.id, call.workspace());
    move |before, events| {
        let view = AgentView::after(id, before, events, None);
        let body = serde_json::to_value(view).unwrap_or_default();
        Answer::open(200, body, workspace)
    }
}

async fn carry_out<E: Endpoint<Path = ById>>(
    call: &Call<E>,
    command: impl Command<Aggregate = Agent> + Clone,
) -> Outcome<Answered> {
    let (caller, once) = (call.caller(), call.facts.once.as_ref());
    caller.reaching("this changes who answers people")?;
    let engine = call.app.engine();
    Ok(engine.execute_knowing(&caller, call.path.id, command, once, answer(call)).await?)
}

impl Endpoint for PublishAgent {
    const DECLARATION: Declaration = declared(
        "/v1/agents/{id}/publish",
        "publish_agent",
        "Publish an agent",
        "The version answers on its channels from now on. A channel is served by one agent: if another one serves it, this is refused with who.",
    )
    .fails_with(&[Code::NotAllowedNow, Code::OwnedByAnother, Code::SandboxKey]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Chosen>;
    type Ok = Json<AgentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let command = rules::PublishAgent { version: call.body.0.version };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        caller.reaching("this changes who answers people")?;
        let (id, engine) = (AgentId(call.path.id), call.app.engine());
        let answered = engine.publish_agent(&caller, id, command, once, answer(&call)).await?;
        Ok(Reply::answered(answered))
    }
}

impl Endpoint for PauseAgent {
    const DECLARATION: Declaration = declared(
        "/v1/agents/{id}/pause",
        "pause_agent",
        "Pause an agent",
        "It answers nobody until it is resumed, and keeps its channels.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<AgentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        Ok(Reply::answered(carry_out(&call, rules::PauseAgent).await?))
    }
}

impl Endpoint for ResumeAgent {
    const DECLARATION: Declaration = declared(
        "/v1/agents/{id}/resume",
        "resume_agent",
        "Resume a paused agent",
        "It answers again, with the published version.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<AgentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        Ok(Reply::answered(carry_out(&call, rules::ResumeAgent).await?))
    }
}

impl Endpoint for ArchiveAgent {
    const DECLARATION: Declaration = declared(
        "/v1/agents/{id}/archive",
        "archive_agent",
        "Archive an agent",
        "It answers never again and gives its channels back; its versions stay readable.",
    )
    .fails_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<AgentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        Ok(Reply::answered(carry_out(&call, rules::ArchiveAgent).await?))
    }
}
