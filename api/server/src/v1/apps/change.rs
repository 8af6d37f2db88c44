//! Giving an app another verify token.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::meta_app as rules;
use schemars::JsonSchema;
use serde::Deserialize;

use super::AppView;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::{ById, Secret};

/// `PATCH /v1/apps/{id}`
pub(crate) struct ChangeApp;

/// What is to be different about an app.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChangedApp")]
pub(crate) struct Wanted {
    /// What the platform repeats in the handshake from now on.
    verify_token: Secret,
}

impl Endpoint for ChangeApp {
    const DECLARATION: Declaration =
        Declaration::patch("/v1/apps/{id}", "change_app", "Replace the verify token of an app")
            .describing("The handshake is answered for the new token only, and the old one is forgotten. Safe to repeat. Secrets that sign are added and retired instead.")
            .group("Channels")
            .access(Access::Key(Scope::Manage))
            .rate(RateClass::Heavy)
            .answers(StatusCode::OK, "The app.");
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<AppView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller, engine) = (call.path.id, call.caller(), call.app.engine());
        let token = call.body.0.verify_token.text();
        let command = |verify_token| rules::ReplaceVerifyToken { verify_token };
        let done = engine.execute_with_secret(&caller, id, token, command).await?;
        let app: AppView = settings::show(&call.app, caller.workspace, id)?;
        Ok(Reply::json(&app)?.at(done.position))
    }
}
