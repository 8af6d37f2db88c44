//! What was delivered to a subscriber, and what was not.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::delivery::{self, Delivery};
use convolog_domain::subscription::{self, EVERYDAY, Everyday, Subscription, told_events};
use convolog_domain::{Content, Event, SubscriptionId, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Recorded};
use convolog_log::{Origin, Position, Timestamp};
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
    /// Only events of these types, separated by commas: names of the catalogue or of everyday use, such
    /// as `message.delivered`.
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
    /// It is on its way, waits to be tried again, or for its webhook to be resumed.
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
    /// The name under which it is told: the `type` of the body.
    told_as: &'static str,
    /// `pending`, `delivered`, `failed` (given up) or `cancelled`.
    status: &'static str,
    /// How often it was tried in all.
    tries: u32,
    /// When it is tried again, as far as is known; null if it is not, and while its webhook is paused or
    /// disabled.
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

/// What a list of deliveries is read with.
struct Reading<'a> {
    app: &'a App,
    subscription: Arc<subscription::State>,
    endpoint: Arc<delivery::State>,
}

impl<'a> Reading<'a> {
    /// The subscription must be there.
    fn of(app: &'a App, workspace: WorkspaceId, id: Uuid) -> Outcome<Self> {
        let subscription = app.engine().load::<Subscription>(workspace, id)?.state;
        let endpoint = app.engine().load::<Delivery>(workspace, id)?.state;
        Ok(Self { app, subscription, endpoint })
    }

    /// The event of a delivery.
    fn event(&self, row: &DeliveryRow) -> Outcome<Option<Recorded>> {
        let record = self.app.engine().log().get(row.position)?;
        Ok(record.map(|record| Recorded::read(&record)).transpose()?)
    }

    fn show(&self, row: &DeliveryRow) -> Outcome<DeliveryView> {
        let name = self.event(row)?.and_then(|event| {
            let settings = self.subscription.settings.as_ref()?;
            settings.told_as(&event.event, event.origin == Origin::Live)
        });
        Ok(DeliveryView::of(row, name, self.next_at(row)))
    }

    /// When it is tried again, by what is known of the endpoint as well.
    fn next_at(&self, row: &DeliveryRow) -> Option<i64> {
        if row.status != DeliveryStatus::Pending || self.subscription.paused {
            return None;
        }
        let next_at = self.endpoint.earliest(row.next_at.unwrap_or(0))?;
        Some(next_at).filter(|at| row.next_at.is_some() || *at > self.app.engine().clock().now().0)
    }
}

impl DeliveryView {
    fn of(row: &DeliveryRow, told_as: Option<&'static str>, next_at: Option<i64>) -> Self {
        let known = Event::catalogue().into_iter().find(|known| known.code == row.code);
        let kind = known.map_or("unknown", |known| known.name);
        Self {
            id: row.event,
            position: row.position.0,
            kind,
            // What is not asked for any more goes under its plain name.
            told_as: told_as.unwrap_or(kind),
            status: row.status.name(),
            tries: row.tries,
            next_attempt_at: next_at.map(|at| Timestamp(at).into()),
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

/// The types of events that are wanted.
#[derive(Debug, Default)]
struct Types {
    /// All of these types.
    plain: BTreeSet<u16>,
    /// What goes under these names of everyday use.
    everyday: BTreeSet<&'static str>,
    /// The types of which some go under them.
    of_everyday: BTreeSet<u16>,
}

impl Types {
    fn read(types: &str) -> Outcome<Self> {
        let (told, mut wanted) = (told_events(), Self::default());
        for name in types.split(',').map(str::trim) {
            let everyday = EVERYDAY.iter().find(|row| row.name == name);
            if let Some(row) = told.iter().find(|row| row.name == name) {
                wanted.plain.insert(row.code);
            } else if let Some(everyday) = everyday {
                wanted.everyday.insert(everyday.name);
                wanted.of_everyday.extend(everyday.rows().iter().map(|row| row.code));
            } else {
                let detail = "type must be one or more types of events, separated by commas.";
                let everyday = EVERYDAY.iter().map(|row| row.name);
                let names = told.iter().map(|row| row.name).chain(everyday);
                return Err(Problem::field("type", detail).allowing(names));
            }
        }
        Ok(wanted)
    }

    fn codes(&self) -> Vec<u16> {
        self.plain.union(&self.of_everyday).copied().collect()
    }

    /// Whether an event is wanted of whose type only some are.
    fn wants(&self, event: &Recorded) -> bool {
        event.origin == Origin::Live
            && Everyday::of(&event.event).is_some_and(|name| self.everyday.contains(name))
    }
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
        let types = types.as_deref().map(Types::read).transpose()?.unwrap_or_default();
        let query = DeliveryQuery {
            workspace: call.workspace(),
            subscription: SubscriptionId(call.path.id),
            status: status.map(Into::into),
            codes: types.codes(),
            names: types.everyday.iter().map(ToString::to_string).collect(),
            since: since.as_deref().map(|time| position_at(&call.app, time)).transpose()?,
            page: call.paging.token.clone(),
            limit: call.paging.limit,
        };
        let reading = Reading::of(&call.app, query.workspace, call.path.id)?;
        let mut failed = None;
        let page = call.app.models().deliveries()?.deliveries(&query, |row| {
            types.plain.contains(&row.code)
                || match reading.event(row) {
                    Ok(event) => event.is_some_and(|event| types.wants(&event)),
                    Err(problem) => {
                        failed = Some(problem);
                        false
                    }
                }
        })?;
        if let Some(problem) = failed {
            return Err(problem);
        }
        let data = page.items.iter().map(|row| reading.show(row)).collect::<Outcome<_>>()?;
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
        let delivery = Reading::of(&call.app, call.workspace(), id)?.show(&row)?;
        Ok(WholeDeliveryView { delivery, attempts })
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
