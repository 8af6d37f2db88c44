//! What became of the events that a subscriber was to hear of: attempts, retries, the health of the
//! endpoint, redeliveries.
//!
//! A stream of its own, with the id of the subscription. Attempts come by the second: in the stream
//! of the subscription itself they would overtake whoever changes its settings, and make the few
//! events that say how to sign and where to hard to find. The two never need to agree within one
//! commit: deleting a subscription ends delivery because the deliverer looks at both.
//!
//! The state is the durable cursor. Everything that the subscriber asked for up to
//! [`State::cursor`] was delivered, was given up, or stands in [`State::waiting`]; a lane that waits
//! holds back what follows it in the same stream, and whoever delivers reads that from the log. The
//! next time of every retry is recorded with its jitter, so that replaying the log gives the exact
//! schedule. Times are microseconds since 1970.
//!
//! None of these events is ever delivered to anybody.

mod cancel_redelivery;
#[cfg(test)]
mod fixtures;
mod health;
mod record_attempts;
mod record_probe;
mod recover_endpoint;
mod redelivery;
mod request_probe;
mod request_redelivery;
mod schedule;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};

pub use cancel_redelivery::CancelRedelivery;
pub use health::{EndpointHealthChanged, Health, HealthReason, HealthStatus, Window};
pub use record_attempts::{Made, RecordAttempts, Taken};
pub use record_probe::RecordProbe;
pub use recover_endpoint::RecoverEndpoint;
pub use redelivery::{
    JobPlace, Redelivery, RedeliveryCancelled, RedeliveryEnd, RedeliveryFinished,
    RedeliveryRequested, Selection,
};
pub use request_probe::RequestProbe;
pub use request_redelivery::RequestRedelivery;
pub use schedule::{RETRY_SECONDS, TRIES_MAX};

/// How an attempt ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// Answered with 2xx.
    Delivered,
    /// Answered with anything else; redirects are not followed.
    Rejected,
    /// Answered with 429, 502, 503 or 504: everything to this endpoint waits.
    Slowed,
    /// Answered with 410: nothing is to be sent there any more.
    Gone,
    /// Answered with `webhook-delivery: abort-message`: this event is not tried again.
    Aborted,
    /// Not answered in time.
    TimedOut,
    /// No connection, or a broken one.
    Unreachable,
    /// The address is private or its name unknown: nothing was sent.
    Refused,
    /// The event could not be written as a message, or delivering it failed inside Convolog, which no
    /// retry would change.
    Unsendable,
}

impl AttemptOutcome {
    /// Every way.
    pub const ALL: [Self; 9] = [
        Self::Delivered,
        Self::Rejected,
        Self::Slowed,
        Self::Gone,
        Self::Aborted,
        Self::TimedOut,
        Self::Unreachable,
        Self::Refused,
        Self::Unsendable,
    ];

    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Rejected => "rejected",
            Self::Slowed => "slowed",
            Self::Gone => "gone",
            Self::Aborted => "aborted",
            Self::TimedOut => "timed_out",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Unsendable => "unsendable",
        }
    }

    /// Whether nothing follows an attempt of this number that ended so.
    pub const fn ends(self, try_number: u16) -> bool {
        matches!(self, Self::Delivered | Self::Aborted | Self::Unsendable)
            || try_number >= TRIES_MAX
    }

    /// Whether it says that the endpoint is there and takes what it is sent; nothing if it says
    /// nothing of the endpoint.
    const fn speaks_well(self) -> Option<bool> {
        match self {
            Self::Delivered | Self::Aborted => Some(true),
            Self::Unsendable => None,
            _ => Some(false),
        }
    }
}

/// One attempt to deliver one event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Attempt {
    /// Where the event stands.
    pub position: u64,
    /// The event's id: the `webhook-id` of every attempt.
    pub event: Uuid,
    /// The number of its type.
    pub code: u16,
    /// Which attempt of this delivery it was, from 1.
    pub try_number: u16,
    /// When it began.
    pub at: i64,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// How long it took.
    pub milliseconds: u32,
    /// When it is tried again; none if it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<i64>,
    /// The redelivery that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Uuid>,
    /// While it waits, it holds back what follows it in the same stream.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds: bool,
}

/// An event that was begun with: it waits for its first attempt, or for the outcome of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Begun {
    /// Where the event stands.
    pub position: u64,
    /// Its id.
    pub event: Uuid,
    /// The number of its type.
    pub code: u16,
    /// The redelivery that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Uuid>,
    /// While it waits, it holds back what follows it in the same stream.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds: bool,
}

/// What was tried in a second or less, and how far delivery has come. Sealed: what receivers
/// answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DeliveriesAttempted {
    /// Everything up to here was delivered, was given up, or waits.
    pub cursor: u64,
    /// What was tried, in the order in which it ended.
    pub attempts: Vec<Attempt>,
    /// What waits from now on without having been tried to an end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub begun: Vec<Begun>,
    /// How far redeliveries have come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<JobPlace>,
    /// Nothing is sent to the endpoint before this time: it asked for patience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slowed_until: Option<i64>,
}

/// Somebody wants to know whether the endpoint answers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProbeRequested {
    /// Names the probe.
    pub probe: Uuid,
}

/// The endpoint was sent a probe. Sealed: what it answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndpointProbed {
    /// Which probe.
    pub probe: Uuid,
    /// When it was sent.
    pub at: i64,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// How long it took.
    pub milliseconds: u32,
}

events! {
    /// What became of a subscriber's events.
    Delivery {
        1 "deliveries_attempted" @1 DeliveriesAttempted(DeliveriesAttempted) seals [Answers]
            by [record_attempts::RecordAttempts],
        2 "endpoint_health_changed" @1 EndpointHealthChanged(EndpointHealthChanged)
            by [record_attempts::RecordAttempts, record_probe::RecordProbe,
                recover_endpoint::RecoverEndpoint],
        3 "probe_requested" @1 ProbeRequested(ProbeRequested) by [request_probe::RequestProbe],
        4 "endpoint_probed" @1 EndpointProbed(EndpointProbed) seals [Answers]
            by [record_probe::RecordProbe],
        5 "redelivery_requested" @1 RedeliveryRequested(RedeliveryRequested)
            by [request_redelivery::RequestRedelivery],
        6 "redelivery_cancelled" @1 RedeliveryCancelled(RedeliveryCancelled)
            by [cancel_redelivery::CancelRedelivery],
        7 "redelivery_finished" @1 RedeliveryFinished(RedeliveryFinished)
            by [record_attempts::RecordAttempts],
    }
}

/// An event that was begun with and is not done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// Its id.
    pub event: Uuid,
    /// The number of its type.
    pub code: u16,
    /// How often it was tried.
    pub tries: u16,
    /// When it is due; 0 = at once.
    pub next_at: i64,
    /// The redelivery that it belongs to.
    pub job: Option<Uuid>,
    /// It holds back what follows it in the same stream.
    pub holds: bool,
}

/// A probe and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Probe {
    /// Names it.
    pub id: Uuid,
    /// What came of it; none while it is under way.
    pub result: Option<ProbeResult>,
}

/// What came of a probe.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProbeResult {
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// How long it took.
    pub milliseconds: u32,
}

/// What the deliveries to one endpoint amount to. The read model of endpoints keeps it as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// How far delivery has come; none before it began.
    pub cursor: Option<u64>,
    /// What was begun and is not done, by position.
    pub waiting: BTreeMap<u64, Waiting>,
    /// Nothing is sent before this time; 0 = at once.
    pub slowed_until: i64,
    /// How the endpoint is doing.
    pub health: Health,
    /// What its last attempts say of it.
    pub window: Window,
    /// The newest probe.
    pub probe: Option<Probe>,
    /// Redeliveries, the oldest first; of those that ended, the last few.
    pub jobs: Vec<Redelivery>,
}

impl State {
    /// A redelivery.
    pub fn job(&self, id: Uuid) -> Option<&Redelivery> {
        self.jobs.iter().find(|job| job.id == id)
    }

    /// A redelivery that goes on.
    fn running(&mut self, id: Uuid) -> Option<&mut Redelivery> {
        self.jobs.iter_mut().find(|job| job.id == id && job.end.is_none())
    }

    fn take(&mut self, attempt: &Attempt) {
        if let Some(next_at) = attempt.next_at {
            let waiting = Waiting {
                event: attempt.event,
                code: attempt.code,
                tries: attempt.try_number,
                next_at,
                job: attempt.job,
                holds: attempt.holds,
            };
            self.waiting.insert(attempt.position, waiting);
        } else {
            self.waiting.remove(&attempt.position);
            if let Some(job) = attempt.job.and_then(|job| self.running(job)) {
                if attempt.outcome == AttemptOutcome::Delivered {
                    job.delivered = job.delivered.saturating_add(1);
                } else {
                    job.failed = job.failed.saturating_add(1);
                }
            }
        }
        self.window.take(attempt.outcome, attempt.at);
    }

    fn take_all(&mut self, attempted: &DeliveriesAttempted) {
        self.cursor = self.cursor.max(Some(attempted.cursor));
        for Begun { position, event, code, job, holds } in &attempted.begun {
            let (event, code, job, holds) = (*event, *code, *job, *holds);
            let new = Waiting { event, code, tries: 0, next_at: 0, job, holds };
            self.waiting.insert(*position, new);
        }
        for attempt in &attempted.attempts {
            self.take(attempt);
        }
        for place in &attempted.jobs {
            if let Some(job) = self.running(place.job) {
                job.place = job.place.max(place.place);
            }
        }
        if let Some(until) = attempted.slowed_until {
            self.slowed_until = self.slowed_until.max(until);
        }
    }
}

/// The deliveries to one endpoint; its stream has the id of the subscription.
#[derive(Clone, Copy, Debug)]
pub struct Delivery;

impl Aggregate for Delivery {
    const KIND: StreamKind = StreamKind::Delivery;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::DeliveriesAttempted(attempted) => state.take_all(attempted),
            Event::EndpointHealthChanged(changed) => state.change_health(changed),
            Event::ProbeRequested(requested) => {
                state.probe = Some(Probe { id: requested.probe, result: None });
            }
            Event::EndpointProbed(probed) => {
                state.window.take(probed.outcome, probed.at);
                if let Some(probe) = state.probe.as_mut().filter(|one| one.id == probed.probe) {
                    let EndpointProbed { outcome, status, milliseconds, .. } = *probed;
                    probe.result = Some(ProbeResult { outcome, status, milliseconds });
                }
            }
            Event::RedeliveryRequested(requested) => state.begin_job(requested),
            Event::RedeliveryCancelled(cancelled) => {
                for position in &cancelled.dropped {
                    state.waiting.remove(position);
                }
                state.end_job(cancelled.job, RedeliveryEnd::Cancelled);
            }
            Event::RedeliveryFinished(finished) => {
                state.end_job(finished.job, RedeliveryEnd::Finished);
            }
        }
    }
}
