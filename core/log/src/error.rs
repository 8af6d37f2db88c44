//! What can go wrong with the log, and what to do about it.

use std::path::PathBuf;

use crate::append::Clash;
use crate::ids::{Position, StreamKey};

/// A read, an open or a check that failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// Bytes that are not what was written.
    #[error("the log holds {what}{}; restore it from a closed volume or a backup", at.map(|p| format!(" at position {p}")).unwrap_or_default())]
    Corrupt {
        /// What was found.
        what: String,
        /// Where, if known.
        at: Option<Position>,
    },
    /// The log ends before a position that was synced.
    #[error(
        "the log at {path} went back: it ends at position {found}, its HEAD file names {expected}; restore the newer copy, or the log from a backup"
    )]
    WentBack {
        /// The data folder.
        path: PathBuf,
        /// Where the log ends.
        found: Position,
        /// What HEAD says.
        expected: Position,
    },
    /// Another process has it open.
    #[error(
        "another process has the data folder {path} open; stop it first, or ask it over its URL"
    )]
    InUse {
        /// The data folder.
        path: PathBuf,
    },
    /// A volume could not be closed. It stays live; closing is tried again.
    #[error("could not close a volume: {reason}")]
    Unclosed {
        /// Why not.
        reason: String,
    },
    /// A record or list does not fit.
    #[error("a record of {bytes} bytes is over the limit; larger content belongs in a blob")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The operating system refused.
    #[error("could not {action} {path}")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// Sled refused.
    #[error("could not {action} the active volume")]
    Sled {
        /// What was attempted.
        action: &'static str,
        /// Why not.
        #[source]
        source: sled::Error,
    },
}

impl LogError {
    /// A corruption whose place is not known yet.
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into(), at: None }
    }

    /// A corruption at a position.
    pub fn corrupt_at(what: impl Into<String>, at: Position) -> Self {
        Self::Corrupt { what: what.into(), at: Some(at) }
    }
}

/// Why a commit was not appended. Nothing of it is in the log.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// A stream is not at the version the decision was made on.
    #[error(
        "stream {stream:?} is at version {actual}, the decision was made at {expected}; decide again"
    )]
    WrongVersion {
        /// Which stream.
        stream: StreamKey,
        /// The version decided on.
        expected: u64,
        /// The version it has.
        actual: u64,
    },
    /// A claim is held by somebody else.
    #[error("a claim is already held by {:?} at position {}", .0.holder.stream, .0.holder.position)]
    Clash(Clash),
    /// The disk is nearly full; the log still reads, and takes writes again once there is space.
    #[error(
        "the disk has {free} bytes free, under the floor of {floor}; make space and send again"
    )]
    NoSpace {
        /// What is left.
        free: u64,
        /// What must stay free.
        floor: u64,
    },
    /// An earlier write or sync failed; the process must restart and recover.
    #[error("the log stopped taking writes after a failed write: {0}")]
    Poisoned(String),
    /// The log is shutting down.
    #[error("the log is closed")]
    Closed,
    /// The commit cannot be written as it is.
    #[error("the commit cannot be written: {0}")]
    Invalid(String),
}
