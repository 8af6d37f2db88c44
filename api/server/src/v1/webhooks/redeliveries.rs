//! Delivering again: one event, a stretch of history, everything that was given up.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::delivery::{self as rules, Delivery, Redelivery, RedeliveryEnd, Selection};
use convolog_domain::subscription::Subscription;
use convolog_domain::{Command, Event, SubscriptionId};
use convolog_engine::{Answer, Recorded};
use convolog_log::{Filter, Position, Timestamp};
use convolog_projections::view::{Reader, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::deliveries::existing;
use crate::app::App;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, List, NoParameters, Nothing, Read, Reply,
};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/webhooks/{id}/redeliveries`
pub(crate) struct RequestRedelivery;
/// `GET /v1/webhooks/{id}/redeliveries`
pub(crate) struct ListRedeliveries;
/// `DELETE /v1/webhooks/{id}/redeliveries/{redelivery_id}`
pub(crate) struct CancelRedelivery;

/// Events counted at a time.
const CHUNK: usize = 1_024;

/// What is to be delivered again.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RedeliverySelection")]
enum What {
    /// The event at `position`.
    Event,
    /// Events after `after_position`, up to `upto_position` and including it.
    Range,
    /// Events after `after_position` that were given up.
    Failed,
    /// Everything after `after_position`.
    Since,
}

/// What is to be delivered again, and whether only to count it.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRedelivery {
    /// What: `event`, `range`, `failed` or `since`.
    what: What,
    /// The position of the event, for `event`.
    #[serde(default)]
    position: Option<u64>,
    /// Only events after this position; from the beginning if not given.
    #[serde(default)]
    after_position: Option<u64>,
    /// Only events up to this position, for `range`.
    #[serde(default)]
    upto_position: Option<u64>,
    /// Counts, and delivers nothing.
    #[serde(default)]
    dry_run: bool,
}

impl NewRedelivery {
    fn selection(&self) -> Outcome<Selection> {
        let after = self.after_position.unwrap_or(0);
        let missing = |field: &'static str| {
            Problem::field(field, format!("{field} is needed for what is to be delivered again."))
        };
        Ok(match self.what {
            What::Event => Selection::Event(self.position.ok_or_else(|| missing("position"))?),
            What::Range => {
                let upto = self.upto_position.ok_or_else(|| missing("upto_position"))?;
                Selection::Range(after, upto)
            }
            What::Failed => Selection::Failed(after),
            What::Since => Selection::Since(after),
        })
    }
}

/// Something that is delivered again, as far as it has come.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Redelivery")]
pub(crate) struct RedeliveryView {
    /// Which one; null if it was only counted.
    id: Option<Uuid>,
    /// `counted`, `running`, `finished` or `cancelled`.
    status: &'static str,
    /// What: `event`, `range`, `failed` or `since`.
    what: &'static str,
    /// Only events after this position.
    after_position: u64,
    /// Only events up to this position.
    upto_position: u64,
    /// How many events there were to deliver when it was asked for.
    events: u64,
    /// How many were delivered.
    delivered: u64,
    /// How many were given up.
    failed: u64,
    /// Everything up to this position was begun with.
    position: u64,
    /// When it was asked for.
    requested_at: Time,
}

impl RedeliveryView {
    fn of(job: &Redelivery) -> Self {
        let (what, after) = match job.selection {
            Selection::Event(position) => ("event", position.saturating_sub(1)),
            Selection::Range(after, _) => ("range", after),
            Selection::Failed(after) => ("failed", after),
            Selection::Since(after) => ("since", after),
        };
        Self {
            id: Some(job.id),
            status: match job.end {
                None => "running",
                Some(RedeliveryEnd::Finished) => "finished",
                Some(RedeliveryEnd::Cancelled) => "cancelled",
            },
            what,
            after_position: after,
            upto_position: job.upto,
            events: job.events,
            delivered: job.delivered,
            failed: job.failed,
            position: job.place,
            requested_at: Timestamp(job.at).into(),
        }
    }

    /// What a job amounts to right after these events.
    fn after(state: &rules::State, events: &[Event]) -> Option<Self> {
        use convolog_domain::Aggregate;
        let mut state = state.clone();
        for event in events {
            if let Event::Delivery(event) = event {
                Delivery::evolve(&mut state, event);
            }
        }
        state.jobs.last().map(Self::of)
    }
}

/// How many events a selection names, of those that the subscriber asks for.
fn count(
    app: &App,
    workspace: convolog_domain::WorkspaceId,
    id: Uuid,
    selection: Selection,
) -> Outcome<u64> {
    let log = app.engine().log();
    let head = log.head();
    let (after, upto) = match selection {
        Selection::Event(position) => (Position(position.saturating_sub(1)), Position(position)),
        Selection::Range(after, upto) => (Position(after), Position(upto)),
        Selection::Failed(after) | Selection::Since(after) => (Position(after), head),
    };
    let mut counted = 0_u64;
    let mut place = after;
    if matches!(selection, Selection::Failed(_)) {
        let table = app.models().deliveries()?;
        loop {
            let rows = table.given_up(workspace, SubscriptionId(id), (place, upto), CHUNK)?;
            let Some(last) = rows.last() else { return Ok(counted) };
            place = last.position;
            counted += u64::try_from(rows.len()).unwrap_or(0);
        }
    }
    let state = app.engine().load::<Subscription>(workspace, id)?.state;
    let Some(settings) = &state.settings else { return Ok(0) };
    let types = settings.codes();
    let filter = Filter { workspace: Some(workspace.0), stream: None, types };
    while place < upto.min(head) {
        let (records, next) = log.read(place, CHUNK, &filter)?;
        for record in records.iter().filter(|record| record.header.position <= upto) {
            let event = Recorded::read(record)?;
            let told = app.engine().is_told(settings, SubscriptionId(id), &event)?;
            counted += u64::from(told);
        }
        if next <= place {
            break;
        }
        place = next;
    }
    Ok(counted)
}

impl Endpoint for RequestRedelivery {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/webhooks/{id}/redeliveries",
        "request_redelivery",
        "Deliver something again",
    )
    .describing("To this webhook only, beside what is new, as a job that survives restarts. Each event keeps its `webhook-id` and is signed anew; what was erased meanwhile is marked erased. With `dry_run` it is only counted.")
    .group("Webhooks")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The job, or what it would be.")
    .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<NewRedelivery>;
    type Ok = Json<RedeliveryView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (id, caller, JsonBody(wanted)) = (call.path.id, call.caller(), &call.body);
        existing(&call, id)?;
        let selection = wanted.selection()?;
        let (engine, workspace) = (call.app.engine(), caller.workspace);
        let head = engine.log().head().0;
        let job = call.new_id("redelivery");
        let events = call.blocking(move |app| count(app, workspace, id, selection)).await?;
        let command = rules::RequestRedelivery { job, selection, head, events };
        let known = engine.load::<Delivery>(workspace, id)?.state;
        let decided = command.decide(&known, &mut engine.ctx())?;
        if wanted.dry_run {
            let decided: Vec<Event> = decided.into_iter().map(|one| one.event).collect();
            let view = RedeliveryView::after(&known, &decided)
                .ok_or_else(|| Problem::not_found("redelivery"))?;
            return Reply::json(&RedeliveryView { id: None, status: "counted", ..view });
        }
        let answer = |before: &rules::State, events: &[Event]| {
            let view = RedeliveryView::after(before, events);
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(200, body, workspace)
        };
        let once = call.facts.once.as_ref();
        Ok(Reply::answered(engine.execute_knowing(&caller, id, command, once, answer).await?))
    }
}

impl Read for ListRedeliveries {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/webhooks/{id}/redeliveries",
        "list_redeliveries",
        "List what is delivered again",
    )
    .describing("The newest first: those that go on, and the last fifty that ended.")
    .group("Webhooks")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "All of them.");
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<RedeliveryView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        existing(call, call.path.id)?;
        let state = call.app.engine().load::<Delivery>(call.workspace(), call.path.id)?.state;
        Ok(List::whole(state.jobs.iter().rev().map(RedeliveryView::of).collect()))
    }
}

/// A redelivery in a path.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByJob {
    /// Which subscription.
    id: Uuid,
    /// Which redelivery.
    redelivery_id: Uuid,
}

impl Endpoint for CancelRedelivery {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/webhooks/{id}/redeliveries/{redelivery_id}",
        "cancel_redelivery",
        "Cancel a redelivery",
    )
    .describing("Nothing more of it is delivered, but for what is on its way at this moment. Cancelling one that ended changes nothing.")
    .group("Webhooks")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::NO_CONTENT, "It is cancelled.");
    type Path = ByJob;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let ByJob { id, redelivery_id: job } = call.path;
        existing(&call, id)?;
        let done = call.execute_plainly(id, rules::CancelRedelivery { job }).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
