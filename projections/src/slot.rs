//! What readers and operators see of one read model while threads feed it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use convolog_log::{Position, Timestamp};
use parking_lot::{Mutex, RwLock};
use tokio::sync::watch;

use crate::error::QueryError;
use crate::keeper::Keeper;
use crate::progress::Progress;
use crate::store::Store;

/// A read model as the runtime shows it.
pub(crate) struct Slot {
    pub(crate) name: &'static str,
    /// The store that answers, if there is one.
    serving: watch::Sender<Option<Arc<dyn Store>>>,
    /// Everything up to here is visible in it.
    applied: watch::Sender<Position>,
    /// When the last event that is visible in it was recorded (microseconds since 1970).
    applied_at: AtomicI64,
    /// Its generations.
    pub(crate) keeper: Keeper,
    /// Held while events are taken into the store that serves, and by who must see it stand still.
    pub(crate) gate: Mutex<()>,
    /// How far a rebuild got.
    building: watch::Sender<Option<Progress>>,
    /// The newest thing that went wrong.
    error: Mutex<Option<String>>,
    parked: AtomicU64,
    /// Begun by another version of the fold; serves until the rebuild is done.
    outdated: RwLock<bool>,
}

impl Slot {
    pub(crate) fn new(name: &'static str, keeper: Keeper) -> Self {
        Self {
            name,
            keeper,
            gate: Mutex::new(()),
            serving: watch::Sender::new(None),
            applied: watch::Sender::new(Position::START),
            applied_at: AtomicI64::new(0),
            building: watch::Sender::new(None),
            error: Mutex::new(None),
            parked: AtomicU64::new(0),
            outdated: RwLock::new(false),
        }
    }

    /// The store to read from.
    pub(crate) fn store(&self, head: Position) -> Result<Arc<dyn Store>, QueryError> {
        if let Some(store) = &*self.serving.borrow() {
            return Ok(Arc::clone(store));
        }
        let position = self.building().unwrap_or_default().position;
        Err(QueryError::Rebuilding { model: self.name, position, head })
    }

    /// Readers get this store from now on. Returns the one before.
    pub(crate) fn serve(
        &self,
        store: Option<Arc<dyn Store>>,
        outdated: bool,
    ) -> Option<Arc<dyn Store>> {
        *self.outdated.write() = outdated;
        self.serving.send_replace(store)
    }

    pub(crate) fn serves(&self) -> bool {
        self.serving.borrow().is_some()
    }

    /// Waits until there is a store that answers.
    pub(crate) async fn served(&self) {
        // The sender lives as long as this slot.
        drop(self.serving.subscribe().wait_for(Option::is_some).await);
    }

    /// Shows that everything up to `position` is visible.
    pub(crate) fn advance(&self, position: Position, at: Option<Timestamp>, parked: usize) {
        if let Some(at) = at {
            self.applied_at.store(at.0, Ordering::Release);
        }
        self.parked.store(u64::try_from(parked).unwrap_or(u64::MAX), Ordering::Release);
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

    pub(crate) fn applied_at(&self) -> Timestamp {
        Timestamp(self.applied_at.load(Ordering::Acquire))
    }

    pub(crate) fn parked(&self) -> u64 {
        self.parked.load(Ordering::Acquire)
    }

    pub(crate) fn is_outdated(&self) -> bool {
        *self.outdated.read()
    }

    pub(crate) fn building(&self) -> Option<Progress> {
        *self.building.borrow()
    }

    pub(crate) fn set_building(&self, progress: Option<Progress>) {
        self.building.send_replace(progress);
    }

    /// Shows how far a rebuild got, unless it was called off.
    pub(crate) fn show_building(&self, progress: Progress) {
        self.building.send_if_modified(|shown| {
            let going_on = shown.is_some();
            *shown = shown.map(|_| progress);
            going_on
        });
    }

    /// Waits until no rebuild is going on.
    pub(crate) async fn built(&self) {
        // The sender lives as long as this slot.
        drop(self.building.subscribe().wait_for(Option::is_none).await);
    }

    pub(crate) fn error(&self) -> Option<String> {
        self.error.lock().clone()
    }

    pub(crate) fn set_error(&self, error: Option<String>) {
        *self.error.lock() = error;
    }
}
