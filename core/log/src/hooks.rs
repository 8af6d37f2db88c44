//! Where tests reach in: before each step that may fail or be the last one before a crash.
//!
//! In production nothing is hooked. A hook that returns an error makes its step fail as the
//! operating system would; it cannot make a failed step look like a success.

use std::io;

/// A step of writing, in the words of the code that does it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Step {
    /// A block goes into sled.
    Insert,
    /// Sled writes out its buffer.
    Flush,
    /// The volume's file is synced.
    SyncVolume,
    /// The HEAD file is written and synced.
    SyncHead,
    /// A new active volume is made.
    CreateVolume,
    /// A closing volume's blocks file is written.
    WriteBlocks,
    /// Its index file is written.
    WriteIndex,
    /// Both are read back and compared.
    VerifyClosed,
    /// It is entered in the manifest.
    WriteManifest,
    /// Its sled folder is removed.
    RemoveSled,
}

/// Fails steps on purpose, and lies about free space.
pub trait Hooks: Send + Sync {
    /// Called before a step.
    fn before(&self, _step: Step) -> io::Result<()> {
        Ok(())
    }

    /// What the log should believe is free, given what is.
    fn free_bytes(&self, actual: u64) -> u64 {
        actual
    }
}

/// Hooks nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHooks;

impl Hooks for NoHooks {}
