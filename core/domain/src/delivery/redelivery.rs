//! Delivering again what was delivered or given up before: to one endpoint, as a job that has a
//! place of its own in the log.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::State;

/// Jobs that ended and are still shown.
const ENDED_KEPT: usize = 50;

/// What is to be delivered again. Whatever is chosen, only what the subscriber asks for is
/// delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// One event.
    Event(u64),
    /// Every event after the first position, up to the second and including it.
    Range(u64, u64),
    /// Every event after this position that was given up.
    Failed(u64),
    /// Every event after this position, up to what there was when the job began.
    Since(u64),
}

/// Something is to be delivered again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RedeliveryRequested {
    /// Names the job.
    pub job: Uuid,
    /// What.
    pub selection: Selection,
    /// The newest position it may reach.
    pub upto: u64,
    /// How many events were counted when it was asked for.
    pub events: u64,
    /// When it was asked for.
    pub at: i64,
}

/// How far a job has come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JobPlace {
    /// Which job.
    pub job: Uuid,
    /// Everything it chose up to here was begun with.
    pub place: u64,
}

/// A job was ended early. What it had begun with and not delivered is not tried again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RedeliveryCancelled {
    /// Which job.
    pub job: Uuid,
    /// The positions of what it had begun with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<u64>,
}

/// A job has tried everything it chose, to the end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RedeliveryFinished {
    /// Which job.
    pub job: Uuid,
    /// Events that were delivered.
    pub delivered: u64,
    /// Events that were given up.
    pub failed: u64,
}

/// How a job ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum RedeliveryEnd {
    /// Everything was tried to the end.
    Finished,
    /// Somebody ended it.
    Cancelled,
}

/// A job.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Redelivery {
    /// Names it.
    pub id: Uuid,
    /// What is delivered again.
    pub selection: Selection,
    /// Everything it chose up to here was begun with.
    pub place: u64,
    /// The newest position it may reach.
    pub upto: u64,
    /// How many events were counted when it was asked for.
    pub events: u64,
    /// Events that were delivered.
    pub delivered: u64,
    /// Events that were given up.
    pub failed: u64,
    /// When it was asked for.
    pub at: i64,
    /// How it ended; none while it goes on.
    pub end: Option<RedeliveryEnd>,
}

impl State {
    pub(super) fn begin_job(&mut self, requested: &RedeliveryRequested) {
        let RedeliveryRequested { job, selection, upto, events, at } = requested;
        let place = match selection {
            Selection::Event(position) => position.saturating_sub(1),
            Selection::Range(after, _) | Selection::Failed(after) | Selection::Since(after) => {
                *after
            }
        };
        self.jobs.push(Redelivery {
            id: *job,
            selection: *selection,
            place,
            upto: *upto,
            events: *events,
            delivered: 0,
            failed: 0,
            at: *at,
            end: None,
        });
    }

    pub(super) fn end_job(&mut self, id: Uuid, end: RedeliveryEnd) {
        if let Some(job) = self.jobs.iter_mut().find(|job| job.id == id) {
            job.end.get_or_insert(end);
        }
        let ended = self.jobs.iter().filter(|job| job.end.is_some()).count();
        let mut surplus = ended.saturating_sub(ENDED_KEPT);
        self.jobs.retain(|job| {
            let goes = job.end.is_some() && surplus > 0;
            surplus -= usize::from(goes);
            !goes
        });
    }
}
