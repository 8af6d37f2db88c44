//! What is asked of the generation beside the live one: to be built, compared, swapped in, rolled
//! back to, called off.
//!
//! Decisions are made and written down here; long work goes to the two threads that build and
//! catch up, so that a swap never waits for another model's rebuild.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::compare::Comparison;
use crate::error::QueryError;
use crate::folder::Generation;
use crate::generations::{Purpose, Swap};
use crate::progress::Progress;
use crate::rebuild::{Building, Rebuilder, failed, lowest_priority};
use crate::registry::{self, AnyModel};
use crate::runtime::ReadModels;
use crate::slot::Slot;

/// How often a generation is tried that a last reader still has open, and the pause between.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(10);

/// Work for the thread beside.
pub(crate) enum Task {
    /// A complete generation shall catch up and serve.
    Join(&'static dyn AnyModel),
    /// A complete generation shall be compared with the one that serves.
    Compare {
        model: &'static dyn AnyModel,
        lines: u64,
        answer: oneshot::Sender<Result<Comparison, QueryError>>,
    },
    /// A generation has to go.
    Remove(&'static dyn AnyModel, u64),
}

/// Where work is ordered.
#[derive(Clone)]
pub(crate) struct Orders {
    pub(crate) rebuilds: mpsc::Sender<&'static dyn AnyModel>,
    pub(crate) tasks: mpsc::Sender<Task>,
}

impl Rebuilder {
    /// The thread beside: runs until it is stopped.
    pub(crate) fn run_beside(
        &self,
        tasks: &mpsc::Receiver<Task>,
        rebuilds: &mpsc::Sender<&'static dyn AnyModel>,
    ) {
        lowest_priority();
        while let Ok(task) = tasks.recv() {
            if self.brake.stopped() {
                return;
            }
            match task {
                Task::Join(model) => self.join(model, rebuilds),
                Task::Compare { model, lines, answer } => {
                    let compared = self.compare(model, lines, &|| answer.is_closed());
                    // Whoever asked may have gone.
                    answer.send(compared).ok();
                }
                Task::Remove(model, number) => self.folder(model).remove(number),
            }
        }
    }

    fn join(&self, model: &'static dyn AnyModel, rebuilds: &mpsc::Sender<&'static dyn AnyModel>) {
        let Some(slot) = self.slot(model) else { return };
        let mut again = Vec::new();
        match self.beside(model, &slot) {
            Ok(generation) => {
                let building = Building::new(model, slot, generation, true);
                self.rebuild(vec![building], &mut again);
            }
            Err(error) => {
                let beside = slot.keeper.known().generations.beside;
                if let Some(beside) = beside {
                    // It stays as it is, for another try or to be called off.
                    slot.keeper.waits(beside.generation, Purpose::Joining).ok();
                }
                failed(model, &slot, &error, &mut again);
            }
        }
        for model in again {
            // Nobody rebuilds any more once the runtime is shutting down.
            rebuilds.send(model).ok();
        }
    }

    /// Opens the complete generation beside the one that serves.
    pub(crate) fn beside(
        &self,
        model: &dyn AnyModel,
        slot: &Slot,
    ) -> Result<Generation, QueryError> {
        let nothing = QueryError::NotNow { model: slot.name, why: NOTHING_BESIDE };
        let Some(beside) = slot.keeper.known().generations.beside else { return Err(nothing) };
        let folder = self.folder(model);
        let mut tries = 0;
        loop {
            match model.reopen(&folder, beside.generation, &*self.log) {
                Ok(found) => return found.ok_or(nothing),
                Err(error) if tries == TRIES || self.brake.rest(PAUSE) => return Err(error),
                Err(_) => tries += 1,
            }
        }
    }
}

const NOTHING_BESIDE: &str =
    "has no other generation that is complete; order a rebuild with `swap` `manual` first";
const GOING_ON: &str = "is being rebuilt; wait until that is done, or call it off";
const NOT_WAITING: &str =
    "has no rebuilt generation that waits; order a rebuild with `swap` `manual` first";
const NOT_KEPT: &str = "has no earlier generation any more that it could go back to";
const NOT_REBUILT: &str = "is not being rebuilt, and has no other generation";
const ALONE: &str = "has nothing else that could serve; its rebuild cannot be called off";

impl ReadModels {
    /// Rebuilds a read model beside the live one; a generation that waits or is kept goes.
    ///
    /// # Errors
    /// [`QueryError::NoSuchModel`], or [`QueryError::Rebuilding`] if that is being done already.
    pub fn rebuild(&self, name: &str, swap: Swap) -> Result<(), QueryError> {
        let (slot, model) = self.found(name)?;
        if !slot.keeper.ask(swap) {
            let position = slot.building().unwrap_or_default().position;
            return Err(QueryError::Rebuilding {
                model: slot.name,
                position,
                head: self.log().head(),
            });
        }
        slot.set_building(Some(Progress::default()));
        self.order(|orders| orders.rebuilds.send(model).is_ok())
    }

    /// Lets the rebuilt generation that waits serve, as soon as it has everything that readers may
    /// have seen. What served is kept for a while.
    ///
    /// # Errors
    /// [`QueryError::NoSuchModel`], or [`QueryError::NotNow`] if none waits.
    pub fn swap(&self, name: &str) -> Result<(), QueryError> {
        self.recall(name, NOT_WAITING, |purpose| purpose == Purpose::Waiting)
    }

    /// Lets the generation serve again that served before the last swap, as soon as it has
    /// everything that readers may have seen. What served waits.
    ///
    /// # Errors
    /// [`QueryError::NoSuchModel`], or [`QueryError::NotNow`] if none is kept.
    pub fn roll_back(&self, name: &str) -> Result<(), QueryError> {
        self.recall(name, NOT_KEPT, |purpose| matches!(purpose, Purpose::Kept(_)))
    }

    fn recall(
        &self,
        name: &str,
        why: &'static str,
        fits: impl FnOnce(Purpose) -> bool,
    ) -> Result<(), QueryError> {
        let (slot, model) = self.found(name)?;
        let not_now = |why| QueryError::NotNow { model: slot.name, why };
        if slot.building().is_some() {
            return Err(not_now(GOING_ON));
        }
        slot.keeper.recall(fits)?.ok_or_else(|| not_now(why))?;
        slot.set_building(Some(Progress::default()));
        self.order(|orders| orders.tasks.send(Task::Join(model)).is_ok())
    }

    /// Compares the read model that serves with the generation that waits or is kept, part by
    /// part, each part at the same position; at most about `lines` lines of either.
    ///
    /// # Errors
    /// [`QueryError::NoSuchModel`], or [`QueryError::NotNow`] if there is none, or it goes
    /// meanwhile.
    pub async fn compare(&self, name: &str, lines: u64) -> Result<Comparison, QueryError> {
        let (slot, model) = self.found(name)?;
        if slot.building().is_some() {
            return Err(QueryError::NotNow { model: slot.name, why: GOING_ON });
        }
        let (answer, compared) = oneshot::channel();
        let task = Task::Compare { model, lines, answer };
        self.order(|orders| orders.tasks.send(task).is_ok())?;
        compared.await.map_err(|_| stopped())?
    }

    /// Calls a rebuild, a swap or a roll back off and removes the generation beside the one that
    /// serves, whatever it is for.
    ///
    /// # Errors
    /// [`QueryError::NoSuchModel`], or [`QueryError::NotNow`] if there is none, or nothing else
    /// could serve.
    pub fn call_off(&self, name: &str) -> Result<(), QueryError> {
        let (slot, model) = self.found(name)?;
        let not_now = |why| QueryError::NotNow { model: slot.name, why };
        if !slot.serves() {
            return Err(not_now(ALONE));
        }
        let called_off = slot.keeper.call_off()?.ok_or_else(|| not_now(NOT_REBUILT))?;
        slot.set_building(None);
        match called_off.before {
            // Whoever works on it sees that and removes it.
            Some(beside) if !beside.purpose.is_going_on() => {
                let task = Task::Remove(model, beside.generation);
                self.order(|orders| orders.tasks.send(task).is_ok())
            }
            _ => Ok(()),
        }
    }

    fn found(&self, name: &str) -> Result<(&Arc<Slot>, &'static dyn AnyModel), QueryError> {
        let model = registry::named(name);
        let missing = || QueryError::NoSuchModel { asked: name.to_owned() };
        Ok((self.slot(name)?, model.ok_or_else(missing)?))
    }
}

pub(crate) fn stopped() -> QueryError {
    QueryError::Stopped("they were shut down".into())
}
