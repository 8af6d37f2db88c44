//! A store on sled, one database a generation of a read model.
//!
//! Sled's own flush does not survive a power cut; a sync here is flush, then `fdatasync` of the
//! database file on a second descriptor. Sled may panic on damaged files: here that is an error.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Entry, Store, StoreError, Walk, keys};

/// How a store on disk is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DiskOptions {
    /// Bytes of pages that sled keeps in memory (expect it to take somewhat more).
    pub cache_bytes: u64,
}

impl Default for DiskOptions {
    fn default() -> Self {
        Self { cache_bytes: 64 << 20 }
    }
}

/// A [`Store`] on the disk.
pub struct DiskStore {
    path: PathBuf,
    db: sled::Db,
    file: File,
    /// Dropped last, when sled has let go of its files.
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

impl std::fmt::Debug for DiskStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DiskStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl DiskStore {
    /// Opens the store in `path`, or makes a new one there.
    pub fn open(path: &Path, options: &DiskOptions) -> Result<Self, StoreError> {
        std::fs::create_dir_all(path).map_err(|source| io("create", path, source))?;
        let config =
            sled::Config::new().path(path).cache_capacity(options.cache_bytes).flush_every_ms(None);
        let db = catch_unwind(AssertUnwindSafe(|| config.open()))
            .map_err(|_| StoreError::Damaged { path: path.to_path_buf() })?
            .map_err(|source| StoreError::Sled {
                action: "open",
                path: path.to_path_buf(),
                source,
            })?;
        let name = path.join("db");
        let file = File::open(&name).map_err(|source| io("open", &name, source))?;
        for folder in [Some(path), path.parent()].into_iter().flatten() {
            let opened = File::open(folder).map_err(|source| io("open", folder, source))?;
            opened.sync_all().map_err(|source| io("sync", folder, source))?;
        }
        let remains = Remains { path: path.to_path_buf(), given_up: AtomicBool::new(false) };
        Ok(Self { path: path.to_path_buf(), db, file, remains })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn guard<T>(
        &self,
        action: &'static str,
        f: impl FnOnce() -> Result<T, sled::Error>,
    ) -> Result<T, StoreError> {
        catch_unwind(AssertUnwindSafe(f))
            .map_err(|_| StoreError::Damaged { path: self.path.clone() })?
            .map_err(|source| StoreError::Sled { action, path: self.path.clone(), source })
    }
}

fn io(action: &'static str, path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io { action, path: path.to_path_buf(), source }
}

impl Store for DiskStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.guard("read", || self.db.get(key)).map(|found| found.map(|value| value.to_vec()))
    }

    fn put(&self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.guard("write", || self.db.insert(key, value)).map(drop)
    }

    fn remove(&self, key: &[u8]) -> Result<(), StoreError> {
        self.guard("write", || self.db.remove(key)).map(drop)
    }

    fn entries(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let (start, end) = keys::bounds(prefix, after, walk);
        if keys::is_empty(&start, &end) {
            return Ok(Vec::new());
        }
        let owned = |entry: sled::Result<(sled::IVec, sled::IVec)>| {
            entry.map(|(key, value)| (key.to_vec(), value.to_vec()))
        };
        self.guard("read", || {
            let range = self.db.range((start, end));
            match walk {
                Walk::Forward => range.take(limit).map(owned).collect(),
                Walk::Backward => range.rev().take(limit).map(owned).collect(),
            }
        })
    }

    fn write_out(&self) -> Result<(), StoreError> {
        self.guard("flush", || self.db.flush()).map(drop)
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.write_out()?;
        self.file.sync_data().map_err(|source| io("sync", &self.path.join("db"), source))
    }

    fn give_up(&self) {
        self.remains.given_up.store(true, Ordering::Release);
    }

    fn bytes(&self) -> u64 {
        self.db.size_on_disk().unwrap_or(0)
    }
}
