//! The thread that rebuilds models beside the live ones, one after another.
//!
//! Reads the log by itself, at the lowest priority, and rests while commits come in. What it has
//! done survives a restart. A store that has caught up goes to the live thread.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use convolog_log::EventLog;
use parking_lot::{Condvar, Mutex};

use crate::batch::{Batch, reasons};
use crate::error::QueryError;
use crate::feed::Feeding;
use crate::live::{Inbox, Member};
use crate::pace::{Pace, STRETCH};
use crate::registry::AnyModel;
use crate::slot::Slot;
use crate::store::DiskOptions;

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

impl Rebuilder {
    /// Runs until it is stopped.
    pub(crate) fn run(mut self, asked: &mpsc::Receiver<&'static dyn AnyModel>) {
        // Only this thread: on Linux the priority belongs to the thread.
        if let Err(error) = rustix::process::setpriority_process(None, 19) {
            tracing::debug!(%error, "rebuilding at normal priority");
        }
        while let Ok(model) = asked.recv() {
            if self.brake.stopped() {
                return;
            }
            let Some(slot) = self.slots.iter().find(|slot| slot.name == model.name()).cloned()
            else {
                continue;
            };
            self.insist(model, &slot);
        }
    }

    /// Rebuilds, again and again if nothing else can serve; else once.
    fn insist(&mut self, model: &dyn AnyModel, slot: &Arc<Slot>) {
        let mut pause = RETRY_FIRST;
        while let Err(error) = self.rebuild(model, slot) {
            let text = reasons(&error);
            tracing::error!(model = slot.name, error = %text, "a rebuild failed");
            slot.set_error(Some(text));
            let needed = !slot.serves() || slot.is_outdated();
            if !needed || self.brake.rest(pause) {
                slot.set_building(None);
                return;
            }
            pause = (pause * 2).min(RETRY_LAST);
        }
    }

    fn rebuild(&mut self, model: &dyn AnyModel, slot: &Arc<Slot>) -> Result<(), QueryError> {
        let unfinished = self.unfinished.iter().position(|feed| feed.name() == model.name());
        let mut feed = match unfinished {
            Some(place) => self.unfinished.swap_remove(place),
            None => model.begin(&self.dir, self.options, &*self.log)?,
        };
        let done = self.catch_up(model, slot, &mut *feed);
        match done {
            Ok(true) => self.inbox.hand_over(Member::new(Arc::clone(slot), feed, true)),
            Ok(false) => {}
            // What is left of it is not worth the space: the next try begins anew.
            Err(_) => feed.store().give_up(),
        }
        done.map(drop)
    }

    /// Feeds everything there is; false if it had to stop before.
    fn catch_up(
        &self,
        model: &dyn AnyModel,
        slot: &Slot,
        feed: &mut dyn Feeding,
    ) -> Result<bool, QueryError> {
        let mut pace = Pace::new(self.percent, self.log.head());
        let mut synced = feed.position().0;
        loop {
            slot.set_building(Some(feed.position()));
            let begun = now();
            let batch =
                Batch::read(&*self.log, feed.position(), STRETCH, |kind| model.wants(kind))?;
            let Some(batch) = batch else { break };
            feed.take(&batch)?;
            feed.write_out()?;
            if feed.position().0.saturating_sub(synced) >= SYNC_EVENTS {
                feed.sync()?;
                synced = feed.position().0;
            }
            if self.brake.rest(pace.rest(begun.elapsed(), self.log.head())) {
                feed.close()?;
                return Ok(false);
            }
        }
        feed.sync()?;
        Ok(true)
    }
}

#[expect(clippy::disallowed_methods, reason = "measures its own work, and no fold sees it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
