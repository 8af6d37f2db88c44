//! Following the log: catch up, then live, through one and the same read.
//!
//! No gap and no duplicate, because a subscription is nothing but a position. Back-pressure,
//! because it reads only when asked.

use std::sync::Arc;

use crate::error::LogError;
use crate::event_log::{EventLog, Filter, HeadWatch};
use crate::ids::Position;
use crate::record::Record;

/// The most events in a batch, unless told otherwise.
const BATCH: usize = 1_024;

/// Follows the log after `after`, events that pass `filter` only.
pub fn subscribe(log: Arc<dyn EventLog>, after: Position, filter: Filter) -> Subscription {
    let head = log.watch();
    Subscription { log, after, filter, head, batch: BATCH }
}

/// A place in the log that moves on when asked.
pub struct Subscription {
    log: Arc<dyn EventLog>,
    after: Position,
    filter: Filter,
    head: HeadWatch,
    batch: usize,
}

/// What came next.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Batch {
    /// Events in order. Empty if a stretch of the log held nothing that passes the filter: then
    /// only the position moved.
    pub records: Vec<Record>,
    /// Everything up to here has been looked at; what a cursor is set to once the batch is done.
    pub upto: Position,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription").field("after", &self.after).finish_non_exhaustive()
    }
}

impl Subscription {
    /// At most so many events in a batch; at least one.
    #[must_use]
    pub fn with_batch(mut self, most: usize) -> Self {
        self.batch = most.max(1);
        self
    }

    /// How far it has come.
    pub const fn position(&self) -> Position {
        self.after
    }

    /// The next batch, as soon as there is something new. Dropping the future loses nothing: the
    /// position moves only with what is handed out.
    pub async fn next_batch(&mut self) -> Result<Batch, LogError> {
        // Marks the head as seen before reading: what comes later wakes the wait.
        while *self.head.borrow_and_update() <= self.after {
            if self.head.changed().await.is_err() {
                return Err(LogError::corrupt("no more events; it is closed"));
            }
        }
        let (log, filter) = (Arc::clone(&self.log), self.filter.clone());
        let (after, batch) = (self.after, self.batch);
        // Reading may touch the disk, which is not for the threads of the runtime.
        let read = tokio::task::spawn_blocking(move || log.read(after, batch, &filter)).await;
        let (records, upto) =
            read.unwrap_or_else(|_| Err(LogError::corrupt("something that made a reader panic")))?;
        self.after = upto;
        Ok(Batch { records, upto })
    }
}
