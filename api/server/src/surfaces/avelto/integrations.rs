//! Webhooks, which Avelto counts among its integrations.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use convolog_domain::api_key::{ApiKey, Scope};
use convolog_domain::delivery::{Delivery, HealthStatus as Health};
use convolog_domain::subscription::{State, Subscription, SubscriptionSettings};
use convolog_domain::{Event, Sensitive, StreamKind};
use convolog_engine::Answer;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::time;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::settings;
use crate::v1::webhooks::{Subscribing, address, new_secret, subscribe};

/// `POST /api/v1/integrations/webhook`
pub(super) struct Subscribe;
/// `GET /api/v1/integrations`
pub(super) struct AllIntegrations;

/// What kind of integration.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "IntegrationType")]
enum Kind {
    /// Events are posted to an address.
    Webhook,
}

/// Where to, and what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWebhook {
    /// What kind of integration.
    #[serde(rename = "type")]
    kind: Kind,
    /// Where events are posted: an https address on the public internet.
    #[schemars(with = "String", length(min = 1, max = 2000))]
    url: Sensitive,
    /// Names of events, such as `lead.created`, `lead.qualified`, `conversation.started`,
    /// `conversation.closed`, `message.received`, `handoff.triggered`, `appointment.booked`; all of a kind
    /// (`message.*`), or all (`*`).
    #[schemars(length(min = 1, max = 100))]
    events: Vec<String>,
}

/// A webhook with its secret, which is shown this once.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreatedWebhook {
    /// Which one.
    id: Uuid,
    /// What kind of integration.
    #[serde(rename = "type")]
    kind: Kind,
    /// Where events are posted.
    url: String,
    /// The events that are told.
    events: Vec<String>,
    /// The secret that signs; shown only now. Masked when the request is repeated.
    signing_secret: String,
}

/// An integration.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Integration")]
pub(super) struct IntegrationRow {
    /// Which one.
    id: Uuid,
    /// What kind of integration.
    #[serde(rename = "type")]
    kind: Kind,
    /// Where events are posted; null if it cannot be opened any more.
    url: Option<String>,
    /// The events that are told.
    events: Vec<String>,
    /// How it is doing.
    status: Status,
    /// When it was made.
    created_at: String,
}

/// How an integration is doing.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "IntegrationStatus")]
enum Status {
    /// Events are posted.
    Connected,
    /// Somebody paused it.
    Paused,
    /// The receiver does not take what is posted.
    Error,
}

impl Endpoint for Subscribe {
    const DECLARATION: Declaration = Declaration::post(
        "/api/v1/integrations/webhook",
        "create_webhook",
        "Subscribe to events",
    )
    .describing("A token hears of what it may read: of leads with `leads:read`, of conversations, messages, hand-offs and appointments with `conversations:read`, of everything with all that read. `X-Convo-Signature` is `t=<unix>,v1=<signature>`: the HMAC-SHA-256 of `<unix>.<body>` with the secret that this answer shows once, in hexadecimal.")
    .group("Webhooks")
    .access(Access::AnyKey(Scope::Manage))
    .answers(StatusCode::CREATED, "The webhook and its secret.")
    .fails_with(&[Code::AddressRefused, Code::InsufficientScope]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewWebhook>;
    type Ok = Json<CreatedWebhook>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (JsonBody(new), workspace) = (&call.body, call.workspace());
        must_cover(&call, &new.events)?;
        let settings = SubscriptionSettings {
            name: "Avelto".to_owned(),
            events: new.events.clone(),
            order: "ordered_by_conversation".to_owned(),
            signature: Some("avelto".to_owned()),
            ..SubscriptionSettings::default()
        };
        let (id, secret) = (call.new_id("webhook"), new_secret(settings.signature.as_deref()));
        let shown = |signing_secret: &str| {
            let webhook = CreatedWebhook {
                id,
                kind: new.kind,
                url: new.url.expose().to_owned(),
                events: new.events.clone(),
                signing_secret: signing_secret.to_owned(),
            };
            serde_json::to_value(webhook).unwrap_or_default()
        };
        let (body, masked) = (shown(secret.expose_secret()), shown("wh_…"));
        let answer = |_: &State, _: &[Event]| Answer {
            status: 201,
            body: body.clone(),
            masked: masked.clone(),
            subject: workspace.into(),
        };
        let asked = Subscribing { id, settings, url: &new.url, secret };
        Ok(Reply::answered(subscribe(&call, asked, answer).await?))
    }
}

/// A token hears of what it may read.
fn must_cover(call: &Call<Subscribe>, events: &[String]) -> Outcome<()> {
    let (engine, workspace) = (call.app.engine(), call.workspace());
    let key = call.session.key.map_or_else(Uuid::nil, |key| key.0);
    let state = engine.load::<ApiKey>(workspace, key)?.state;
    let grants = state.live().map(|key| key.grants.as_slice()).unwrap_or_default();
    let needed = events.iter().flat_map(|event| scopes_to_hear_of(event));
    let missing: BTreeSet<&str> =
        needed.copied().filter(|scope| !grants.iter().any(|grant| grant == scope)).collect();
    let Some(first) = missing.first() else { return Ok(()) };
    let detail = format!("To hear of these events the token needs the scope {first}.");
    Err(Problem::new(Code::InsufficientScope, detail).at("events").allowing(missing.iter()))
}

/// The scopes of whoever may read what events of that name tell.
fn scopes_to_hear_of(event: &str) -> &'static [&'static str] {
    match event.split('.').next() {
        Some("lead") => &["leads:read"],
        Some("message" | "conversation" | "handoff" | "appointment") => &["conversations:read"],
        Some("agent") => &["agents:read"],
        _ => &["agents:read", "conversations:read", "leads:read"],
    }
}

impl Read for AllIntegrations {
    const DECLARATION: Declaration =
        Declaration::get("/api/v1/integrations", "integrations", "List integrations")
            .describing("Every webhook of the workspace, in the order in which they were made.")
            .group("Webhooks")
            .access(Access::AnyKey(Scope::Read))
            .answers(StatusCode::OK, "The integrations.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Vec<IntegrationRow>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (app, workspace) = (&call.app, call.workspace());
        let (kind, mut rows) = (StreamKind::Subscription, Vec::new());
        for id in settings::all(app, workspace, kind)? {
            let state = app.engine().load::<Subscription>(workspace, id)?.state;
            let Some(settings) = state.settings.as_ref().filter(|_| !state.deleted) else {
                continue;
            };
            let health = app.engine().load::<Delivery>(workspace, id)?.state.health.status;
            let begun = settings::existing(app, workspace, kind, id, "webhook")?;
            rows.push(IntegrationRow {
                id,
                kind: Kind::Webhook,
                url: address(app, workspace, id, state.address_at)?,
                events: settings.events.clone(),
                status: match (state.paused, health) {
                    (true, _) => Status::Paused,
                    (false, Health::Healthy | Health::Degraded) => Status::Connected,
                    (false, _) => Status::Error,
                },
                created_at: time(begun.at),
            });
        }
        Ok(rows)
    }
}
