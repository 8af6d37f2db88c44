//! Subscribing to events.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::subscription::{State, SubscriptionSettings};
use convolog_domain::{Event, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Filter, Shown, Subscribing, WebhookView, new_secret, now, orders, signatures, subscribe,
};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};

/// `POST /v1/webhooks`
pub(crate) struct CreateWebhook;

/// Where to, and what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWebhook {
    /// Where events are delivered: an https address on the public internet.
    #[schemars(with = "String", length(min = 1, max = 2000))]
    url: Sensitive,
    /// Names of events (see `/v1/event-types`), all of a kind (`conversation.*`, `message.*`) as it is
    /// now, or all (`*`) there will ever be.
    #[schemars(length(min = 1, max = 100))]
    events: Vec<String>,
    /// What the staff calls it; `Webhook` if not given.
    #[serde(default = "usual_name")]
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// In which order events are delivered: strictly, strictly within a conversation, or as fast
    /// as possible.
    #[serde(default = "usual_order")]
    #[schemars(schema_with = "orders")]
    order: String,
    /// How deliveries are signed: as Standard Webhooks says, and besides as a dialect does.
    #[serde(default)]
    #[schemars(schema_with = "signatures")]
    signature: Option<String>,
    /// Deliveries within a second, at most; as many as can be if not given.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    rate_per_second: Option<u16>,
    /// What an event must say to be delivered: all of it.
    #[serde(default)]
    #[schemars(length(max = 10))]
    filters: Vec<Filter>,
}

fn usual_name() -> String {
    "Webhook".to_owned()
}

fn usual_order() -> String {
    "ordered_by_conversation".to_owned()
}

/// A subscription with its secret, which is shown this once.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CreatedWebhook {
    /// The secret that signs; shown only now. Masked when the request is repeated.
    secret: String,
    #[serde(flatten)]
    webhook: WebhookView,
}

/// The answer that shows a secret, and the same with the secret masked.
pub(super) fn with_secret(view: Option<WebhookView>, secret: &str) -> (Value, Value) {
    let mut body = serde_json::to_value(view).unwrap_or_default();
    let mut masked = body.clone();
    if let (Some(body), Some(masked)) = (body.as_object_mut(), masked.as_object_mut()) {
        body.insert("secret".to_owned(), json!(secret));
        masked.insert("secret".to_owned(), json!("whsec_…"));
    }
    (body, masked)
}

impl Endpoint for CreateWebhook {
    const DECLARATION: Declaration =
        Declaration::post("/v1/webhooks", "create_webhook", "Subscribe to events")
            .describing("Deliveries are signed as Standard Webhooks says, with the secret that this answer shows once.")
            .group("Webhooks")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::CREATED, "The subscription and its secret.")
            .fails_with(&[Code::AddressRefused]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewWebhook>;
    type Ok = Json<CreatedWebhook>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (id, workspace) = (call.new_id("webhook"), call.workspace());
        let shown = Shown { id, now: now(&call.app), disabled: false };
        let JsonBody(new) = &call.body;
        let settings = SubscriptionSettings {
            name: new.name.clone(),
            events: new.events.clone(),
            order: new.order.clone(),
            signature: new.signature.clone(),
            rate_per_second: new.rate_per_second,
            filters: new.filters.iter().map(Into::into).collect(),
            ..SubscriptionSettings::default()
        };
        let secret = new_secret(settings.signature.as_deref());
        let told = secret.clone();
        let answer = |before: &State, events: &[Event]| {
            let url = Some(new.url.expose().to_owned());
            let view = WebhookView::after(shown, before, events, url);
            let (body, masked) = with_secret(view, told.expose_secret());
            Answer { status: 201, body, masked, subject: workspace.into() }
        };
        let asked = Subscribing { id, settings, url: &new.url, secret };
        Ok(Reply::answered(subscribe(&call, asked, answer).await?))
    }
}
