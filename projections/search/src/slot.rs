//! What readers and operators see of the index while threads feed it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use convolog_log::{Position, Timestamp};
use convolog_projections::{
    BesideState, BesideStatus, ModelState, ModelStatus, Parked, Progress, RebuildStatus,
};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::error::SearchError;
use crate::index::{Generation, bytes};

/// A generation that is being built or catches up.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Building {
    /// Its number, once it has one.
    pub(crate) generation: Option<u64>,
    pub(crate) progress: Progress,
    /// Everything up to here is in its files, and nothing that was erased by then.
    pub(crate) written: Position,
}

/// The index as its handle shows it.
pub(crate) struct Slot {
    /// The generation that answers, if there is one.
    serving: watch::Sender<Option<Arc<Generation>>>,
    /// Everything up to here is found.
    applied: watch::Sender<Position>,
    /// When the last event that is found was recorded (microseconds since 1970).
    applied_at: AtomicI64,
    /// Somebody waits for this position.
    wanted: watch::Sender<Position>,
    /// How far a rebuild got.
    building: watch::Sender<Option<Building>>,
    error: Mutex<Option<String>>,
    parked: Mutex<Vec<Parked>>,
}

impl Slot {
    pub(crate) fn new() -> Self {
        Self {
            serving: watch::Sender::new(None),
            applied: watch::Sender::new(Position::START),
            applied_at: AtomicI64::new(0),
            wanted: watch::Sender::new(Position::START),
            building: watch::Sender::new(None),
            error: Mutex::new(None),
            parked: Mutex::new(Vec::new()),
        }
    }

    /// The generation to ask.
    pub(crate) fn generation(&self, head: Position) -> Result<Arc<Generation>, SearchError> {
        let serving = self.serving.borrow().as_ref().map(Arc::clone);
        serving.ok_or_else(|| {
            let position = self.building().unwrap_or_default().progress.position;
            SearchError::Rebuilding { position, head }
        })
    }

    pub(crate) fn serve(&self, generation: Option<Arc<Generation>>) {
        self.serving.send_replace(generation);
    }

    pub(crate) fn serves(&self) -> bool {
        self.serving.borrow().is_some()
    }

    /// Waits until there is a generation that answers.
    pub(crate) async fn served(&self) {
        // The sender lives as long as this slot.
        drop(self.serving.subscribe().wait_for(Option::is_some).await);
    }

    /// Shows that everything up to `position` is found.
    pub(crate) fn advance(&self, position: Position, at: Option<Timestamp>, parked: Vec<Parked>) {
        if let Some(at) = at {
            self.applied_at.store(at.0, Ordering::Release);
        }
        *self.parked.lock() = parked;
        self.applied.send_if_modified(|applied| {
            let moved = position > *applied;
            *applied = position.max(*applied);
            moved
        });
    }

    pub(crate) fn applied(&self) -> Position {
        *self.applied.borrow()
    }

    pub(crate) fn follow(&self) -> watch::Receiver<Position> {
        self.applied.subscribe()
    }

    /// Asks that this position be found soon.
    pub(crate) fn want(&self, position: Position) {
        self.wanted.send_if_modified(|wanted| {
            let more = position > *wanted;
            *wanted = position.max(*wanted);
            more
        });
    }

    pub(crate) fn wanted(&self) -> watch::Receiver<Position> {
        self.wanted.subscribe()
    }

    /// The rebuild that is wanted or going on.
    pub(crate) fn building(&self) -> Option<Building> {
        *self.building.borrow()
    }

    pub(crate) fn set_building(&self, building: Option<Building>) {
        self.building.send_replace(building);
    }

    /// A rebuild is wanted. False if one is already.
    pub(crate) fn want_building(&self) -> bool {
        self.building.send_if_modified(|building| {
            let free = building.is_none();
            building.get_or_insert_default();
            free
        })
    }

    /// Shows how far a rebuild got. False if it was called off.
    pub(crate) fn show_building(&self, now: Building) -> bool {
        self.building.send_if_modified(|building| {
            let wanted = building.is_some();
            *building = building.map(|_| now);
            wanted
        })
    }

    /// Waits until no rebuild is going on.
    pub(crate) async fn built(&self) {
        // The sender lives as long as this slot.
        drop(self.building.subscribe().wait_for(Option::is_none).await);
    }

    pub(crate) fn set_error(&self, error: Option<String>) {
        *self.error.lock() = error;
    }

    pub(crate) fn parked(&self) -> Vec<Parked> {
        self.parked.lock().clone()
    }

    pub(crate) fn status(&self, head: Position, now: Timestamp) -> ModelStatus {
        let position = self.applied();
        let lag = head.0.saturating_sub(position.0);
        let serving = self.serving.borrow().clone();
        let last_error = self.error.lock().clone();
        let building = self.building();
        let state = match (self.serves(), building, &last_error) {
            (false, _, _) => ModelState::Rebuilding,
            (true, _, Some(_)) => ModelState::Failing,
            (true, Some(_), None) => ModelState::Refreshing,
            (true, None, None) => ModelState::Live,
        };
        let behind = now.0.saturating_sub(self.applied_at.load(Ordering::Acquire)).max(0) / 1_000;
        let behind = std::time::Duration::from_millis(u64::try_from(behind).unwrap_or_default());
        ModelStatus {
            name: crate::NAME,
            state,
            position: position.0,
            head: head.0,
            lag,
            lag_seconds: if lag == 0 { 0.0 } else { behind.as_secs_f64() },
            generation: serving.as_ref().map(|generation| generation.number()),
            rebuild: building.map(|building| RebuildStatus::of(building.progress, head)),
            beside: building.and_then(|building| building.generation).map(beside),
            parked_streams: u64::try_from(self.parked.lock().len()).unwrap_or(u64::MAX),
            outdated: false,
            last_error,
            bytes: serving.map_or(0, |generation| bytes(generation.path())),
        }
    }
}

const fn beside(generation: u64) -> BesideStatus {
    let (state, version) = (BesideState::Joining, crate::index::VERSION);
    BesideStatus { generation, state, version, kept_until: None }
}
