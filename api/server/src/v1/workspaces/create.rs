//! Setting up a workspace.

use axum::http::StatusCode;
use convolog_domain::{Event, WorkspaceId, workspace as rules};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{WorkspaceView, plans};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome};

/// `POST /v1/workspaces`
pub(crate) struct CreateWorkspace;

/// A workspace to be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWorkspace {
    /// What its people call it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// The plan, which sets limits.
    #[schemars(schema_with = "plans")]
    plan: String,
}

impl Endpoint for CreateWorkspace {
    const DECLARATION: Declaration =
        Declaration::post("/v1/workspaces", "create_workspace", "Set up a workspace")
            .describing(
                "A workspace is a tenant: people, keys, channels and conversations belong to one.",
            )
            .group("Workspaces")
            .access(Access::Administrator)
            .rate(RateClass::Heavy)
            .answers(StatusCode::CREATED, "The workspace.")
            .fails_with(&[Code::AlreadyExists]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewWorkspace>;
    type Ok = Json<WorkspaceView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = WorkspaceId(call.new_id("workspace"));
        let caller = call.caller().in_workspace(id);
        let JsonBody(NewWorkspace { name, plan }) = &call.body;
        let command = rules::CreateWorkspace { name: name.clone(), plan: plan.clone() };
        let answer = |events: &[Event]| {
            let body = serde_json::to_value(created(id, events)).unwrap_or_default();
            Answer::open(201, body, id)
        };
        let once = call.facts.once.as_ref();
        let engine = call.app.engine();
        let answered = engine.create_workspace(&caller, id, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

fn created(id: WorkspaceId, events: &[Event]) -> Option<WorkspaceView> {
    events.iter().find_map(|event| match event {
        Event::Workspace(rules::Event::WorkspaceCreated(created)) => {
            Some(WorkspaceView::of(id, created))
        }
        _ => None,
    })
}
