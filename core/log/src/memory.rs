//! A log in memory, for tests of everybody who needs an [`EventLog`].
//!
//! Holds the same promises as the real one (the contract suite runs on both), but for durability:
//! what it holds is gone with the process.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::watch;
use uuid::Uuid;

use crate::append::{Ack, Claim, Commit, Committed, Holder};
use crate::clock::{Clock, SystemClock};
use crate::error::{AppendError, LogError};
use crate::event_log::{EventLog, Filter, HeadWatch, STRETCH};
use crate::ids::{ClaimHash, LogId, Position, StreamKey, Timestamp};
use crate::judge::{Holding, Judged, Refusal, Staged, StagedEvent, Synced};
use crate::record::Record;
use crate::tree::{Frontier, Hash};

/// An [`EventLog`] without a disk.
pub struct MemoryLog {
    id: LogId,
    clock: Arc<dyn Clock>,
    inner: Mutex<Inner>,
    head: watch::Sender<Position>,
}

#[derive(Default)]
struct Inner {
    records: Vec<Record>,
    streams: HashMap<StreamKey, Vec<Position>>,
    claims: HashMap<ClaimHash, Holding>,
    frontier: Frontier,
    last_time: Timestamp,
}

impl std::fmt::Debug for MemoryLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryLog")
            .field("id", &self.id)
            .field("head", &*self.head.borrow())
            .finish_non_exhaustive()
    }
}

impl Default for MemoryLog {
    fn default() -> Self {
        Self::new(Arc::new(SystemClock))
    }
}

impl MemoryLog {
    /// An empty log with a new id.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::with_id(LogId(Uuid::new_v4()), clock)
    }

    /// An empty log of this id.
    pub fn with_id(id: LogId, clock: Arc<dyn Clock>) -> Self {
        Self { id, clock, inner: Mutex::default(), head: watch::Sender::new(Position::START) }
    }

    fn commit(&self, commit: Commit) -> Result<Committed, AppendError> {
        let mut inner = self.inner.lock();
        let recorded_at = inner.last_time.max(self.clock.now());
        let last = inner.last();
        let judged = Staged::new(last, recorded_at).judge(&*inner, commit);
        let Judged { outcomes, events, position } = judged.map_err(|refusal| match refusal {
            Refusal::Refused(error) => error,
            Refusal::Broken(error) => AppendError::Poisoned(error.to_string()),
        })?;
        if !events.is_empty() {
            inner.last_time = recorded_at;
        }
        for event in events {
            inner.take_in(event);
        }
        self.head.send_if_modified(|head| std::mem::replace(head, inner.last()) != inner.last());
        Ok(Committed { outcomes, position, recorded_at })
    }
}

impl Inner {
    fn last(&self) -> Position {
        Position(u64::try_from(self.records.len()).unwrap_or(u64::MAX))
    }

    fn take_in(&mut self, event: StagedEvent) {
        let position = event.record.header.position;
        self.streams.entry(event.stream).or_default().push(position);
        for claim in event.claims {
            match claim {
                Claim::Hold(hash, _) => drop(self.claims.insert(hash, (event.stream, position))),
                Claim::Release(hash) => drop(self.claims.remove(&hash)),
            }
        }
        self.frontier.push(event.record.leaf());
        self.records.push(event.record);
    }

    fn get(&self, position: Position) -> Option<&Record> {
        let at = usize::try_from(position.0.checked_sub(1)?).ok()?;
        self.records.get(at)
    }
}

impl Synced for Inner {
    fn version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        let events = self.streams.get(stream).map_or(0, Vec::len);
        Ok(u64::try_from(events).unwrap_or(u64::MAX))
    }

    fn claim(&self, claim: &ClaimHash) -> Result<Option<Holding>, LogError> {
        Ok(self.claims.get(claim).copied())
    }
}

impl EventLog for MemoryLog {
    fn id(&self) -> LogId {
        self.id
    }

    fn append(&self, commit: Commit) -> Ack {
        let (answer, ack) = Ack::channel();
        // The caller may have gone away; that is its business.
        drop(answer.send(self.commit(commit)));
        ack
    }

    fn head(&self) -> Position {
        *self.head.borrow()
    }

    fn watch(&self) -> HeadWatch {
        self.head.subscribe()
    }

    fn read(
        &self,
        after: Position,
        limit: usize,
        filter: &Filter,
    ) -> Result<(Vec<Record>, Position), LogError> {
        let inner = self.inner.lock();
        let end = inner.last().min(Position(after.0.saturating_add(STRETCH)));
        let mut found = Vec::new();
        let mut at = after;
        while at < end && found.len() < limit {
            at = at.next();
            if let Some(record) = inner.get(at)
                && filter.passes(record)?
            {
                found.push(record.clone());
            }
        }
        Ok((found, at))
    }

    fn get(&self, position: Position) -> Result<Option<Record>, LogError> {
        Ok(self.inner.lock().get(position).cloned())
    }

    fn read_stream(
        &self,
        stream: &StreamKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Record>, LogError> {
        let inner = self.inner.lock();
        let positions = inner.streams.get(stream).map(Vec::as_slice).unwrap_or_default();
        let skip = usize::try_from(after).unwrap_or(usize::MAX);
        let wanted = positions.iter().skip(skip).take(limit);
        Ok(wanted.filter_map(|position| inner.get(*position).cloned()).collect())
    }

    fn stream_version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        self.inner.lock().version(stream)
    }

    fn holder(&self, claim: &ClaimHash) -> Result<Option<Holder>, LogError> {
        let holding = self.inner.lock().claim(claim)?;
        Ok(holding.map(|(stream, position)| Holder { stream, position, synced: true }))
    }

    fn position_at(&self, time: Timestamp) -> Result<Position, LogError> {
        let inner = self.inner.lock();
        let count = inner.records.partition_point(|record| record.header.recorded_at <= time);
        Ok(Position(u64::try_from(count).unwrap_or(u64::MAX)))
    }

    fn root(&self) -> (u64, Hash) {
        let inner = self.inner.lock();
        (inner.frontier.size(), inner.frontier.root())
    }

    fn root_at(&self, position: Position) -> Result<Option<Hash>, LogError> {
        let inner = self.inner.lock();
        let count = usize::try_from(position.0).ok();
        let Some(records) = count.and_then(|count| inner.records.get(..count)) else {
            return Ok(None);
        };
        let mut frontier = Frontier::default();
        for record in records {
            frontier.push(record.leaf());
        }
        Ok(Some(frontier.root()))
    }
}
