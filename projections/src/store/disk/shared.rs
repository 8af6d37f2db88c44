//! What all stores on the disk of a process share.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Weak};

use lsm_tree::Cache;

use super::tree::Untidy;

/// Memory for what is read, when nobody says how much.
const CACHE_BYTES: u64 = 128 << 20;

/// How far the tidying thread stands back (nice value): it must not be starved, or reads suffer.
const STANDS_BACK: i32 = 5;

/// Memory for blocks that were read, and the thread that writes and merges tables. Cheap to clone; the
/// thread ends when nobody has it any more.
#[derive(Clone)]
pub struct Disk(Arc<Inner>);

struct Inner {
    cache: Arc<Cache>,
    untidy: Sender<Weak<Untidy>>,
}

impl Disk {
    /// `cache_bytes` of memory for blocks that were read, for all stores together.
    pub fn new(cache_bytes: u64) -> Self {
        let (untidy, asked) = mpsc::channel();
        let thread = std::thread::Builder::new().name("tidy-stores".to_owned());
        if let Err(error) = thread.spawn(move || tidy(&asked)) {
            tracing::warn!(%error, "no thread to tidy up read models; whoever syncs them does it");
        }
        let cache = Arc::new(Cache::with_capacity_bytes(cache_bytes));
        Self(Arc::new(Inner { cache, untidy }))
    }

    pub(super) fn cache(&self) -> Arc<Cache> {
        Arc::clone(&self.0.cache)
    }

    /// Has what a tree sealed written, and its tables merged, some time soon.
    pub(super) fn tidy(&self, tree: &Arc<Untidy>) {
        if self.0.untidy.send(Arc::downgrade(tree)).is_err() {
            tree.tidy();
        }
    }
}

impl Default for Disk {
    fn default() -> Self {
        Self::new(CACHE_BYTES)
    }
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disk")
            .field("cache_bytes", &self.0.cache.capacity())
            .finish_non_exhaustive()
    }
}

fn tidy(asked: &Receiver<Weak<Untidy>>) {
    // Only for this thread: on Linux the priority belongs to the thread.
    if let Err(error) = rustix::process::setpriority_process(None, STANDS_BACK) {
        tracing::debug!(%error, "tidying at normal priority");
    }
    while let Ok(tree) = asked.recv() {
        if let Some(tree) = tree.upgrade() {
            tree.tidy();
        }
    }
}
