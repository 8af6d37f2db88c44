//! How a log on sled is opened. The defaults are those of production.

use std::sync::Arc;

use crate::block::Codec;
use crate::clock::{Clock, SystemClock};
use crate::hooks::{Hooks, NoHooks};
use crate::ids::LogId;

/// Mebibytes.
const MIB: u64 = 1024 * 1024;

/// Settings of a [`crate::SledLog`].
#[derive(Clone)]
pub struct Options {
    /// Tells the time stamped on events.
    pub clock: Arc<dyn Clock>,
    /// The id of a log that is created; drawn at random if absent. Ignored when opening.
    pub log_id: Option<LogId>,
    /// How new blocks are stored.
    pub codec: Codec,
    /// Bytes that sled may cache of one volume.
    pub sled_cache_bytes: u64,
    /// Bytes of decoded blocks kept for readers.
    pub block_cache_bytes: usize,
    /// Record bytes after which a volume closes.
    pub volume_bytes: u64,
    /// Microseconds after which a volume closes that holds anything.
    pub volume_age_micros: i64,
    /// Bytes that must stay free on the disk; below, appends are refused.
    pub free_floor_bytes: u64,
    /// Size of the file kept so that there is something to delete on a full disk; 0 = none.
    pub ballast_bytes: u64,
    /// Record bytes after which the writer stops gathering and syncs.
    pub batch_bytes: usize,
    /// Commits after which the writer stops gathering and syncs.
    pub batch_commits: usize,
    /// For tests: steps that fail.
    pub hooks: Arc<dyn Hooks>,
    /// For the power-cut rig: a bug that it must catch.
    #[cfg(feature = "seeded-bugs")]
    pub seeded_bug: Option<SeededBug>,
}

/// A bug that the crash tests must notice.
#[cfg(feature = "seeded-bugs")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeededBug {
    /// Commits are acknowledged before they are synced.
    AnswerBeforeSync,
    /// A refusal or drop is answered at once from a claim that is only staged.
    AnswerFromStaged,
}

#[cfg(feature = "seeded-bugs")]
impl SeededBug {
    /// What `CONVOLOG_SEEDED_BUG` names: `answer-before-sync` or `answer-from-staged`.
    pub fn from_env() -> Option<Self> {
        match std::env::var("CONVOLOG_SEEDED_BUG").as_deref() {
            Ok("answer-before-sync") => Some(Self::AnswerBeforeSync),
            Ok("answer-from-staged") => Some(Self::AnswerFromStaged),
            _ => None,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            log_id: None,
            codec: Codec::default(),
            sled_cache_bytes: 64 * MIB,
            block_cache_bytes: 32 * 1024 * 1024,
            volume_bytes: 256 * MIB,
            volume_age_micros: 7 * 24 * 3_600 * 1_000_000,
            free_floor_bytes: 256 * MIB,
            ballast_bytes: 64 * MIB,
            batch_bytes: 4 * 1024 * 1024,
            batch_commits: 4_096,
            hooks: Arc::new(NoHooks),
            #[cfg(feature = "seeded-bugs")]
            seeded_bug: SeededBug::from_env(),
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("codec", &self.codec)
            .field("volume_bytes", &self.volume_bytes)
            .field("free_floor_bytes", &self.free_floor_bytes)
            .finish_non_exhaustive()
    }
}
