//! Webhook subscriptions: who hears of which events, signed with which secrets.

mod change;
mod create;
mod deliveries;
mod probe;
mod read;
mod redeliveries;
mod secret;
mod subscribe;

pub(crate) use change::{DeleteWebhook, PauseWebhook, ResumeWebhook, UpdateWebhook};
pub(crate) use create::CreateWebhook;
pub(crate) use deliveries::{ListDeliveries, ShowDelivery};
pub(crate) use probe::ProbeWebhook;
pub(crate) use read::{ListWebhooks, ShowWebhook};
pub(crate) use redeliveries::{CancelRedelivery, ListRedeliveries, RequestRedelivery};
pub(crate) use secret::RotateSecret;
pub(crate) use subscribe::{Subscribing, subscribe};

use convolog_domain::delivery::{self, Delivery, HealthStatus};
use convolog_domain::limits::{DELIVERY_ORDERS, DELIVERY_SIGNATURES};
use convolog_domain::subscription::{Address, FieldFilter, State, Subscription};
use convolog_domain::{Aggregate, Content, Event, Sensitive, StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Recorded, Stream};
use convolog_log::Timestamp;
use convolog_projections::view::Time;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
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
    /// The names that they stood for when they were saved; empty if no kind is asked for.
    event_names: Vec<String>,
    /// What an event must say to be delivered: all of it.
    filters: Vec<Filter>,
    /// Deliveries within a second, at most; null for as many as can be.
    rate_per_second: Option<u16>,
    /// The agent whose conversations are told of; null for all.
    agent_id: Option<Uuid>,
    /// In which order they are delivered.
    order: String,
    /// How deliveries are signed: `standard`, or `ed25519` or a dialect's signature beside it.
    signature: String,
    /// Whether something is delivered: `active`, `paused` (by somebody, until it is resumed) or
    /// `disabled` (its receiver answered 410: until it is resumed or a probe is answered).
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

/// What a field of an event must say.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WebhookFilter")]
pub(crate) struct Filter {
    /// The path of the field within the `data` of the event, in the clear, such as `channel` or
    /// `what.service`. An event without it is not delivered.
    #[schemars(length(min = 1, max = 100))]
    field: String,
    /// What it says, numbers as texts.
    #[schemars(length(min = 1, max = 100))]
    equals: String,
}

impl From<&Filter> for FieldFilter {
    fn from(filter: &Filter) -> Self {
        Self { field: filter.field.clone(), equals: filter.equals.clone() }
    }
}

impl From<&FieldFilter> for Filter {
    fn from(filter: &FieldFilter) -> Self {
        Self { field: filter.field.clone(), equals: filter.equals.clone() }
    }
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
    /// When it is tried again, if it was paused by itself or asked for patience; null if nothing
    /// waits for that.
    next_attempt_at: Option<Time>,
}

impl HealthView {
    fn of(state: &delivery::State, now: Timestamp) -> Self {
        let health = &state.health;
        let reason = health.reason;
        let next_at = state.earliest(0).filter(|at| *at > now.0 || health.next_at.is_some());
        Self {
            status: health.status.name(),
            reason: reason.map(delivery::HealthReason::name),
            since: reason.map(|_| Timestamp(health.since).into()),
            next_attempt_at: next_at.map(|at| Timestamp(at).into()),
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

/// Which subscription is shown, and what its own history does not say.
#[derive(Clone, Copy, Debug)]
struct Shown {
    id: Uuid,
    /// Seconds since 1970.
    now: i64,
    /// Its receiver said that nothing is to be sent there any more.
    disabled: bool,
}

impl Shown {
    /// As it stands; somebody who resumes it brings back a receiver that was disabled.
    fn now(app: &App, workspace: WorkspaceId, id: Uuid) -> Outcome<Self> {
        let state = app.engine().load::<Delivery>(workspace, id)?.state;
        let disabled = state.health.status == HealthStatus::Disabled;
        Ok(Self { id, now: now(app), disabled })
    }
}

impl WebhookView {
    /// From a state; none if it is not there (any more).
    fn of(shown: Shown, state: &State, url: Option<String>) -> Option<Self> {
        let Shown { id, now, disabled } = shown;
        let settings = state.settings.as_ref().filter(|_| !state.deleted)?;
        let signing = state.secrets.iter().filter(|known| known.until.is_none_or(|end| end > now));
        Some(Self {
            id,
            name: settings.name.clone(),
            url,
            events: settings.events.clone(),
            event_names: settings.names.clone(),
            filters: settings.filters.iter().map(Into::into).collect(),
            rate_per_second: settings.rate_per_second,
            agent_id: settings.agent.map(|agent| agent.0),
            order: settings.order.clone(),
            signature: settings.signature.clone().unwrap_or_else(|| "standard".to_owned()),
            status: match (disabled, state.paused) {
                (true, _) => "disabled",
                (false, true) => "paused",
                (false, false) => "active",
            },
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
    fn after(shown: Shown, before: &State, events: &[Event], url: Option<String>) -> Option<Self> {
        let mut state = before.clone();
        for event in events {
            if let Event::Subscription(event) = event {
                Subscription::evolve(&mut state, event);
            }
        }
        Self::of(shown, &state, url)
    }
}

impl Setting for WebhookView {
    const KIND: StreamKind = StreamKind::Subscription;
    const NAME: &'static str = "webhook";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let state = app.engine().load::<Subscription>(workspace, id)?.state;
        let url = address(app, workspace, id, state.address_at)?;
        let view = Self::of(Shown::now(app, workspace, id)?, &state, url);
        let view = view.ok_or_else(|| Problem::not_found(Self::NAME))?;
        let deliveries = app.engine().load::<Delivery>(workspace, id)?.state;
        let health = HealthView::of(&deliveries, app.engine().clock().now());
        Ok(Self { health: Some(health), created_at: Some(time(begun.at)), ..view })
    }
}

/// The address that the event of this number holds.
pub(crate) fn address(
    app: &App,
    workspace: WorkspaceId,
    id: Uuid,
    at: u64,
) -> Outcome<Option<String>> {
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

/// A new signing secret: in the form of the dialect that signs, or else of Standard Webhooks.
pub(crate) fn new_secret(signature: Option<&str>) -> SecretString {
    use base64::Engine as _;
    use rand::Rng as _;
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    match signature {
        Some("avelto") => format!("wh_{}", hex::encode(bytes)).into(),
        _ => format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(bytes)).into(),
    }
}

/// The signatures, as the schema lists them.
fn signatures(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": DELIVERY_SIGNATURES })
}

/// The orders, as the schema lists them.
fn orders(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": DELIVERY_ORDERS })
}
