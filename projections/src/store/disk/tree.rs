//! The tree itself: keys in order, in memory and in tables on the disk.
//!
//! Only the thread that feeds a store puts, removes and seals. The tree may panic on damaged files:
//! here that is an error.

use std::io;
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsm_tree::compaction::Leveled;
use lsm_tree::{
    AbstractTree, AnyTree, Config, DescriptorTable, Guard, SeqNo, SequenceNumberCounter,
};
use parking_lot::Mutex;

use super::super::{Entry, StoreError, Walk};
use super::shared::Disk;

/// What is newest: there are no snapshots.
const NEWEST: SeqNo = SeqNo::MAX;

/// Tables that lie side by side until they are merged.
const UNMERGED: u8 = 4;

/// Merges in one go, at most.
const MERGES: usize = 16;

/// Files of a tree that are kept open.
const OPEN_FILES: usize = 64;

/// Room on the disk below which tables are not merged: merging writes before it removes, and the log
/// needs what is left.
const ROOM_TO_MERGE: u64 = 1 << 30;

/// Tables side by side from which on they are merged however little room there is: the tree counts
/// them in a byte.
const MUST_MERGE: usize = 64;

/// Tables side by side from which on no other is written.
const MOST: usize = 200;

/// The file that names the tables of a tree.
const CURRENT: &str = "current";

pub(super) struct Tree {
    path: PathBuf,
    inner: AnyTree,
    numbers: SequenceNumberCounter,
    /// What went wrong behind the scenes.
    failed: Mutex<Option<StoreError>>,
}

impl Tree {
    pub(super) fn lies_in(path: &Path) -> bool {
        path.join(CURRENT).is_file()
    }

    pub(super) fn open(path: &Path, disk: &Disk) -> Result<Self, StoreError> {
        let numbers = SequenceNumberCounter::default();
        let config = Config::new(path, numbers.clone(), SequenceNumberCounter::default())
            .use_cache(disk.cache())
            // Of its own: what is open goes with the tree, and with it the room of files that are removed.
            .use_descriptor_table(Some(Arc::new(DescriptorTable::new(OPEN_FILES))));
        let tree = guarded("open", path, || config.open())?;
        if let Some(highest) = tree.get_highest_seqno() {
            numbers.fetch_max(highest.saturating_add(1));
        }
        let path = path.to_path_buf();
        Ok(Self { path, inner: tree, numbers, failed: Mutex::new(None) })
    }

    fn guard<T>(
        &self,
        action: &'static str,
        f: impl FnOnce() -> Result<T, lsm_tree::Error>,
    ) -> Result<T, StoreError> {
        guarded(action, &self.path, f)
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.guard("read", || self.inner.get(key, NEWEST))?;
        Ok(found.map(|value| value.to_vec()))
    }

    pub(super) fn put(&self, key: &[u8], value: &[u8]) {
        self.inner.insert(key, value, self.numbers.next());
    }

    pub(super) fn remove(&self, key: &[u8]) {
        self.inner.remove(key, self.numbers.next());
    }

    pub(super) fn range(
        &self,
        bounds: (Bound<Vec<u8>>, Bound<Vec<u8>>),
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        self.guard("read", || {
            let range = self.inner.range(bounds, NEWEST, None);
            let owned = |found: lsm_tree::IterGuardImpl| {
                found.into_inner().map(|(key, value)| (key.to_vec(), value.to_vec()))
            };
            match walk {
                Walk::Forward => range.take(limit).map(owned).collect(),
                Walk::Backward => range.rev().take(limit).map(owned).collect(),
            }
        })
    }

    /// Bytes put since the last seal.
    pub(super) fn unsynced(&self) -> u64 {
        self.inner.active_memtable().size()
    }

    /// What was put so far goes into one table.
    pub(super) fn seal(&self) {
        self.inner.rotate_memtable();
    }

    /// Writes what was sealed: all of it at once, the oldest first.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        if self.inner.l0_run_count() >= MOST {
            let source = io::Error::other("too many tables could not be merged; make room");
            return Err(StoreError::Io { action: "write", path: self.path.clone(), source });
        }
        self.guard("write", || {
            let lock = self.inner.get_flush_lock();
            self.inner.flush(&lock, self.numbers.get()).map(drop)
        })?;
        // What could not be written before is written now.
        self.failed.lock().take_if(|error| matches!(error, StoreError::Io { .. }));
        Ok(())
    }

    /// Merges tables while there is something to gain, and room.
    pub(super) fn compact(&self) -> Result<(), StoreError> {
        if self.room()? < ROOM_TO_MERGE && self.inner.l0_run_count() < MUST_MERGE {
            return Ok(());
        }
        let shape = || (self.inner.table_count(), self.inner.l0_run_count());
        for _ in 0..MERGES {
            let before = shape();
            let strategy = Arc::new(Leveled::default().with_l0_threshold(UNMERGED));
            self.guard("write", || self.inner.compact(strategy, self.numbers.get()))?;
            if shape() == before {
                break;
            }
        }
        Ok(())
    }

    /// Bytes that are free where the tree lies.
    fn room(&self) -> Result<u64, StoreError> {
        let io = |source: rustix::io::Errno| StoreError::Io {
            action: "ask how much room there is for",
            path: self.path.clone(),
            source: source.into(),
        };
        let found = rustix::fs::statvfs(&self.path).map_err(io)?;
        Ok(found.f_bavail.saturating_mul(found.f_frsize))
    }

    /// Tables that wait to be written or, by the dozen, to be merged.
    pub(super) fn behind(&self) -> usize {
        self.inner.sealed_memtable_count().max(self.inner.l0_run_count() / usize::from(UNMERGED))
    }

    /// Writes and merges; what goes wrong is told at the next sync.
    fn tidy(&self) {
        if let Err(error) = self.flush().and_then(|()| self.compact()) {
            *self.failed.lock() = Some(error);
        }
    }

    /// What went wrong behind the scenes since this was asked last.
    pub(super) fn failed(&self) -> Result<(), StoreError> {
        self.failed.lock().take().map_or(Ok(()), Err)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.inner.disk_space()
    }
}

/// A tree as the thread that tidies it sees it: there until its store is closed.
pub(super) struct Untidy(Mutex<Option<Arc<Tree>>>);

impl Untidy {
    pub(super) const fn new(tree: Arc<Tree>) -> Self {
        Self(Mutex::new(Some(tree)))
    }

    pub(super) fn tidy(&self) {
        if let Some(tree) = &*self.0.lock() {
            tree.tidy();
        }
    }

    /// Waits for what goes on; nothing will afterwards, and nobody but the store has the tree: files
    /// that it does not need any more go when it does, and never under the eyes of the next one.
    pub(super) fn close(&self) {
        drop(self.0.lock().take());
    }
}

fn guarded<T>(
    action: &'static str,
    path: &Path,
    f: impl FnOnce() -> Result<T, lsm_tree::Error>,
) -> Result<T, StoreError> {
    let damaged = |source| StoreError::Damaged { path: path.to_path_buf(), source };
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(lsm_tree::Error::Io(source))) if !is_damage(&source) => {
            Err(StoreError::Io { action, path: path.to_path_buf(), source })
        }
        Ok(Err(source)) => Err(damaged(Some(source))),
        Err(_) => Err(damaged(None)),
    }
}

/// A table that is cut short or gone is damage, and no trouble of the operating system.
fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
    matches!(error.kind(), InvalidData | NotFound | UnexpectedEof)
}
