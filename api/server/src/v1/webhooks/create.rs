//! Subscribing to events.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::subscription::{self as rules, State, SubscriptionSettings};
use convolog_domain::{Command, Event, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{WebhookView, checked, new_secret, now, orders, signatures};
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
    /// Names of events (see `/v1/event-types`), all of a kind (`conversation.*`), or all (`*`).
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
        let (id, caller, now) = (call.new_id("webhook"), call.caller(), now(&call.app));
        let (JsonBody(new), engine) = (&call.body, call.app.engine());
        let address = checked(&call.app, &new.url)?;
        let settings = SubscriptionSettings {
            name: new.name.clone(),
            events: new.events.clone(),
            order: new.order.clone(),
            signature: new.signature.clone(),
        };
        let secret = new_secret();
        let draft = engine.draft_secret(&secret)?;
        let command = rules::CreateSubscription {
            workspace: caller.workspace,
            settings,
            address,
            secret: draft.reference(),
        };
        command.clone().decide(&State::default(), &mut engine.ctx())?;
        let answer = |before: &State, events: &[Event]| {
            let url = Some(new.url.expose().to_owned());
            let view = WebhookView::after((id, now), before, events, url);
            let (body, masked) = with_secret(view, secret.expose_secret());
            Answer { status: 201, body, masked, subject: caller.workspace.into() }
        };
        let once = call.facts.once.as_ref();
        let doing = engine.execute_knowing(&caller, id, command, once, answer);
        let answered = engine.keeping_secrets(caller.workspace, &[&draft], doing).await?;
        Ok(Reply::answered(answered))
    }
}
