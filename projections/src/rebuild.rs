//! The thread that rebuilds models beside the live ones.
//!
//! Reads the log by itself, once for all that were asked for together, at the lowest priority, and
//! rests while commits come in. What it has done survives a restart. A store that has caught up
//! goes to the live thread.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use convolog_log::{EventLog, Position};
use parking_lot::{Condvar, Mutex};

use crate::batch::{Batch, reasons};
use crate::feed::Feeding;
use crate::live::{Inbox, Member};
use crate::pace::{Pace, STRETCH};
use crate::registry::AnyModel;
use crate::slot::Slot;
use crate::store::{DiskOptions, StoreError};

/// Events between two syncs: a restart loses no more of the work.
const SYNC_EVENTS: u64 = 50_000;

/// The pause after the first failure of a rebuild that is needed.
const RETRY_FIRST: Duration = Duration::from_secs(1);

/// The longest such pause.
const RETRY_LAST: Duration = Duration::from_secs(30);

/// Stops the thread, also while it rests.
#[derive(Default)]
pub(crate) struct Brake {
    stopped: Mutex<bool>,
    bell: Condvar,
}

impl Brake {
    pub(crate) fn stop(&self) {
        *self.stopped.lock() = true;
        self.bell.notify_all();
    }

    fn stopped(&self) -> bool {
        *self.stopped.lock()
    }

    /// Rests for a while; true if it must stop.
    pub(crate) fn rest(&self, pause: Duration) -> bool {
        let mut stopped = self.stopped.lock();
        if !*stopped && !pause.is_zero() {
            self.bell.wait_for(&mut stopped, pause);
        }
        *stopped
    }
}

/// What the rebuilding thread needs.
pub(crate) struct Rebuilder {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) dir: PathBuf,
    pub(crate) options: DiskOptions,
    pub(crate) slots: Vec<Arc<Slot>>,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) brake: Arc<Brake>,
    pub(crate) percent: u8,
    /// Rebuilds that an earlier run did not finish.
    pub(crate) unfinished: Vec<Box<dyn Feeding>>,
}

/// A read model whose rebuild is going on.
struct Building {
    model: &'static dyn AnyModel,
    slot: Arc<Slot>,
    feed: Box<dyn Feeding>,
    /// Where it was synced last.
    synced: Position,
}

impl Building {
    fn take(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.feed.take(batch)?;
        self.feed.write_out()?;
        let position = self.feed.position();
        if position.0.saturating_sub(self.synced.0) >= SYNC_EVENTS {
            self.feed.sync()?;
            self.synced = position;
        }
        self.slot.set_building(Some(position));
        Ok(())
    }
}

/// Those whose rebuild failed though nothing else can serve: they are tried again.
type Again = Vec<&'static dyn AnyModel>;

impl Rebuilder {
    /// Runs until it is stopped.
    pub(crate) fn run(mut self, asked: &mpsc::Receiver<&'static dyn AnyModel>) {
        // Only this thread: on Linux the priority belongs to the thread.
        if let Err(error) = rustix::process::setpriority_process(None, 19) {
            tracing::debug!(%error, "rebuilding at normal priority");
        }
        let (mut again, mut pause) = (Again::new(), RETRY_FIRST);
        loop {
            if again.is_empty() {
                let Ok(model) = asked.recv() else { return };
                again.push(model);
                pause = RETRY_FIRST;
            } else {
                if self.brake.rest(pause) {
                    return;
                }
                pause = (pause * 2).min(RETRY_LAST);
            }
            again.extend(asked.try_iter());
            if self.brake.stopped() {
                return;
            }
            let group = self.begin(&mut again);
            self.rebuild(group, &mut again);
        }
    }

    /// The stores of those that are to be rebuilt, each once; together they need one reading of the
    /// log.
    fn begin(&mut self, asked: &mut Again) -> Vec<Building> {
        let mut group: Vec<Building> = Vec::new();
        for model in std::mem::take(asked) {
            let slot = self.slots.iter().find(|slot| slot.name == model.name()).cloned();
            let Some(slot) = slot.filter(|slot| group.iter().all(|b| b.slot.name != slot.name))
            else {
                continue;
            };
            let unfinished = self.unfinished.iter().position(|feed| feed.name() == model.name());
            let feed = match unfinished {
                Some(place) => Ok(self.unfinished.swap_remove(place)),
                None => model.begin(&self.dir, self.options, &*self.log),
            };
            match feed {
                Ok(feed) => {
                    let synced = feed.position();
                    slot.set_building(Some(synced));
                    group.push(Building { model, slot, feed, synced });
                }
                Err(error) => failed(model, &slot, &error, asked),
            }
        }
        group
    }

    /// Feeds a group until it has caught up, then hands it over.
    fn rebuild(&self, mut group: Vec<Building>, again: &mut Again) {
        let mut pace = Pace::new(self.percent, self.log.head());
        while let Some(after) = group.iter().map(|building| building.feed.position()).min() {
            let begun = now();
            let wanted = |kind| group.iter().any(|building| building.model.wants(kind));
            match Batch::read(&*self.log, after, STRETCH, wanted) {
                Ok(Some(batch)) => {
                    group.retain_mut(|building| keep(building, |b| b.take(&batch), again));
                }
                Ok(None) => break,
                Err(error) => {
                    for building in group.drain(..) {
                        failed(building.model, &building.slot, &error, again);
                    }
                }
            }
            if self.brake.rest(pace.rest(begun.elapsed(), self.log.head())) {
                group.retain_mut(|building| keep(building, |b| b.feed.close(), again));
                return;
            }
        }
        group.retain_mut(|building| keep(building, |b| b.feed.sync(), again));
        for Building { slot, feed, .. } in group {
            self.inbox.hand_over(Member::new(slot, feed, true));
        }
    }
}

/// Does something with a store; one that fails is given up, because the next try begins anew.
fn keep(
    building: &mut Building,
    step: impl FnOnce(&mut Building) -> Result<(), StoreError>,
    again: &mut Again,
) -> bool {
    let done = step(building);
    if let Err(error) = &done {
        building.feed.store().give_up();
        failed(building.model, &building.slot, error, again);
    }
    done.is_ok()
}

/// Notes that a rebuild failed, and asks for it again if the model needs it.
fn failed(
    model: &'static dyn AnyModel,
    slot: &Slot,
    error: &dyn std::error::Error,
    again: &mut Again,
) {
    let text = reasons(error);
    tracing::error!(model = slot.name, error = %text, "a rebuild failed");
    slot.set_error(Some(text));
    slot.set_building(None);
    if !slot.serves() || slot.is_outdated() {
        again.push(model);
    }
}

#[expect(clippy::disallowed_methods, reason = "measures its own work, and no fold sees it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
