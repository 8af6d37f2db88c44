//! Changing and removing a connection to a model.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::model_connection::{self as rules, ConnectionChanges, State};
use convolog_domain::{Event, ModelConnectionId, Sensitive};
use convolog_engine::{Answer, NewSecret};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Budget, ConnectionView, Price, checked, providers};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Nothing, Reply,
};
use crate::problem::{Code, Outcome};
use crate::v1::wire::{ById, Secret, given};

/// `PATCH /v1/model-connections/{id}`
pub(crate) struct ChangeModelConnection;
/// `DELETE /v1/model-connections/{id}`
pub(crate) struct RemoveModelConnection;

/// What is to be changed; what is left out stays as it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "left out, null and a value are three things")]
pub(crate) struct ChangedConnection {
    /// What the staff calls it.
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    name: Option<String>,
    /// How its endpoint speaks.
    #[serde(default)]
    #[schemars(schema_with = "providers")]
    provider: Option<String>,
    /// Where it is.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 2000))]
    base_url: Option<Sensitive>,
    /// The provider's name of the model.
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    model: Option<String>,
    /// Another key; needed where `base_url` goes to another host, so that a key is sent to nobody to
    /// whom it was not given.
    #[serde(default)]
    api_key: Option<Secret>,
    /// Milliseconds that one reply may take.
    #[serde(default)]
    #[schemars(range(min = 100, max = 120_000))]
    timeout_ms: Option<u32>,
    /// What it may be used for within a calendar month (UTC); null for any amount.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Budget>")]
    budget_per_month: Option<Option<Budget>>,
    /// What its tokens cost; null to say nothing about it.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Price>")]
    price: Option<Option<Price>>,
}

impl ChangedConnection {
    fn changes(&self) -> ConnectionChanges {
        ConnectionChanges {
            name: self.name.clone(),
            provider: self.provider.clone(),
            model: self.model.clone(),
            timeout_milliseconds: self.timeout_ms,
            budget: self.budget_per_month.map(|budget| budget.map(Into::into)),
            price: self.price.clone().map(|price| price.map(Into::into)),
        }
    }
}

impl Endpoint for ChangeModelConnection {
    const DECLARATION: Declaration = Declaration::patch(
        "/v1/model-connections/{id}",
        "change_model_connection",
        "Change a connection to a model",
    )
    .describing(
        "What is left out stays as it is; agents that name it use it as it is now, at once.",
    )
    .group("Agents")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The connection.")
    .fails_with(&[Code::AddressRefused]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<ChangedConnection>;
    type Ok = Json<ConnectionView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller, engine) = (call.path.id, call.caller(), call.app.engine());
        let (workspace, JsonBody(wanted)) = (caller.workspace, &call.body);
        let key = wanted.api_key.as_ref().map(|key| engine.draft_secret(key.text())).transpose()?;
        let command = rules::ChangeModelConnection {
            workspace,
            changes: wanted.changes(),
            address: wanted.base_url.as_ref().map(|url| checked(&call.app, url)).transpose()?,
            key: key.as_ref().map(NewSecret::reference),
        };
        let answer = |before: &State, events: &[Event]| {
            let url = wanted.base_url.clone().or_else(|| {
                let known =
                    engine.model_address(workspace, ModelConnectionId(id), before.address_at);
                // The command is carried out whether or not it can be shown.
                known.ok().flatten()
            });
            let view = ConnectionView::after(id, before, events, url.map(|url| url.0));
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(200, body, workspace)
        };
        let once = call.facts.once.as_ref();
        let doing = engine.execute_knowing(&caller, id, command, once, answer);
        let kept: Vec<&NewSecret> = key.iter().collect();
        Ok(Reply::answered(engine.keeping_secrets(workspace, &kept, doing).await?))
    }
}

impl Endpoint for RemoveModelConnection {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/model-connections/{id}",
        "remove_model_connection",
        "Remove a connection to a model",
    )
    .describing(
        "Its key is forgotten. Agents that name it are answered for by the built-in provider.",
    )
    .group("Agents")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::NO_CONTENT, "It is removed.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let done = call.execute_plainly(call.path.id, rules::RemoveModelConnection).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
