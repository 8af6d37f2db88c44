//! Makes the next volume before it is needed, so that the writer does not wait for it.
//!
//! Opening a sled database takes tens of milliseconds; commits would feel it. The folder lies
//! there, empty and synced, until the writer takes it; one that was not taken is removed when the
//! log opens again.

use std::sync::Arc;

use parking_lot::{Condvar, Mutex};

use crate::error::LogError;
use crate::shared::Shared;
use crate::sled_volume::SledVolume;

/// The volume after the active one.
#[derive(Default)]
pub(crate) struct NextVolume {
    state: Mutex<State>,
    changed: Condvar,
    /// Held while one is made: the writer waits rather than make the same.
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// The number of the last volume that the writer took.
    taken: u32,
    ready: Option<(u32, SledVolume)>,
}

#[derive(Default)]
struct State {
    /// The number of the volume that will be needed.
    wanted: Option<u32>,
    stop: bool,
}

impl NextVolume {
    /// The volume of this number will be needed before long.
    pub(crate) fn prepare(&self, number: u32) {
        let mut state = self.state.lock();
        if state.wanted != Some(number) {
            state.wanted = Some(number);
            self.changed.notify_one();
        }
    }

    /// The volume of this number, made beforehand or now.
    pub(crate) fn take(&self, shared: &Shared, number: u32) -> Result<SledVolume, LogError> {
        let mut made = self.made.lock();
        let volume = match made.ready.take() {
            Some((ready, volume)) if ready == number => volume,
            _ => create(shared, number)?,
        };
        made.taken = number;
        Ok(volume)
    }

    pub(crate) fn stop(&self) {
        self.state.lock().stop = true;
        self.changed.notify_all();
    }

    /// The thread that makes them.
    pub(crate) fn run(&self, shared: &Shared) {
        let mut done = None;
        loop {
            let mut state = self.state.lock();
            while state.wanted == done && !state.stop {
                self.changed.wait(&mut state);
            }
            let (wanted, stop) = (state.wanted, state.stop);
            drop(state);
            if stop {
                return;
            }
            done = wanted;
            let mut made = self.made.lock();
            // The writer may have been quicker.
            if let Some(number) = wanted.filter(|number| *number > made.taken) {
                match create(shared, number) {
                    Ok(volume) => made.ready = Some((number, volume)),
                    // The writer will try for itself and say what is wrong.
                    Err(error) => tracing::warn!(%error, "could not make the next volume early"),
                }
            }
        }
    }
}

fn create(shared: &Shared, number: u32) -> Result<SledVolume, LogError> {
    let hooks = Arc::clone(&shared.options.hooks);
    let folder = shared.layout.sled(number);
    SledVolume::create(&folder, shared.options.sled_cache_bytes, hooks)
}
