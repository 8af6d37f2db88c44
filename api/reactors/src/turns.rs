//! Turns: how much is done for one number at the same time. What its platform delays delays no other
//! number.

use std::collections::HashMap;
use std::sync::Arc;

use convolog_domain::ChannelId;
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many at a time for each number.
pub(crate) struct Turns {
    at_once: usize,
    numbers: Mutex<HashMap<ChannelId, Arc<Semaphore>>>,
}

impl Turns {
    pub(crate) fn new(at_once: usize) -> Self {
        Self { at_once, numbers: Mutex::default() }
    }

    /// Waits for a turn of a number; it ends when it is dropped.
    pub(crate) async fn take(&self, channel: ChannelId) -> Option<OwnedSemaphorePermit> {
        let turns = {
            let mut numbers = self.numbers.lock();
            let of_number = || Arc::new(Semaphore::new(self.at_once));
            Arc::clone(numbers.entry(channel).or_insert_with(of_number))
        };
        turns.acquire_owned().await.ok()
    }
}
