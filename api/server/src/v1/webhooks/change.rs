//! Changing, pausing, resuming and deleting a subscription.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::delivery::RecoverEndpoint;
use convolog_domain::subscription::{self as rules, State, Subscription, SubscriptionChanges};
use convolog_domain::{Command, Event, Sensitive};
use convolog_engine::{Answer, Answered};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Filter, Shown, WebhookView, checked, known_address, orders, signatures};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Nothing, Reply,
};
use crate::problem::{Code, Outcome};
use crate::v1::wire::{ById, given};

/// `PATCH /v1/webhooks/{id}`
pub(crate) struct UpdateWebhook;
/// `POST /v1/webhooks/{id}/pause`
pub(crate) struct PauseWebhook;
/// `POST /v1/webhooks/{id}/resume`
pub(crate) struct ResumeWebhook;
/// `DELETE /v1/webhooks/{id}`
pub(crate) struct DeleteWebhook;

/// What is to be changed; what is left out stays as it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookChanges {
    /// Where events are delivered: an https address on the public internet.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 2000))]
    url: Option<Sensitive>,
    /// Names of events, all of a kind (`conversation.*`), or all (`*`).
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    events: Option<Vec<String>>,
    /// What the staff calls it.
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    name: Option<String>,
    /// In which order events are delivered.
    #[serde(default)]
    #[schemars(schema_with = "orders")]
    order: Option<String>,
    /// How deliveries are signed.
    #[serde(default)]
    #[schemars(schema_with = "signatures")]
    signature: Option<String>,
    /// Deliveries within a second, at most; null for as many as can be.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<u16>", range(min = 1, max = 1000))]
    #[expect(clippy::option_option, reason = "left out, null and a value are three things")]
    rate_per_second: Option<Option<u16>>,
    /// What an event must say to be delivered: all of it. All filters, those that are not listed are
    /// over.
    #[serde(default)]
    #[schemars(length(max = 10))]
    filters: Option<Vec<Filter>>,
}

impl WebhookChanges {
    fn changes(&self) -> SubscriptionChanges {
        let Self { url: _, events, name, order, signature, rate_per_second, filters } =
            self.clone();
        let filters = filters.map(|filters| filters.iter().map(Into::into).collect());
        SubscriptionChanges { name, events, order, signature, rate_per_second, filters }
    }
}

async fn carry_out<E: Endpoint<Path = ById>>(
    call: &Call<E>,
    shown: Shown,
    command: impl Command<Aggregate = Subscription> + Clone,
    new_url: Option<&str>,
) -> Outcome<Answered> {
    let (id, caller) = (call.path.id, call.caller());
    let answer = |before: &State, events: &[Event]| {
        let url = match new_url {
            Some(url) => Some(url.to_owned()),
            None => known_address(&call.app, caller.workspace, id, before.address_at),
        };
        let view = WebhookView::after(shown, before, events, url);
        let body = serde_json::to_value(view).unwrap_or_default();
        Answer::open(200, body, caller.workspace)
    };
    let (once, engine) = (call.facts.once.as_ref(), call.app.engine());
    Ok(engine.execute_knowing(&caller, id, command, once, answer).await?)
}

impl Endpoint for UpdateWebhook {
    const DECLARATION: Declaration =
        Declaration::patch("/v1/webhooks/{id}", "update_webhook", "Change a webhook")
            .describing("What is left out stays as it is; so do the secrets.")
            .group("Webhooks")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The subscription.")
            .fails_with(&[Code::AddressRefused]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<WebhookChanges>;
    type Ok = Json<WebhookView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, JsonBody(wanted)) = (call.workspace(), &call.body);
        let command = rules::UpdateSubscription {
            workspace,
            changes: wanted.changes(),
            address: wanted.url.as_ref().map(|url| checked(&call.app, url)).transpose()?,
        };
        let url = wanted.url.as_ref().map(Sensitive::expose);
        let shown = Shown::now(&call.app, workspace, call.path.id)?;
        Ok(Reply::answered(carry_out(&call, shown, command, url).await?))
    }
}

impl Endpoint for PauseWebhook {
    const DECLARATION: Declaration =
        Declaration::post("/v1/webhooks/{id}/pause", "pause_webhook", "Pause a webhook")
            .describing("Nothing is delivered until it is resumed; nothing is lost meanwhile.")
            .group("Webhooks")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The subscription.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<WebhookView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let shown = Shown::now(&call.app, call.workspace(), call.path.id)?;
        Ok(Reply::answered(carry_out(&call, shown, rules::PauseSubscription, None).await?))
    }
}

impl Endpoint for ResumeWebhook {
    const DECLARATION: Declaration =
        Declaration::post("/v1/webhooks/{id}/resume", "resume_webhook", "Resume a paused webhook")
            .describing("Delivery goes on where it stopped, also to an endpoint that was paused by itself or disabled.")
            .group("Webhooks")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The subscription.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<WebhookView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let shown = Shown::now(&call.app, call.workspace(), call.path.id)?;
        // Its receiver is brought back as well.
        let shown = Shown { disabled: false, ..shown };
        let answered = carry_out(&call, shown, rules::ResumeSubscription, None).await?;
        // Doing it again changes nothing, so a crash in between loses nothing either.
        call.execute_plainly(call.path.id, RecoverEndpoint).await?;
        Ok(Reply::answered(answered))
    }
}

impl Endpoint for DeleteWebhook {
    const DECLARATION: Declaration =
        Declaration::delete("/v1/webhooks/{id}", "delete_webhook", "Delete a webhook")
            .describing("Nothing is delivered any more, and its secrets are forgotten.")
            .group("Webhooks")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::NO_CONTENT, "It is deleted.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let done = call.execute_plainly(call.path.id, rules::DeleteSubscription).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
