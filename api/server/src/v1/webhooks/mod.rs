//! Webhook subscriptions: who hears of which events, signed with which secrets.

mod change;
mod create;
mod deliveries;
mod probe;
mod read;
mod redeliveries;
mod secret;

pub(crate) use change::{DeleteWebhook, PauseWebhook, ResumeWebhook, UpdateWebhook};
pub(crate) use create::CreateWebhook;
pub(crate) use deliveries::{ListDeliveries, ShowDelivery};
pub(crate) use probe::ProbeWebhook;
pub(crate) use read::{ListWebhooks, ShowWebhook};
pub(crate) use redeliveries::{CancelRedelivery, ListRedeliveries, RequestRedelivery};
pub(crate) use secret::RotateSecret;

use convolog_domain::delivery::{Delivery, Health};
use convolog_domain::limits::{DELIVERY_ORDERS, DELIVERY_SIGNATURES};
use convolog_domain::subscription::{Address, State, Subscription};
use convolog_domain::{Aggregate, Content, Event, Sensitive, StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Recorded, Stream};
use convolog_log::Timestamp;
use convolog_projections::view::Time;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Serialize;
use uuid::Uuid;

use super::settings::Setting;
use super::wire::{seconds, time};
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// A webhook subscription.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
pub(crate) struct WebhookView {
    /// Which one.
    id: Uuid,
    /// What the staff calls it.
    name: String,
    /// Where events are delivered; null if it cannot be opened any more.
    url: Option<String>,
    /// The events that are asked for.
    events: Vec<String>,
    /// In which order they are delivered.
    order: String,
    /// How deliveries are signed: `standard`, or a dialect's signature beside it.
    signature: String,
    /// Whether something is delivered: `active` or `paused`.
    status: &'static str,
    /// The secrets that sign, the current one last: told apart, not told.
    secrets: Vec<SecretView>,
    /// How the receiver is doing; missing in the answers to commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<HealthView>,
    /// When it was created; missing in the answer that creates it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
}

/// How a receiver is doing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebhookHealth")]
pub(crate) struct HealthView {
    /// `healthy`, `degraded` (often fails), `paused` (fails altogether: tried once an hour) or
    /// `disabled` (answered 410: until it is resumed or probed).
    status: &'static str,
    /// Why; null if nothing ever happened.
    reason: Option<&'static str>,
    /// Since when; null if nothing ever happened.
    since: Option<Time>,
    /// When it is tried again, if it was paused by itself.
    next_attempt_at: Option<Time>,
}

impl HealthView {
    fn of(health: &Health) -> Self {
        let reason = health.reason;
        Self {
            status: health.status.name(),
            reason: reason.map(convolog_domain::delivery::HealthReason::name),
            since: reason.map(|_| Timestamp(health.since).into()),
            next_attempt_at: health.next_at.map(|at| Timestamp(at).into()),
        }
    }
}

/// A secret that signs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "SigningSecret")]
struct SecretView {
    /// Names it.
    id: Uuid,
    /// Tells it from others without telling it.
    fingerprint: String,
    /// When it stops signing; null for the current one.
    expires_at: Option<String>,
}

impl WebhookView {
    /// From a state; none if it is not there (any more).
    fn of(id: Uuid, state: &State, now: i64, url: Option<String>) -> Option<Self> {
        let settings = state.settings.as_ref().filter(|_| !state.deleted)?;
        let signing = state.secrets.iter().filter(|known| known.until.is_none_or(|end| end > now));
        Some(Self {
            id,
            name: settings.name.clone(),
            url,
            events: settings.events.clone(),
            order: settings.order.clone(),
            signature: settings.signature.clone().unwrap_or_else(|| "standard".to_owned()),
            status: if state.paused { "paused" } else { "active" },
            secrets: signing
                .map(|known| SecretView {
                    id: known.secret.id.0,
                    fingerprint: known.secret.fingerprint.clone(),
                    expires_at: known.until.map(seconds),
                })
                .collect(),
            health: None,
            created_at: None,
        })
    }

    /// The subscription after these events: the answer to a command.
    fn after(
        (id, now): (Uuid, i64),
        before: &State,
        events: &[Event],
        url: Option<String>,
    ) -> Option<Self> {
        let mut state = before.clone();
        for event in events {
            if let Event::Subscription(event) = event {
                Subscription::evolve(&mut state, event);
            }
        }
        Self::of(id, &state, now, url)
    }
}

impl Setting for WebhookView {
    const KIND: StreamKind = StreamKind::Subscription;
    const NAME: &'static str = "webhook";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let state = app.engine().load::<Subscription>(workspace, id)?.state;
        let url = address(app, workspace, id, state.address_at)?;
        let view = Self::of(id, &state, now(app), url);
        let view = view.ok_or_else(|| Problem::not_found(Self::NAME))?;
        let health = HealthView::of(&app.engine().load::<Delivery>(workspace, id)?.state.health);
        Ok(Self { health: Some(health), created_at: Some(time(begun.at)), ..view })
    }
}

/// The address that the event of this number holds.
fn address(app: &App, workspace: WorkspaceId, id: Uuid, at: u64) -> Outcome<Option<String>> {
    let stream = Stream::new(workspace, StreamKind::Subscription, id).key();
    let records = app.engine().log().read_stream(&stream, at.saturating_sub(1), 1)?;
    let Some(record) = records.first() else { return Ok(None) };
    let opened = app.engine().open(&Recorded::read(record)?);
    Ok(opened.into_iter().find_map(|part| match part.disclosure {
        Disclosure::Content(Content::Address(address)) => Some(address.text.0),
        _ => None,
    }))
}

/// The address for an answer to a command, which is carried out whether or not it can be shown.
fn known_address(app: &App, workspace: WorkspaceId, id: Uuid, at: u64) -> Option<String> {
    let found = address(app, workspace, id, at);
    found
        .inspect_err(
            |problem| tracing::warn!(webhook = %id, ?problem, "its address cannot be read"),
        )
        .ok()
        .flatten()
}

/// Whole seconds since 1970.
fn now(app: &App) -> i64 {
    app.engine().clock().now().0.div_euclid(1_000_000)
}

/// An address that may be called, as far as its syntax tells; every delivery looks again.
fn checked(app: &App, url: &Sensitive) -> Outcome<Address> {
    let guard = app.outgoing();
    let parsed = guard.read_public("url", url.expose())?;
    Ok(Address { url: url.clone(), plain_http_allowed: guard.lists(&parsed) })
}

/// A new signing secret in the form of Standard Webhooks.
fn new_secret() -> SecretString {
    use base64::Engine as _;
    use rand::Rng as _;
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(bytes)).into()
}

/// The signatures, as the schema lists them.
fn signatures(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": DELIVERY_SIGNATURES })
}

/// The orders, as the schema lists them.
fn orders(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": DELIVERY_ORDERS })
}
