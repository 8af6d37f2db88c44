//! Registering an app.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{AppId, Event, meta_app as rules};
use convolog_engine::{Answer, AppSecrets};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{AppView, graph_version};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome};
use crate::v1::wire::Secret;

/// `POST /v1/apps`
pub(crate) struct RegisterApp;

/// An app to be registered.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// What its owner calls it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// The app's secret, which signs posts.
    app_secret: Secret,
    /// What the platform repeats in the handshake.
    verify_token: Secret,
    /// The version of the Graph API it is subscribed with; `v25.0` if not given.
    #[serde(default = "graph_version")]
    graph_version: String,
}

impl Endpoint for RegisterApp {
    const DECLARATION: Declaration = Declaration::post("/v1/apps", "register_app", "Register an app")
        .describing("Posts that this app signs are accepted for the numbers connected with it. The administrator registers an app of the installation by naming the nil workspace.")
        .group("Channels")
        .access(Access::Key(Scope::Manage))
        .rate(RateClass::Heavy)
        .answers(StatusCode::CREATED, "The app.")
        .fails_with(&[Code::AlreadyExists, Code::OwnedByAnother]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<AppView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = AppId(call.new_id("app"));
        let JsonBody(wanted) = &call.body;
        let secrets = AppSecrets {
            secret: wanted.app_secret.text().clone(),
            verify_token: wanted.verify_token.text().clone(),
            graph_version: wanted.graph_version.clone(),
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answer = |events: &[Event]| {
            let body = serde_json::to_value(registered(id, events)).unwrap_or_default();
            Answer::open(201, body, caller.workspace)
        };
        let engine = call.app.engine();
        let answered =
            engine.register_app(&caller, id, &wanted.name, &secrets, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

fn registered(id: AppId, events: &[Event]) -> Option<AppView> {
    events.iter().find_map(|event| match event {
        Event::MetaApp(rules::Event::AppRegistered(registered)) => Some(AppView {
            id: id.0,
            name: registered.name.clone(),
            graph_version: registered.graph_version.clone(),
            secrets: vec![(&registered.secret).into()],
            created_at: None,
        }),
        _ => None,
    })
}
