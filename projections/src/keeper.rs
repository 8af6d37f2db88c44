//! Decides about the generations of one read model, one decision at a time.
//!
//! Those who build, feed, swap or call off ask here; what is not allowed any more is answered so.
//! Every decision is on the disk before anybody acts on it.

use std::path::PathBuf;

use convolog_log::Timestamp;
use parking_lot::Mutex;

use crate::generations::{Beside, Generations, Purpose, Swap};
use crate::store::StoreError;

/// What is known of the generations of a read model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Known {
    pub(crate) generations: Generations,
    /// A rebuild that was asked for and has no generation yet.
    pub(crate) asked: Option<Swap>,
}

impl Known {
    fn is_busy(&self) -> bool {
        let beside = self.generations.beside;
        self.asked.is_some() || beside.is_some_and(|beside| beside.purpose.is_going_on())
    }
}

/// What a decision took the place of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Replaced {
    /// What lay beside before, if anything did.
    pub(crate) before: Option<Beside>,
}

/// What a read model needs that has nothing to serve any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Remedy {
    Rebuild,
    /// The one that waits shall serve.
    Join,
    /// It is on its way already.
    Nothing,
}

/// The generations of one read model.
#[derive(Debug)]
pub(crate) struct Keeper {
    folder: PathBuf,
    known: Mutex<Known>,
}

impl Keeper {
    pub(crate) const fn new(folder: PathBuf, generations: Generations) -> Self {
        Self { folder, known: Mutex::new(Known { generations, asked: None }) }
    }

    pub(crate) fn known(&self) -> Known {
        *self.known.lock()
    }

    /// Makes a decision; none if it is not allowed. What it changes is on the disk first.
    fn decide<T>(&self, f: impl FnOnce(&mut Known) -> Option<T>) -> Result<Option<T>, StoreError> {
        let mut known = self.known.lock();
        let mut changed = *known;
        let Some(done) = f(&mut changed) else { return Ok(None) };
        if changed.generations != known.generations {
            changed.generations.write(&self.folder)?;
        }
        *known = changed;
        Ok(Some(done))
    }

    /// A rebuild is wanted. False if one is going on or asked for already.
    pub(crate) fn ask(&self, swap: Swap) -> bool {
        let mut known = self.known.lock();
        let free = !known.is_busy();
        if free {
            known.asked = Some(swap);
        }
        free
    }

    /// The rebuild that was asked for could not begin.
    pub(crate) fn unask(&self) {
        self.known.lock().asked = None;
    }

    /// Whether a rebuild, a swap or a roll back is asked for or going on.
    pub(crate) fn is_busy(&self) -> bool {
        self.known.lock().is_busy()
    }

    /// The rebuild that was asked for has a generation: nothing else is beside any more. None if
    /// it was called off; what it replaces has to go.
    pub(crate) fn begun(
        &self,
        generation: u64,
        version: u32,
    ) -> Result<Option<Replaced>, StoreError> {
        self.decide(|known| {
            let purpose = known.asked.take()?.into();
            let new = Beside { generation, version, purpose };
            Some(Replaced { before: known.generations.beside.replace(new) })
        })
    }

    /// A first generation serves that needed no building.
    pub(crate) fn serves(&self, generation: u64, version: u32) -> Result<(), StoreError> {
        self.decide(|known| {
            known.generations = Generations { serving: Some((generation, version)), beside: None };
            Some(())
        })
        .map(drop)
    }

    /// What a generation beside the serving one is for; none if it is nobody's any more.
    pub(crate) fn purpose(&self, generation: u64) -> Option<Purpose> {
        let beside = self.known.lock().generations.beside?;
        (beside.generation == generation).then_some(beside.purpose)
    }

    /// A generation that is complete waits from now on. False if it is to join meanwhile, or was
    /// called off.
    pub(crate) fn waits(&self, generation: u64, from: Purpose) -> Result<bool, StoreError> {
        let waits = self.decide(|known| {
            let beside = known.generations.beside.as_mut()?;
            let right = beside.generation == generation && beside.purpose == from;
            right.then(|| beside.purpose = Purpose::Waiting)
        })?;
        Ok(waits.is_some())
    }

    /// The one that lies beside and fits shall serve. None if there is none.
    pub(crate) fn recall(
        &self,
        fits: impl FnOnce(Purpose) -> bool,
    ) -> Result<Option<()>, StoreError> {
        self.decide(|known| {
            let beside = known.generations.beside.as_mut()?;
            fits(beside.purpose).then(|| beside.purpose = Purpose::Joining)
        })
    }

    /// Decides that a generation serves. False if it was called off.
    pub(crate) fn swapped(
        &self,
        generation: u64,
        until: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let swapped = self.decide(|known| {
            known.generations = known.generations.swapped(generation, until)?;
            Some(())
        })?;
        Ok(swapped.is_some())
    }

    /// Nothing serves any more: the store was damaged.
    pub(crate) fn remedy(&self, version: u32) -> Result<Remedy, StoreError> {
        let remedy = self.decide(|known| {
            known.generations.serving = None;
            Some(match (&mut known.generations.beside, &mut known.asked) {
                (_, Some(asked)) => {
                    *asked = Swap::Auto;
                    Remedy::Nothing
                }
                (Some(beside), None) if beside.purpose.is_going_on() => {
                    beside.purpose = Purpose::Joining;
                    Remedy::Nothing
                }
                (Some(beside), None)
                    if beside.purpose == Purpose::Waiting && beside.version == version =>
                {
                    beside.purpose = Purpose::Joining;
                    Remedy::Join
                }
                (_, asked @ None) => {
                    *asked = Some(Swap::Auto);
                    Remedy::Rebuild
                }
            })
        })?;
        Ok(remedy.unwrap_or(Remedy::Nothing))
    }

    /// Nothing is asked for or beside any more: what was has to go. None if there was nothing to
    /// call off.
    pub(crate) fn call_off(&self) -> Result<Option<Replaced>, StoreError> {
        self.decide(|known| {
            let asked = known.asked.take();
            let before = known.generations.beside.take();
            (asked.is_some() || before.is_some()).then_some(Replaced { before })
        })
    }

    /// A generation is beside no more.
    pub(crate) fn dropped(&self, generation: u64) -> Result<(), StoreError> {
        self.decide(|known| {
            let beside = &mut known.generations.beside;
            *beside = beside.filter(|beside| beside.generation != generation);
            Some(())
        })
        .map(drop)
    }

    /// The generation whose time is over. It is kept no more.
    pub(crate) fn expired(&self, now: Timestamp) -> Result<Option<u64>, StoreError> {
        self.decide(|known| {
            let over = |b: &Beside| matches!(b.purpose, Purpose::Kept(until) if until <= now);
            let old = known.generations.beside.filter(over)?;
            known.generations.beside = None;
            Some(old.generation)
        })
    }
}
