//! How a read model is doing, in plain numbers: for `/v1/projections`, metrics and operators.

use convolog_log::{Position, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::slot::Slot;

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
    /// The position that a rebuild reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebuilt_to: Option<u64>,
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
        let rebuilt_to = slot.building().map(|position| position.0);
        let last_error = slot.error();
        let state = match (slot.serves(), rebuilt_to, &last_error) {
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
            rebuilt_to,
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
