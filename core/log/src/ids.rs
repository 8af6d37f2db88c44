//! The names of things in the log: positions, streams, claims, time.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Which log a block or record belongs to; drawn once, when the log is created.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct LogId(pub Uuid);

/// A place in the global order: dense, the first event is 1, 0 means "before everything".
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Position(pub u64);

impl Position {
    /// Before the first event.
    pub const START: Self = Self(0);

    /// The position after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// One stream: the history of one thing of one workspace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StreamKey {
    /// The tenant; nil for what concerns the whole installation.
    pub workspace: Uuid,
    /// What kind of thing, a number that the domain gives out and never changes.
    pub kind: u16,
    /// Which one.
    pub id: Uuid,
}

impl StreamKey {
    /// Eight bytes that spread evenly, which index files keep; a match is confirmed against the
    /// record.
    pub fn fingerprint(&self) -> u64 {
        let hash = Sha256::new()
            .chain_update(self.workspace)
            .chain_update(self.kind.to_be_bytes())
            .chain_update(self.id);
        ClaimHash(hash.finalize().into()).fingerprint()
    }
}

/// A unique key that a commit takes: a keyed hash, so that the log never sees what it names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimHash(pub [u8; 32]);

impl ClaimHash {
    /// The first eight bytes, which index files keep; a match is confirmed against the record.
    pub fn fingerprint(&self) -> u64 {
        self.0.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
    }
}

impl fmt::Debug for ClaimHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClaimHash({:016x}…)", self.fingerprint())
    }
}
