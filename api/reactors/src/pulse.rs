//! When a reactor looks again: after every commit, and every few milliseconds for what becomes due
//! by the clock. A tick says nothing of the time: the engine's clock does, so that a clock that is
//! set by hand drives everything.

use std::time::Duration;

use convolog_log::HeadWatch;
use tokio::time::{Interval, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

/// How long a reactor sleeps at most.
const TICK: Duration = Duration::from_millis(50);

/// Wakes a reactor.
#[derive(Debug)]
pub struct Pulse {
    head: HeadWatch,
    tick: Interval,
    stopping: CancellationToken,
}

impl Pulse {
    pub(crate) fn new(head: HeadWatch, stopping: CancellationToken) -> Self {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { head, tick, stopping }
    }

    /// Waits until something may have become due; false once reactors are to stop. Dropping the
    /// future loses nothing.
    pub async fn next(&mut self) -> bool {
        tokio::select! {
            biased;
            () = self.stopping.cancelled() => false,
            changed = self.head.changed() => changed.is_ok(),
            _ = self.tick.tick() => true,
        }
    }
}
