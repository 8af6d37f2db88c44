//! The event log of Convolog.
//!
//! Owns the bytes of history: records, blocks, the single writer, volumes, claims, the Merkle tree.
//! Guarantees that what it acknowledged is on the disk, once, in one dense order, and that a log
//! which lost something refuses to open instead of coming up short.
//! Must not know what an event means: kinds and type codes are numbers here, payloads are bytes.

mod append;
mod archive;
mod batch;
mod blobs;
mod block;
mod cache;
mod clock;
mod closed;
mod closer;
mod error;
mod event_log;
mod files;
mod filter;
mod head;
mod hooks;
mod ids;
mod index_file;
mod judge;
mod layout;
mod live;
mod lookup;
mod manifest;
mod map;
mod memory;
mod next;
mod options;
mod record;
mod recover;
#[cfg(feature = "seeded-bugs")]
mod seeded;
mod shared;
mod sled_log;
mod sled_volume;
mod space;
mod subscribe;
mod tree;
mod verify;
mod volumes;
mod walk;
mod wire;
mod writer;

pub use append::{Ack, Claim, Clash, Commit, Committed, Condition, Draft, Holder, OnClash};
pub use archive::walk_blocks_file;
pub use blobs::{BlobStore, BlobWriter};
pub use block::{
    BLOCK_HEADER_BYTES, Block, BlockHeader, Codec, MAX_BLOCK_BYTES, MAX_RAW_BYTES, Records,
    block_hash,
};
pub use clock::{Clock, ManualClock, SystemClock};
pub use error::{AppendError, LogError};
pub use event_log::{EventLog, Filter, HeadWatch, STRETCH};
pub use head::{HeadMark, read_head};
pub use hooks::{Hooks, NoHooks, Step};
pub use ids::{ClaimHash, LogId, Position, StreamKey, Timestamp};
pub use judge::MAX_COMMIT_BYTES;
pub use manifest::{ClosedEntry, Junction, Manifest};
pub use memory::MemoryLog;
pub use options::Options;
#[cfg(feature = "seeded-bugs")]
pub use options::SeededBug;
pub use record::{
    Actor, BlobRef, Body, ClaimAction, Header, ImportedFrom, MAX_RECORD_BYTES, Mode, Origin,
    Record, RecordedClaim, SealedContent, SealedPart, leaf_hash,
};
pub use sled_log::{Health, Shape, SledLog, head_of};
pub use subscribe::{Batch, Subscription, subscribe};
pub use tree::{Frontier, Hash, SUBTREE_LEAVES, node_hash};
pub use verify::VerifyReport;
