//! The one door to history: what every backend promises.

use tokio::sync::watch;

use crate::append::{Ack, Commit, Holder};
use crate::error::{AppendError, LogError};
use crate::ids::{ClaimHash, LogId, Position, StreamKey, Timestamp};
use crate::record::Record;
use uuid::Uuid;

/// Follows the synced head; `changed().await` wakes when it moves.
pub type HeadWatch = watch::Receiver<Position>;

/// Which events a reader wants; an empty filter wants all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this workspace.
    pub workspace: Option<Uuid>,
    /// Only this stream.
    pub stream: Option<StreamKey>,
    /// Only these types; empty = all.
    pub types: Vec<u16>,
}

/// The most events that one [`EventLog::read`] looks at.
pub const STRETCH: u64 = 16_384;

impl Filter {
    /// Whether a record is wanted.
    pub fn passes(&self, record: &Record) -> Result<bool, LogError> {
        if !self.types.is_empty() && !self.types.contains(&record.type_code()?) {
            return Ok(false);
        }
        if self.workspace.is_none() && self.stream.is_none() {
            return Ok(true);
        }
        let stream = record.stream()?;
        Ok(self.workspace.is_none_or(|workspace| workspace == stream.workspace)
            && self.stream.is_none_or(|wanted| wanted == stream))
    }
}

/// An append-only log of events: dense positions, unique claims, nothing shown before it is synced.
///
/// One contract suite (`tests/`) holds for every implementation.
pub trait EventLog: Send + Sync {
    /// Which log this is.
    fn id(&self) -> LogId;

    /// Queues a commit. The answer, refusals and drops included, comes once everything it relied
    /// on is on the disk. What old volumes know of its claims and streams is looked up on this
    /// thread: nothing but memory as a rule, a read of one block where there is something.
    fn append(&self, commit: Commit) -> Ack;

    /// Whether a commit would be taken as far as space and health go: asked before anything else is
    /// written for its sake. The answer may change until it is appended.
    ///
    /// # Errors
    /// As [`EventLog::append`] would answer.
    fn admit(&self, _commit: &Commit) -> Result<(), AppendError> {
        Ok(())
    }

    /// Whether so many bytes may be written beside the log, as far as space and health go.
    ///
    /// # Errors
    /// As [`EventLog::append`] would answer.
    fn room_for(&self, _bytes: usize) -> Result<(), AppendError> {
        Ok(())
    }

    /// The newest synced position.
    fn head(&self) -> Position;

    /// Follows [`EventLog::head`].
    fn watch(&self) -> HeadWatch;

    /// Events after `after` in order, at most `limit` of those that pass the filter, and never
    /// more than a bounded stretch of the log at a time: the second value is where to go on from
    /// (equal to the head when the reader has caught up).
    fn read(
        &self,
        after: Position,
        limit: usize,
        filter: &Filter,
    ) -> Result<(Vec<Record>, Position), LogError>;

    /// One event, if the position is synced.
    fn get(&self, position: Position) -> Result<Option<Record>, LogError>;

    /// Events of one stream with versions above `after`, in order, at most `limit`.
    fn read_stream(
        &self,
        stream: &StreamKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Record>, LogError>;

    /// The synced version of a stream; 0 = it does not exist.
    fn stream_version(&self, stream: &StreamKey) -> Result<u64, LogError>;

    /// Who holds a claim, among synced events.
    fn holder(&self, claim: &ClaimHash) -> Result<Option<Holder>, LogError>;

    /// The last position recorded at or before `time`.
    fn position_at(&self, time: Timestamp) -> Result<Position, LogError>;

    /// The Merkle tree head over all synced events: (size, root).
    fn root(&self) -> (u64, [u8; 32]);

    /// The root of the Merkle tree when `position` was its newest leaf; `None` if it is not synced
    /// yet. Reads leaves where no subtree is stored: for heads that are shown, not for every event.
    fn root_at(&self, position: Position) -> Result<Option<[u8; 32]>, LogError>;

    /// Events appended from now on may need this generation of the vault; a log that keeps a HEAD
    /// names it there, so that an older vault is refused.
    fn note_vault_generation(&self, _generation: u64) {}
}
