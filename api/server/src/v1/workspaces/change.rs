//! Changing a workspace.

use axum::http::StatusCode;
use convolog_domain::WorkspaceId;
use convolog_engine::WorkspaceChanges;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{WorkspaceView, plans};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `PATCH /v1/workspaces/{id}`
pub(crate) struct ChangeWorkspace;

/// What is to be different about a workspace.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChangedWorkspace")]
pub(crate) struct Wanted {
    /// What its people call it.
    #[serde(default)]
    #[schemars(with = "String", length(min = 1, max = 100))]
    name: Option<String>,
    /// The plan, which sets limits.
    #[serde(default)]
    #[schemars(schema_with = "plans")]
    plan: Option<String>,
}

impl Endpoint for ChangeWorkspace {
    const DECLARATION: Declaration =
        Declaration::patch("/v1/workspaces/{id}", "change_workspace", "Change a workspace")
            .describing("Its name and its plan: what is left out stays as it is. Safe to repeat. The limits of another plan hold from then on; what is there already stays and counts, and so do the messages of this month.")
            .group("Workspaces")
            .access(Access::Administrator)
            .rate(RateClass::Heavy)
            .answers(StatusCode::OK, "The workspace.")
            .fails_with(&[Code::NotFound]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<WorkspaceView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = WorkspaceId(call.path.id);
        let caller = call.in_workspace(id)?.caller(call.facts.id);
        let JsonBody(Wanted { name, plan }) = &call.body;
        let changes = WorkspaceChanges { name: name.clone(), plan: plan.clone() };
        let position = call.app.engine().change_workspace(&caller, &changes).await?;
        Ok(Reply::json(&WorkspaceView::load(&call.app, id)?)?.at(position))
    }
}
