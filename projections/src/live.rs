//! The thread that feeds the live models: it reads and decodes the log once for all of them.
//!
//! A model that fails does not hold up the others: it is tried again, and given up for a rebuild if
//! its store is damaged. Rebuilt stores are handed over to this thread, which swaps them in when
//! they have caught up, so that what readers see never goes back.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::StreamKind;
use convolog_log::{Clock, EventLog, HeadWatch, Position, Timestamp};
use parking_lot::Mutex;
use tokio::sync::{Notify, watch};

use crate::batch::{Batch, reasons};
use crate::beside::{Orders, Task};
use crate::feed::Feeding;
use crate::folder::Generation;
use crate::generations::Swap;
use crate::keeper::Remedy;
use crate::progress::Progress;
use crate::slot::Slot;
use crate::store::StoreError;

/// Events read at a time.
const STRETCH: usize = 4_096;

/// How long a model that failed is left alone.
const RETRY: Duration = Duration::from_secs(1);

/// [`RETRY`] in microseconds.
const RETRY_MICROS: i64 = 1_000_000;

/// A store being fed, and where it is shown.
pub(crate) struct Member {
    pub(crate) slot: Arc<Slot>,
    pub(crate) feed: Box<dyn Feeding>,
    /// Its generation.
    number: u64,
    /// Not serving yet: swapped in as soon as it has everything that readers may have seen.
    pub(crate) joining: bool,
    /// When it failed last; it is left alone for a while then.
    failed: Option<Timestamp>,
}

impl Member {
    pub(crate) fn new(slot: Arc<Slot>, generation: Generation, joining: bool) -> Self {
        let Generation { number, feed } = generation;
        Self { slot, feed, number, joining, failed: None }
    }
}

/// Rebuilt stores on their way to the live thread.
#[derive(Default)]
pub(crate) struct Inbox {
    arrived: Mutex<Vec<Member>>,
    bell: Notify,
}

impl Inbox {
    pub(crate) fn hand_over(&self, member: Member) {
        self.arrived.lock().push(member);
        self.bell.notify_one();
    }
}

/// What the live thread needs.
pub(crate) struct Live {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) members: Vec<Member>,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) orders: Orders,
    pub(crate) stop: watch::Receiver<bool>,
    pub(crate) sync_every: Duration,
    /// How long a generation is kept that another one replaced.
    pub(crate) keep_replaced: Duration,
}

/// Why the thread woke up.
enum Woken {
    Stop,
    Events,
    Idle,
}

impl Live {
    /// Runs until it is stopped.
    pub(crate) fn run(mut self, waits: &tokio::runtime::Runtime) {
        let mut head = self.log.watch();
        let mut last_sync = self.clock.now();
        loop {
            self.members.append(&mut self.inbox.arrived.lock());
            self.swap_in();
            if *self.stop.borrow() {
                break;
            }
            self.retry();
            let more = self.step();
            if self.due(last_sync) {
                self.sync();
                last_sync = self.clock.now();
            }
            if more {
                continue;
            }
            match waits.block_on(self.wait(&mut head)) {
                Woken::Stop => break,
                Woken::Events => {}
                Woken::Idle => {
                    self.sync();
                    last_sync = self.clock.now();
                    self.members.iter_mut().for_each(|member| member.failed = None);
                }
            }
        }
        // Whose time is over goes, also if the end comes before the next sync.
        self.expire();
        for member in &mut self.members {
            if let Err(error) = member.feed.sync() {
                tracing::error!(model = member.slot.name, error = %reasons(&error), "could not sync a read model");
            }
        }
    }

    fn due(&self, last_sync: Timestamp) -> bool {
        let passed = self.clock.now().0.saturating_sub(last_sync.0);
        u128::try_from(passed).is_ok_and(|passed| passed >= self.sync_every.as_micros())
    }

    /// Tries those again that have been left alone long enough.
    fn retry(&mut self) {
        let now = self.clock.now();
        let over = |failed: Timestamp| now.0.saturating_sub(failed.0) >= RETRY_MICROS;
        for member in &mut self.members {
            member.failed = member.failed.filter(|failed| !over(*failed));
        }
    }

    async fn wait(&self, head: &mut HeadWatch) -> Woken {
        let mut stop = self.stop.clone();
        let failed = self.members.iter().any(|member| member.failed.is_some());
        let idle = if failed { RETRY } else { self.sync_every };
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => Woken::Stop,
            () = self.inbox.bell.notified() => Woken::Events,
            changed = head.changed() => if changed.is_ok() { Woken::Events } else { Woken::Stop },
            () = tokio::time::sleep(idle) => Woken::Idle,
        }
    }

    /// Feeds one stretch of the log. True if there may be more at once.
    fn step(&mut self) -> bool {
        let behind = self.members.iter().filter(|member| member.failed.is_none());
        let Some(after) = behind.map(|member| member.feed.position()).min() else { return false };
        if after >= self.log.head() {
            return false;
        }
        let members = &self.members;
        let wanted = |kind: StreamKind| members.iter().any(|member| member.feed.wants(kind));
        match Batch::read(&*self.log, after, STRETCH, wanted) {
            Ok(Some(batch)) => {
                self.feed(&batch);
                true
            }
            Ok(None) => false,
            Err(error) => {
                let now = self.clock.now();
                for member in &mut self.members {
                    member.slot.set_error(Some(reasons(&error)));
                    member.failed = Some(now);
                }
                false
            }
        }
    }

    fn feed(&mut self, batch: &Batch) {
        let (mut damaged, now) = (Vec::new(), self.clock.now());
        for (place, member) in self.members.iter_mut().enumerate() {
            if member.failed.is_some() || member.feed.position() >= batch.upto {
                continue;
            }
            if member.take(batch).is_err_and(|error| member.fail(&error, now)) {
                damaged.push(place);
            }
        }
        self.give_up_all(damaged);
    }

    fn give_up_all(&mut self, damaged: Vec<usize>) {
        for place in damaged.into_iter().rev() {
            self.give_up(place);
        }
    }

    /// The store is damaged: it is taken out, and the model rebuilt.
    fn give_up(&mut self, place: usize) {
        let Member { slot, feed, number, joining, .. } = self.members.remove(place);
        let store = feed.store();
        if !joining {
            slot.serve(None, false);
        }
        store.give_up();
        let Some(model) = crate::registry::named(slot.name) else { return };
        let remedy = if joining {
            let dropped = slot.keeper.dropped(number);
            let asked = slot.keeper.ask(Swap::Auto);
            dropped.map(|()| if asked { Remedy::Rebuild } else { Remedy::Nothing })
        } else {
            slot.keeper.remedy(model.version())
        };
        // Nobody rebuilds any more once the runtime is shutting down.
        match remedy {
            Ok(Remedy::Nothing) => return,
            Ok(Remedy::Rebuild) => drop(self.orders.rebuilds.send(model)),
            Ok(Remedy::Join) => drop(self.orders.tasks.send(Task::Join(model))),
            Err(error) => {
                tracing::error!(model = slot.name, error = %reasons(&error), "restart to rebuild it");
                slot.set_error(Some(reasons(&error)));
                return;
            }
        }
        slot.set_building(Some(Progress::default()));
    }

    /// Lets rebuilt stores serve that have everything which readers may have seen.
    fn swap_in(&mut self) {
        let ready = |member: &Member| {
            member.joining
                && member.failed.is_none()
                && member.feed.position() >= member.slot.applied()
        };
        while let Some(place) = self.members.iter().position(ready) {
            let mut joined = self.members.remove(place);
            match self.decide(&mut joined) {
                Ok(true) => self.replace(joined),
                // It was called off.
                Ok(false) => joined.feed.store().give_up(),
                Err(error) => {
                    joined.fail(&error, self.clock.now());
                    self.members.push(joined);
                }
            }
        }
    }

    /// Puts on the disk that a store serves from now on. False if it was called off.
    fn decide(&self, joined: &mut Member) -> Result<bool, StoreError> {
        joined.feed.complete()?;
        let keep = i64::try_from(self.keep_replaced.as_micros()).unwrap_or(i64::MAX);
        let until = Timestamp(self.clock.now().0.saturating_add(keep));
        joined.slot.keeper.swapped(joined.number, (keep > 0).then_some(until))
    }

    /// The store serves; the one before is closed once nobody reads it any more.
    fn replace(&mut self, mut joined: Member) {
        let same = |member: &Member| !member.joining && member.slot.name == joined.slot.name;
        let before = self.members.iter().position(same).map(|place| self.members.remove(place));
        joined.slot.serve(Some(joined.feed.store()), !joined.feed.current());
        if let Some(mut before) = before {
            if joined.slot.keeper.purpose(before.number).is_none() {
                before.feed.store().give_up();
            } else if let Err(error) = before.feed.sync() {
                tracing::warn!(model = before.slot.name, error = %reasons(&error), "could not sync what served before");
            }
        }
        joined.joining = false;
        joined.slot.set_error(None);
        joined.show(None);
        joined.slot.set_building(None);
        tracing::info!(
            model = joined.slot.name,
            position = joined.feed.position().0,
            "a rebuilt read model serves"
        );
        self.members.push(joined);
    }

    /// Lets those go that were kept long enough.
    fn expire(&self) {
        let now = self.clock.now();
        for slot in self.members.iter().map(|member| &member.slot) {
            match (slot.keeper.expired(now), crate::registry::named(slot.name)) {
                (Ok(Some(number)), Some(model)) => {
                    // If nobody takes it any more, the next start removes it.
                    self.orders.tasks.send(Task::Remove(model, number)).ok();
                }
                (Ok(_), _) => {}
                (Err(error), _) => {
                    tracing::warn!(model = slot.name, error = %reasons(&error), "could not let an old generation go");
                }
            }
        }
    }

    fn sync(&mut self) {
        self.expire();
        let (mut damaged, now) = (Vec::new(), self.clock.now());
        for (place, member) in self.members.iter_mut().enumerate() {
            if member.feed.sync_soon().is_err_and(|error| member.fail(&error, now)) {
                damaged.push(place);
            }
        }
        self.give_up_all(damaged);
    }
}

impl Member {
    /// Takes events and shows them; whoever has the gate sees all of that or nothing.
    fn take(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let slot = Arc::clone(&self.slot);
        let _held = (!self.joining).then(|| slot.gate.lock());
        let taken = self.feed.take(batch);
        // A sync that failed takes nothing away from what readers see.
        if self.feed.position() >= batch.upto {
            self.show(Some(batch.at));
        }
        taken
    }

    fn show(&self, at: Option<Timestamp>) {
        if !self.joining {
            self.slot.advance(self.feed.position(), at, self.feed.parked());
            if self.slot.error().is_some() {
                self.slot.set_error(None);
            }
        }
    }

    /// Notes a failure. True if the store is beyond repair.
    fn fail(&mut self, error: &StoreError, now: Timestamp) -> bool {
        let text = reasons(error);
        tracing::error!(model = self.slot.name, error = %text, "a read model could not take events");
        self.slot.set_error(Some(text));
        self.failed = Some(now);
        matches!(error, StoreError::Damaged { .. } | StoreError::Unreadable { .. })
    }
}

/// Where a model's live feed begins, for the status before the first event.
pub(crate) fn recorded_at(log: &dyn EventLog, position: Position) -> Option<Timestamp> {
    log.get(position).ok().flatten().map(|record| record.header.recorded_at)
}
