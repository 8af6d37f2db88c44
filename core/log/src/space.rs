//! The free-space floor: appends are refused before anything breaks.
//!
//! A ballast file lies beside the log so that on a disk that others filled there is something to
//! give up: it is dropped when a log opens below the floor and made again once there is room.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{AppendError, LogError};
use crate::files::{io_error, remove_if_there};
use crate::hooks::Hooks;

/// Watches the free space of the log's disk.
pub(crate) struct Space {
    folder: PathBuf,
    floor: u64,
    ballast: u64,
    hooks: Arc<dyn Hooks>,
    /// It was said that there is no room.
    short: AtomicBool,
}

impl Space {
    pub(crate) fn new(folder: &Path, floor: u64, ballast: u64, hooks: Arc<dyn Hooks>) -> Self {
        Self { folder: folder.to_path_buf(), floor, ballast, hooks, short: AtomicBool::new(false) }
    }

    /// Bytes that this process may still write.
    pub(crate) fn free(&self) -> Result<u64, LogError> {
        let stat = rustix::fs::statvfs(&self.folder)
            .map_err(|errno| io_error("ask for the free space of", &self.folder)(errno.into()))?;
        Ok(self.hooks.free_bytes(stat.f_bavail.saturating_mul(stat.f_frsize)))
    }

    /// Whether `bytes` more may be written.
    pub(crate) fn admit(&self, bytes: usize) -> Result<(), AppendError> {
        let floor = self.floor;
        if floor == 0 {
            return Ok(());
        }
        // A disk that does not answer is left to the write, which will say why.
        let Ok(free) = self.free() else { return Ok(()) };
        // Sled takes about twice what it is given.
        let needed = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(2);
        let short = free < floor.saturating_add(needed);
        // Said once each time it begins and ends, not for each append.
        match (self.short.swap(short, Ordering::Relaxed), short) {
            (false, true) => {
                tracing::error!(free, floor, "the disk is nearly full: nothing is taken");
            }
            (true, false) => tracing::info!(free, "there is room on the disk again"),
            _ => {}
        }
        if short { Err(AppendError::NoSpace { free, floor }) } else { Ok(()) }
    }

    /// Keeps or gives up the ballast, as there is room.
    pub(crate) fn settle_ballast(&self) -> Result<(), LogError> {
        let path = self.folder.join("ballast");
        let free = self.free()?;
        if self.ballast == 0 || free < self.floor {
            return remove_if_there(&path);
        }
        let there = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        if there == self.ballast || free < self.floor.saturating_add(self.ballast) {
            return Ok(());
        }
        let file = File::create(&path).map_err(io_error("create", &path))?;
        let flags = rustix::fs::FallocateFlags::empty();
        // Not every file system can reserve; then there is no ballast, and no harm.
        if rustix::fs::fallocate(&file, flags, 0, self.ballast).is_err() {
            return remove_if_there(&path);
        }
        Ok(())
    }
}
