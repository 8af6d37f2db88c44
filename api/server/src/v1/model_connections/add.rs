//! Adding a connection to a model.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::model_connection::{self as rules, ConnectionSettings, State};
use convolog_domain::{Command, Event, Sensitive};
use convolog_engine::{Answer, NewSecret};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Budget, ConnectionView, Price, checked, providers};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::Secret;

/// `POST /v1/model-connections`
pub(crate) struct AddModelConnection;

/// A model to be called.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewConnection {
    /// What the staff calls it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// How its endpoint speaks.
    #[schemars(schema_with = "providers")]
    provider: String,
    /// Where it is, up to the version, such as `https://api.openai.com/v1`: an https address on the
    /// public internet, unless the administrator listed the host.
    #[schemars(with = "String", length(min = 1, max = 2000))]
    base_url: Sensitive,
    /// The provider's name of the model.
    #[schemars(length(min = 1, max = 100))]
    model: String,
    /// The key, if it needs one; never shown again.
    #[serde(default)]
    api_key: Option<Secret>,
    /// Milliseconds that one reply may take.
    #[serde(default = "usual_timeout")]
    #[schemars(range(min = 100, max = 120_000))]
    timeout_ms: u32,
    /// What it may be used for within a calendar month (UTC); any amount if not given.
    #[serde(default)]
    budget_per_month: Option<Budget>,
    /// What its tokens cost: needed for a budget in money.
    #[serde(default)]
    price: Option<Price>,
}

const fn usual_timeout() -> u32 {
    30_000
}

impl Endpoint for AddModelConnection {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/model-connections",
        "add_model_connection",
        "Add a connection to a model",
    )
    .describing("An agent that names it in `connection_id` is answered for by this model, and by the built-in provider where the model fails, takes too long, or its budget is used up: `agent_replied` says which and why. What is under way at once may go over the budget by its own tokens.")
    .group("Agents")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::CREATED, "The connection.")
    .fails_with(&[Code::AddressRefused]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewConnection>;
    type Ok = Json<ConnectionView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (id, caller) = (call.new_id("model-connection"), call.caller());
        let (JsonBody(new), engine) = (&call.body, call.app.engine());
        let key = new.api_key.as_ref().map(|key| engine.draft_secret(key.text())).transpose()?;
        let command = rules::AddModelConnection {
            workspace: caller.workspace,
            settings: ConnectionSettings {
                name: new.name.clone(),
                provider: new.provider.clone(),
                model: new.model.clone(),
                timeout_milliseconds: new.timeout_ms,
                budget: new.budget_per_month.map(Into::into),
                price: new.price.clone().map(Into::into),
            },
            address: checked(&call.app, &new.base_url)?,
            key: key.as_ref().map(NewSecret::reference),
        };
        command.clone().decide(&State::default(), &mut engine.ctx())?;
        let answer = |before: &State, events: &[Event]| {
            let url = Some(new.base_url.expose().to_owned());
            let view = ConnectionView::after(id, before, events, url);
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(201, body, caller.workspace)
        };
        let once = call.facts.once.as_ref();
        let doing = engine.execute_knowing(&caller, id, command, once, answer);
        let kept: Vec<&NewSecret> = key.iter().collect();
        Ok(Reply::answered(engine.keeping_secrets(caller.workspace, &kept, doing).await?))
    }
}
