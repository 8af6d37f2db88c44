//! Rotating an app's secret: add the new one, switch on the platform, retire the old one.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::meta_app::{self as rules, MetaApp};
use convolog_domain::{Command, Event, SecretId};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Nothing, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::{ById, Secret, SecretShown};

/// `POST /v1/apps/{id}/secrets`
pub(crate) struct AddSecret;

/// The new secret.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSecret {
    /// The app's new secret.
    app_secret: Secret,
}

impl Endpoint for AddSecret {
    const DECLARATION: Declaration =
        Declaration::post("/v1/apps/{id}/secrets", "add_app_secret", "Add a secret to an app")
            .describing(
                "From now on posts may be signed with either secret. An app has at most two.",
            )
            .group("Channels")
            .access(Access::Key(Scope::Manage))
            .rate(RateClass::Heavy)
            .answers(StatusCode::CREATED, "The secret's id.")
            .fails_with(&[Code::AlreadyExists, Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<NewSecret>;
    type Ok = Json<SecretShown>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (workspace, id) = (call.session.workspace, call.path.id);
        let engine = call.app.engine();
        let app = engine.load::<MetaApp>(workspace, id)?.state;
        if !app.registered() {
            return Err(Problem::not_found("app"));
        }
        let JsonBody(new) = &call.body;
        let draft = engine.draft_secret(new.app_secret.text())?;
        let secret = draft.reference();
        let shown = serde_json::to_value(SecretShown::from(&secret)).unwrap_or_default();
        let command = rules::AddAppSecret { secret };
        command.clone().decide(&app, &mut engine.ctx())?;
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answer = |_: &[Event]| Answer::open(201, shown.clone(), workspace);
        let adding = engine.execute_once(&caller, id, command, once, answer);
        Ok(Reply::answered(engine.keeping_secrets(workspace, &[&draft], adding).await?))
    }
}

/// `DELETE /v1/apps/{id}/secrets/{secret_id}`
pub(crate) struct RetireSecret;

/// A secret of an app, in a path.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecretPath {
    /// Which app.
    id: Uuid,
    /// Which secret.
    secret_id: Uuid,
}

impl Endpoint for RetireSecret {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/apps/{id}/secrets/{secret_id}",
        "retire_app_secret",
        "Retire a secret of an app",
    )
    .describing("What it signs is refused from now on. The last secret cannot be retired.")
    .group("Channels")
    .access(Access::Key(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::NO_CONTENT, "It is not accepted any more.")
    .fails_with(&[Code::NotAllowedNow]);
    type Path = SecretPath;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let command = rules::RetireAppSecret { secret: SecretId(call.path.secret_id) };
        let done = call.execute_plainly(call.path.id, command).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
