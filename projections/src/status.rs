//! How a read model is doing, in plain numbers: for `/v1/projections`, metrics and operators.

use convolog_log::{Position, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::generations::{Beside, Purpose};
use crate::progress::Progress;
use crate::slot::Slot;
use crate::view::Time;

/// What a read model is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelState {
    /// It serves, and follows the log.
    Live,
    /// It serves, while it is rebuilt beside.
    Refreshing,
    /// It cannot serve until its rebuild is done.
    Rebuilding,
    /// It could not take the newest events, and is tried again.
    Failing,
}

/// How a rebuild gets on.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, JsonSchema)]
pub struct RebuildStatus {
    /// The position that it reached.
    pub position: u64,
    /// The position that it has to reach.
    pub head: u64,
    /// Events in a second, over its last stretch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_per_second: Option<f64>,
    /// Seconds that it still takes at that speed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds_left: Option<f64>,
    /// The share of its last stretch that it rested for the sake of commits, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throttled: Option<f64>,
}

impl RebuildStatus {
    /// What a rebuild on its way to `head` shows.
    pub fn of(progress: Progress, head: Position) -> Self {
        Self {
            position: progress.position.0,
            head: head.0,
            events_per_second: progress.speed.map(|speed| speed.events_per_second),
            seconds_left: progress.seconds_left(head),
            throttled: progress.speed.map(|speed| speed.throttled),
        }
    }
}

/// What the generation beside the one that serves is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BesideState {
    /// It is being built, and will wait.
    Building,
    /// It is being built or caught up, and will be swapped in.
    Joining,
    /// It is complete, and waits for the swap.
    Waiting,
    /// It served before, and can serve again until then.
    Kept,
}

/// The generation beside the one that serves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct BesideStatus {
    /// Its number; every rebuild makes a new one.
    pub generation: u64,
    /// What it is for.
    pub state: BesideState,
    /// The version of the fold that began it.
    pub version: u32,
    /// Until when it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<Time>,
}

impl From<Beside> for BesideStatus {
    fn from(beside: Beside) -> Self {
        let Beside { generation, version, purpose } = beside;
        let (state, kept_until) = match purpose {
            Purpose::Building => (BesideState::Building, None),
            Purpose::Joining => (BesideState::Joining, None),
            Purpose::Waiting => (BesideState::Waiting, None),
            Purpose::Kept(until) => (BesideState::Kept, Some(until.into())),
        };
        Self { generation, state, version, kept_until }
    }
}

/// How a read model is doing.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct ModelStatus {
    /// Its name.
    pub name: &'static str,
    /// What it is doing.
    pub state: ModelState,
    /// Everything up to this position is visible in it.
    pub position: u64,
    /// The newest position of the log.
    pub head: u64,
    /// Events that are not visible yet.
    pub lag: u64,
    /// Seconds since the newest visible event was recorded; 0 when nothing is missing.
    pub lag_seconds: f64,
    /// The generation that serves; every rebuild makes a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<u64>,
    /// The rebuild that goes on beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebuild: Option<RebuildStatus>,
    /// The generation beside the one that serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<BesideStatus>,
    /// Streams that it stopped following after a failing event.
    pub parked_streams: u64,
    /// It was folded by an older version of its fold, and is being rebuilt.
    pub outdated: bool,
    /// What went wrong last, if it is not right again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// Bytes on the disk.
    pub bytes: u64,
}

impl ModelStatus {
    pub(crate) fn of(slot: &Slot, head: Position, now: Timestamp) -> Self {
        let position = slot.applied();
        let lag = head.0.saturating_sub(position.0);
        let rebuild = slot.building().map(|progress| RebuildStatus::of(progress, head));
        let generations = slot.keeper.known().generations;
        let last_error = slot.error();
        let state = match (slot.serves(), rebuild, &last_error) {
            (false, _, _) => ModelState::Rebuilding,
            (true, _, Some(_)) => ModelState::Failing,
            (true, Some(_), None) => ModelState::Refreshing,
            (true, None, None) => ModelState::Live,
        };
        Self {
            name: slot.name,
            state,
            position: position.0,
            head: head.0,
            lag,
            lag_seconds: if lag == 0 { 0.0 } else { since(slot.applied_at(), now) },
            generation: generations.serving.map(|(number, _)| number),
            rebuild,
            beside: generations.beside.map(Into::into),
            parked_streams: slot.parked(),
            outdated: slot.is_outdated(),
            last_error,
            bytes: slot.store(head).map_or(0, |store| store.bytes()),
        }
    }
}

/// Seconds between two times, to the millisecond.
fn since(then: Timestamp, now: Timestamp) -> f64 {
    let millis = now.0.saturating_sub(then.0).max(0) / 1_000;
    std::time::Duration::from_millis(u64::try_from(millis).unwrap_or_default()).as_secs_f64()
}
