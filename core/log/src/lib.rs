//! The event log of Convolog.
//!
//! Owns the bytes of history: records, blocks, the single writer, volumes, claims, the Merkle tree.
//! Guarantees that what it acknowledged is on the disk, once, in one dense order, and that a log
//! which lost something refuses to open instead of coming up short.
//! Must not know what an event means: kinds and type codes are numbers here, payloads are bytes.

mod append;
mod error;
mod event_log;
mod ids;
mod record;

pub use append::{Ack, Claim, Clash, Commit, Committed, Condition, Draft, Holder, OnClash};
pub use error::{AppendError, LogError};
pub use event_log::{EventLog, Filter, HeadWatch};
pub use ids::{ClaimHash, LogId, Position, StreamKey, Timestamp};
pub use record::{
    Actor, BlobRef, Body, ClaimAction, Header, ImportedFrom, MAX_RECORD_BYTES, Mode, Origin,
    Record, RecordedClaim, SealedContent, SealedPart, leaf_hash,
};
