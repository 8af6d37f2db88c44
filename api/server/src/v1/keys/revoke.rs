//! Revoking a key.

use axum::http::StatusCode;
use convolog_domain::WorkspaceId;
use convolog_domain::api_key as rules;
use convolog_domain::api_key::{ApiKey, KeyMode, Scope};

use super::KeyPath;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, NoParameters, Nothing, RateClass, Reply,
};
use crate::problem::{Code, Outcome};

/// `DELETE /v1/workspaces/{id}/keys/{key_id}`
pub(crate) struct RevokeKey;

impl Endpoint for RevokeKey {
    const DECLARATION: Declaration =
        Declaration::delete("/v1/workspaces/{id}/keys/{key_id}", "revoke_key", "Revoke an API key")
            .describing("It stops working at once, for good.")
            .group("Workspaces")
            .access(Access::AdministratorOrKey(Scope::Manage))
            .rate(RateClass::Heavy)
            .for_owners()
            .answers(StatusCode::NO_CONTENT, "It does not work any more.")
            .fails_with(&[Code::NotAllowedNow, Code::SandboxKey]);
    type Path = KeyPath;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let session = call.in_workspace(WorkspaceId(call.path.id))?;
        let caller = session.caller(call.facts.id);
        let key = call.app.engine().load::<ApiKey>(session.workspace, call.path.key_id)?.state;
        if key.live().is_some_and(|key| key.mode == KeyMode::Live) {
            caller.reaching("whatever uses this live key would reach people no more")?;
        }
        let done = call.app.engine().execute(&caller, call.path.key_id, rules::RevokeKey).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
