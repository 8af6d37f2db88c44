//! The thread that rebuilds models beside the live ones.
//!
//! Reads the log by itself, once for all that were asked for together, at the lowest priority, and
//! rests while commits come in. What it has done survives a restart. A store that has caught up
//! goes to the live thread, or waits. One that was called off is removed at the next stretch.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use convolog_log::{EventLog, Position};
use parking_lot::{Condvar, Mutex};

use crate::batch::{Batch, reasons};
use crate::error::QueryError;
use crate::folder::{Folder, Generation};
use crate::generations::{Purpose, Swap};
use crate::live::{Inbox, Member};
use crate::pace::{Pace, STRETCH};
use crate::progress::{Meter, Progress};
use crate::registry::AnyModel;
use crate::slot::Slot;
use crate::store::{Disk, StoreError};

/// Events between two syncs: a restart loses no more of the work.
const SYNC_EVENTS: u64 = 50_000;

/// The pause after the first failure of a rebuild that is needed.
const RETRY_FIRST: Duration = Duration::from_secs(1);

/// The longest such pause.
const RETRY_LAST: Duration = Duration::from_secs(30);

/// Stops the thread, also while it rests.
#[derive(Default)]
pub struct Brake {
    stopped: Mutex<bool>,
    bell: Condvar,
}

impl Brake {
    /// Stops it.
    pub fn stop(&self) {
        *self.stopped.lock() = true;
        self.bell.notify_all();
    }

    pub(crate) fn stopped(&self) -> bool {
        *self.stopped.lock()
    }

    /// Rests for a while; true if it must stop.
    pub fn rest(&self, pause: Duration) -> bool {
        let mut stopped = self.stopped.lock();
        if !*stopped && !pause.is_zero() {
            self.bell.wait_for(&mut stopped, pause);
        }
        *stopped
    }
}

/// What those need who build generations.
pub(crate) struct Rebuilder {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) dir: PathBuf,
    pub(crate) disk: Disk,
    pub(crate) slots: Vec<Arc<Slot>>,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) brake: Arc<Brake>,
    pub(crate) percent: u8,
}

/// A generation on its way.
pub(crate) struct Building {
    pub(crate) model: &'static dyn AnyModel,
    slot: Arc<Slot>,
    generation: Generation,
    /// Where it was synced last.
    synced: Position,
    meter: Meter,
    /// It was complete before: should it fail, it waits again instead of being removed.
    recalled: bool,
}

impl Building {
    pub(crate) fn new(
        model: &'static dyn AnyModel,
        slot: Arc<Slot>,
        generation: Generation,
        recalled: bool,
    ) -> Self {
        let synced = generation.feed.position();
        slot.set_building(Some(Progress::at(synced)));
        Self { model, slot, generation, synced, meter: Meter::new(now(), synced), recalled }
    }

    fn position(&self) -> Position {
        self.generation.feed.position()
    }

    fn take(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let feed = &mut self.generation.feed;
        feed.take(batch)?;
        let position = feed.position();
        if position.0.saturating_sub(self.synced.0) >= SYNC_EVENTS {
            feed.sync_soon()?;
            self.synced = position;
        }
        Ok(())
    }

    /// Whether it is still wanted; if not, what it has is removed.
    fn wanted(&self) -> bool {
        let purpose = self.slot.keeper.purpose(self.generation.number);
        let wanted = purpose.is_some_and(Purpose::is_going_on);
        if !wanted {
            self.generation.feed.store().give_up();
            if !self.slot.keeper.is_busy() {
                self.slot.set_building(None);
            }
        }
        wanted
    }

    /// It has caught up: it waits if it is to wait. True if it shall join the live ones.
    fn arrive(&mut self) -> Result<bool, StoreError> {
        let Generation { number, feed } = &mut self.generation;
        if self.slot.keeper.purpose(*number) == Some(Purpose::Building) {
            feed.complete()?;
            if self.slot.keeper.waits(*number, Purpose::Building)? {
                return Ok(false);
            }
        }
        feed.sync()?;
        Ok(true)
    }
}

/// Those whose rebuild failed though nothing else can serve: they are tried again.
type Again = Vec<&'static dyn AnyModel>;

impl Rebuilder {
    /// Runs until it is stopped; first come those that an earlier run did not finish.
    pub(crate) fn run(
        &self,
        asked: &mpsc::Receiver<&'static dyn AnyModel>,
        mut unfinished: Vec<(&'static dyn AnyModel, Generation)>,
    ) {
        lowest_priority();
        let (mut again, mut pause) = (Again::new(), RETRY_FIRST);
        loop {
            if !unfinished.is_empty() {
                // They need no asking.
            } else if again.is_empty() {
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
            let mut group = self.begin(&mut again);
            for (model, generation) in unfinished.drain(..) {
                group.extend(
                    self.slot(model).map(|slot| Building::new(model, slot, generation, false)),
                );
            }
            self.rebuild(group, &mut again);
        }
    }

    pub(crate) fn slot(&self, model: &dyn AnyModel) -> Option<Arc<Slot>> {
        self.slots.iter().find(|slot| slot.name == model.name()).cloned()
    }

    pub(crate) fn folder(&self, model: &dyn AnyModel) -> Folder {
        Folder::new(&self.dir, model.name(), &self.disk)
    }

    /// The stores of those that are to be rebuilt, each once; together they need one reading of the
    /// log.
    fn begin(&self, asked: &mut Again) -> Vec<Building> {
        let mut group: Vec<Building> = Vec::new();
        for model in std::mem::take(asked) {
            // What was called off meanwhile, or asked for twice, is not asked for any more.
            let slot = self.slot(model).filter(|slot| slot.keeper.known().asked.is_some());
            let Some(slot) = slot else { continue };
            match self.begin_one(model, &slot) {
                Ok(None) => {}
                Ok(Some(generation)) => group.push(Building::new(model, slot, generation, false)),
                Err(error) => failed(model, &slot, &error, asked),
            }
        }
        group
    }

    /// A new generation beside the one that serves; it takes the place of what lay there. None if
    /// it was called off.
    fn begin_one(
        &self,
        model: &dyn AnyModel,
        slot: &Slot,
    ) -> Result<Option<Generation>, QueryError> {
        let generation = model.begin(&self.dir, &self.disk, &*self.log)?;
        let begun = slot.keeper.begun(generation.number, model.version());
        if !matches!(begun, Ok(Some(_))) {
            generation.feed.store().give_up();
        }
        let Some(replaced) = begun? else { return Ok(None) };
        if let Some(before) = replaced.before {
            self.folder(model).remove(before.generation);
        }
        Ok(Some(generation))
    }

    /// Feeds a group until it has caught up, then hands it over.
    pub(crate) fn rebuild(&self, mut group: Vec<Building>, again: &mut Again) {
        let mut pace = Pace::new(self.percent, self.log.head());
        loop {
            group.retain(Building::wanted);
            let Some(after) = group.iter().map(Building::position).min() else { return };
            let begun = now();
            let wanted = |kind| group.iter().any(|building| building.model.wants(kind));
            match Batch::read(&*self.log, after, STRETCH, wanted) {
                Ok(Some(batch)) => {
                    group.retain_mut(|building| keep(building, |b| b.take(&batch), again));
                }
                Ok(None) => break,
                Err(error) => {
                    for building in group.drain(..) {
                        building.fail(&error, again);
                    }
                }
            }
            let pause = pace.rest(begun.elapsed(), self.log.head());
            let stop = self.brake.rest(pause);
            for Building { slot, meter, generation, .. } in &mut group {
                slot.show_building(meter.step(now(), generation.feed.position(), pause));
            }
            if stop {
                group.retain_mut(|building| keep(building, |b| b.generation.feed.sync(), again));
                return;
            }
        }
        for mut building in group {
            let mut joins = false;
            let arrive = |b: &mut Building| b.arrive().map(|join| joins = join);
            if !keep(&mut building, arrive, again) {
                continue;
            }
            let Building { slot, generation, .. } = building;
            if joins {
                self.inbox.hand_over(Member::new(slot, generation, true));
            } else {
                // Closed first: whoever hears that it waits may open it.
                drop(generation);
                slot.set_building(None);
            }
        }
    }
}

/// Does something with a generation. One that fails is given up, because the next try begins anew;
/// only one that was complete before is left as it is.
fn keep(
    building: &mut Building,
    step: impl FnOnce(&mut Building) -> Result<(), StoreError>,
    again: &mut Again,
) -> bool {
    let done = step(building);
    if let Err(error) = &done {
        building.fail(error, again);
    }
    done.is_ok()
}

impl Building {
    fn fail(&self, error: &dyn std::error::Error, again: &mut Again) {
        let Self { model, slot, generation, recalled, .. } = self;
        let left = if *recalled {
            slot.keeper.waits(generation.number, Purpose::Joining).map(drop)
        } else {
            generation.feed.store().give_up();
            slot.keeper.dropped(generation.number)
        };
        if let Err(error) = left {
            tracing::error!(model = slot.name, error = %reasons(&error), "could not note which generations there are");
        }
        failed(*model, slot, error, again);
    }
}

/// Notes that a rebuild failed, and asks for it again if the model needs it.
pub(crate) fn failed(
    model: &'static dyn AnyModel,
    slot: &Slot,
    error: &dyn std::error::Error,
    again: &mut Again,
) {
    let text = reasons(error);
    tracing::error!(model = slot.name, error = %text, "a rebuild failed");
    slot.set_error(Some(text));
    slot.set_building(None);
    slot.keeper.unask();
    if (!slot.serves() || slot.is_outdated()) && slot.keeper.ask(Swap::Auto) {
        again.push(model);
    }
}

/// Only for this thread: on Linux the priority belongs to the thread.
pub(crate) fn lowest_priority() {
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        tracing::debug!(%error, "rebuilding at normal priority");
    }
}

#[expect(clippy::disallowed_methods, reason = "measures its own work, and no fold sees it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
