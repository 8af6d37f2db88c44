//! What was delivered to a subscriber, and what was not.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::subscription::{Subscription, told_events};
use convolog_domain::{Content, Event, SubscriptionId};
use convolog_engine::{Disclose, Disclosure, Recorded};
use convolog_log::{Position, Timestamp};
use convolog_projections::deliveries::{AttemptRow, DeliveryQuery, DeliveryRow, DeliveryStatus};
use convolog_projections::view::{Reader, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/webhooks/{id}/deliveries`
pub(crate) struct ListDeliveries;
/// `GET /v1/webhooks/{id}/deliveries/{position}/attempts`
pub(crate) struct ShowDelivery;

/// Which deliveries.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those with this status.
    status: Option<Status>,
    /// Only events of these types (names of the catalogue), separated by commas.
    #[serde(rename = "type")]
    types: Option<String>,
    /// Only events recorded after this time (RFC 3339).
    since: Option<String>,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DeliveryStatus")]
enum Status {
    /// It is on its way, or waits to be tried again.
    Pending,
    /// It was taken.
    Delivered,
    /// It was given up.
    Failed,
    /// A redelivery of it was cancelled before it came to an end.
    Cancelled,
}

impl From<Status> for DeliveryStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Pending => Self::Pending,
            Status::Delivered => Self::Delivered,
            Status::Failed => Self::Failed,
            Status::Cancelled => Self::Cancelled,
        }
    }
}

/// The event of a delivery, in a path.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByPosition {
    /// Which subscription.
    id: Uuid,
    /// The position of the event.
    position: u64,
}

/// One event on its way to a subscriber.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Delivery")]
pub(crate) struct DeliveryView {
    /// The event's id: the `webhook-id` of every attempt.
    id: Uuid,
    /// The position of the event.
    position: u64,
    /// What happened: the event's name in the catalogue.
    #[serde(rename = "type")]
    kind: &'static str,
    /// `pending`, `delivered`, `failed` (given up) or `cancelled`.
    status: &'static str,
    /// How often it was tried in all.
    tries: u32,
    /// When it is tried again; null if it is not.
    next_attempt_at: Option<Time>,
    /// The newest attempt; null before the first.
    last_attempt: Option<AttemptView>,
}

/// One event on its way to a subscriber, with every attempt.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "DeliveryWithAttempts")]
pub(crate) struct WholeDeliveryView {
    #[serde(flatten)]
    delivery: DeliveryView,
    /// The attempts, the first one first; of very many the last fifty.
    attempts: Vec<AnsweredAttemptView>,
}

/// One attempt.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "DeliveryAttempt")]
pub(crate) struct AttemptView {
    /// Which attempt of this delivery, from 1; a redelivery counts anew.
    number: u16,
    /// When it began.
    at: Time,
    /// How it ended: `delivered`, `rejected`, `slowed`, `gone`, `aborted`, `timed_out`,
    /// `unreachable`, `refused` or `unsendable`.
    outcome: &'static str,
    /// The status of the answer; null if there was none.
    http_status: Option<u16>,
    /// How long it took.
    milliseconds: u32,
    /// The redelivery that it belongs to; null for the delivery itself.
    redelivery_id: Option<Uuid>,
}

/// One attempt and its answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "DeliveryAttemptWithAnswer")]
pub(crate) struct AnsweredAttemptView {
    #[serde(flatten)]
    attempt: AttemptView,
    /// What the receiver answered, cut to 16 KiB; null if it said nothing.
    answer: Option<String>,
}

impl From<&AttemptRow> for AttemptView {
    fn from(row: &AttemptRow) -> Self {
        Self {
            number: row.number,
            at: Timestamp(row.at).into(),
            outcome: row.outcome.name(),
            http_status: row.status,
            milliseconds: row.milliseconds,
            redelivery_id: row.job,
        }
    }
}

impl DeliveryView {
    fn of(row: &DeliveryRow) -> Self {
        let known = Event::catalogue().into_iter().find(|known| known.code == row.code);
        Self {
            id: row.event,
            position: row.position.0,
            kind: known.map_or("unknown", |known| known.name),
            status: row.status.name(),
            tries: row.tries,
            next_attempt_at: row.next_at.map(|at| Timestamp(at).into()),
            last_attempt: row.attempts.last().map(Into::into),
        }
    }
}

/// The subscription that deliveries are asked of must be there.
pub(super) fn existing<E: crate::endpoint::Endpoint>(call: &Call<E>, id: Uuid) -> Outcome<()> {
    let state = call.app.engine().load::<Subscription>(call.workspace(), id)?.state;
    if state.settings.is_none() || state.deleted {
        return Err(Problem::not_found("webhook"));
    }
    Ok(())
}

fn codes(types: &str) -> Outcome<Vec<u16>> {
    let told = told_events();
    let code = |name: &str| {
        told.iter().find(|row| row.name == name).map(|row| row.code).ok_or_else(|| {
            let detail = "type must be one or more types of events, separated by commas.";
            Problem::field("type", detail).allowing(told.iter().map(|row| row.name))
        })
    };
    types.split(',').map(str::trim).map(code).collect()
}

fn position_at(app: &App, time: &str) -> Outcome<Position> {
    let time: jiff::Timestamp = time.parse().map_err(|_| {
        Problem::field("since", "since must be a time such as 2026-11-21T09:00:00Z.")
    })?;
    Ok(app.engine().log().position_at(Timestamp(time.as_microsecond()))?)
}

impl Read for ListDeliveries {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/webhooks/{id}/deliveries",
        "list_deliveries",
        "List the deliveries of a webhook",
    )
    .describing("One entry for each event that was sent or is to be sent, the newest event first. Attempts are recorded together, a second or less after they end.")
    .group("Webhooks")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of deliveries.")
    .from_read_models();
    type Path = ById;
    type Query = Wanted;
    type Shown = List<DeliveryView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        existing(call, call.path.id)?;
        let Wanted { status, types, since } = &call.query;
        let query = DeliveryQuery {
            workspace: call.workspace(),
            subscription: SubscriptionId(call.path.id),
            status: status.map(Into::into),
            codes: types.as_deref().map(codes).transpose()?.unwrap_or_default(),
            since: since.as_deref().map(|time| position_at(&call.app, time)).transpose()?,
            page: call.paging.token.clone(),
            limit: call.paging.limit,
        };
        let page = call.app.models().deliveries()?.deliveries(&query)?;
        let data = page.items.iter().map(DeliveryView::of).collect();
        Ok(List { data, next_page: page.next })
    }
}

impl Read for ShowDelivery {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/webhooks/{id}/deliveries/{position}/attempts",
        "show_delivery",
        "Show a delivery with its attempts",
    )
    .describing("With what the receiver answered each time.")
    .group("Webhooks")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The delivery.")
    .from_read_models();
    type Path = ByPosition;
    type Query = NoParameters;
    type Shown = WholeDeliveryView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let ByPosition { id, position } = call.path;
        existing(call, id)?;
        let table = call.app.models().deliveries()?;
        let row = table.delivery(call.workspace(), SubscriptionId(id), Position(position))?;
        let row = row.ok_or_else(|| Problem::not_found("delivery"))?;
        let attempts = row.attempts.iter().map(|attempt| {
            let answer = answer(&call.app, attempt)?;
            Ok(AnsweredAttemptView { attempt: attempt.into(), answer })
        });
        let attempts = attempts.collect::<Outcome<_>>()?;
        Ok(WholeDeliveryView { delivery: DeliveryView::of(&row), attempts })
    }
}

/// What the receiver said, opened from the event that recorded the attempt.
fn answer(app: &App, attempt: &AttemptRow) -> Outcome<Option<String>> {
    let Some(record) = app.engine().log().get(attempt.recorded)? else { return Ok(None) };
    let opened = app.engine().open(&Recorded::read(&record)?);
    let answers = opened.into_iter().find_map(|part| match part.disclosure {
        Disclosure::Content(Content::Answers(said)) => Some(said.answers),
        _ => None,
    });
    let own = |answers: Vec<convolog_domain::AnswerContent>| {
        answers.into_iter().find(|answer| answer.attempt == attempt.index)
    };
    Ok(answers.and_then(own).map(|answer| answer.body.0))
}
