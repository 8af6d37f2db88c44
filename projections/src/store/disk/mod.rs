//! A store on the disk: one log-structured merge tree a generation of a read model.
//!
//! What is put lies in memory until a sync writes it into a table of its own, all of it or nothing:
//! opened again, a store is as some sync left it. It keeps no journal, because the log is one.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Entry, Store, StoreError, Walk, keys};

mod shared;
#[cfg(test)]
mod tests;
mod tree;

pub use shared::Disk;
use tree::{Tree, Untidy};

/// Held by whoever has the store open.
const LOCK: &str = "lock";

/// Tables waiting to be written, or to be merged, from which on a sync does it itself: whoever puts
/// faster than the thread beside it tidies up must wait.
const BEHIND: usize = 4;

/// A [`Store`] on the disk.
pub struct DiskStore {
    tree: Arc<Tree>,
    untidy: Arc<Untidy>,
    disk: Disk,
    _lock: File,
    /// Dropped last, when nothing is open any more.
    remains: Remains,
}

/// Removes the folder of a store that was given up, once nobody reads it any more.
struct Remains {
    path: PathBuf,
    given_up: AtomicBool,
}

impl Drop for Remains {
    fn drop(&mut self) {
        if !self.given_up.load(Ordering::Acquire) {
            return;
        }
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!(path = %self.path.display(), %error, "could not remove an old read model");
        }
    }
}

impl Drop for DiskStore {
    fn drop(&mut self) {
        // Nothing may write there once somebody else can open it.
        self.untidy.close();
    }
}

impl std::fmt::Debug for DiskStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DiskStore").field("path", &self.remains.path).finish_non_exhaustive()
    }
}

impl DiskStore {
    /// Opens the store in `path`, or makes a new one there.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if it is open already, here or in another process.
    pub fn open(path: &Path, disk: &Disk) -> Result<Self, StoreError> {
        std::fs::create_dir_all(path).map_err(|source| io("create", path, source))?;
        let name = path.join(LOCK);
        let lock = File::create(&name).map_err(|source| io("open", &name, source))?;
        lock.try_lock().map_err(|refused| match refused {
            TryLockError::WouldBlock => StoreError::InUse { path: path.to_path_buf() },
            TryLockError::Error(source) => io("lock", &name, source),
        })?;
        let tree = Arc::new(Tree::open(path, disk)?);
        if let Some(above) = path.parent() {
            let opened = File::open(above).map_err(|source| io("open", above, source))?;
            opened.sync_all().map_err(|source| io("sync", above, source))?;
        }
        let untidy = Arc::new(Untidy::new(Arc::clone(&tree)));
        let remains = Remains { path: path.to_path_buf(), given_up: AtomicBool::new(false) };
        Ok(Self { tree, untidy, disk: disk.clone(), _lock: lock, remains })
    }

    /// Whether a store lies in `path`.
    pub fn lies_in(path: &Path) -> bool {
        path.join(LOCK).is_file() && Tree::lies_in(path)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.remains.path
    }
}

fn io(action: &'static str, path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io { action, path: path.to_path_buf(), source }
}

impl Store for DiskStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.tree.get(key)
    }

    fn put(&self, key: &[u8], value: &[u8]) {
        self.tree.put(key, value);
    }

    fn remove(&self, key: &[u8]) {
        self.tree.remove(key);
    }

    fn entries(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let bounds = keys::bounds(prefix, after, walk);
        if keys::is_empty(&bounds.0, &bounds.1) {
            return Ok(Vec::new());
        }
        self.tree.range(bounds, walk, limit)
    }

    fn unsynced(&self) -> u64 {
        self.tree.unsynced()
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.tree.seal();
        self.tree.flush()?;
        self.tree.failed()?;
        self.disk.tidy(&self.untidy);
        Ok(())
    }

    fn sync_soon(&self) -> Result<(), StoreError> {
        self.tree.failed()?;
        self.tree.seal();
        if self.tree.behind() >= BEHIND {
            self.tree.flush()?;
            self.tree.compact()?;
        }
        self.disk.tidy(&self.untidy);
        Ok(())
    }

    fn give_up(&self) {
        self.remains.given_up.store(true, Ordering::Release);
    }

    fn bytes(&self) -> u64 {
        self.tree.bytes()
    }
}
