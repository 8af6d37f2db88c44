//! One live volume on sled: blocks under their first position, nothing else.
//!
//! Before each block stands how far the log was synced when it was written: what a power cut took
//! from the last batch can then be told from what should be there.
//!
//! Owns what makes sled durable: `flush`, then an `fdatasync` of our own on its file (sled's flush
//! ends in `sync_file_range`). Plain inserts only: `apply_batch` takes a process-wide lock. Sled's
//! panics are caught and become errors. Must not know what is in a block.

use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;

use crate::error::LogError;
use crate::files::{io_error, sync_folder};
use crate::hooks::{Hooks, Step};
use crate::ids::Position;

/// Blocks are at most 30 KiB: see [`crate::MAX_BLOCK_BYTES`].
const SEGMENT_BYTES: usize = 2 * 1024 * 1024;

/// How much of a retired volume's file is freed at a time.
const SHRINK_BYTES: u64 = 16 * 1024 * 1024;

/// A sled database with one tree of blocks.
pub(crate) struct SledVolume {
    folder: PathBuf,
    /// Taken out only when dropped.
    db: Option<sled::Db>,
    /// A second descriptor of sled's file, for the sync that it does not do.
    file: File,
    hooks: Arc<dyn Hooks>,
    /// The folder goes when the last reader lets go.
    retired: AtomicBool,
}

impl SledVolume {
    /// Makes a new one in `folder`. It appears there complete and synced, or not at all.
    pub(crate) fn create(
        folder: &Path,
        cache_bytes: u64,
        hooks: Arc<dyn Hooks>,
    ) -> Result<Self, LogError> {
        hooks.before(Step::CreateVolume).map_err(io_error("create", folder))?;
        let fresh = folder.with_extension("sled-new");
        if fresh.exists() {
            fs::remove_dir_all(&fresh).map_err(io_error("remove", &fresh))?;
        }
        drop(open_db(&fresh, cache_bytes)?);
        for name in ["db", "conf"] {
            let path = fresh.join(name);
            let file = File::open(&path).map_err(io_error("open", &path))?;
            file.sync_all().map_err(io_error("sync", &path))?;
        }
        sync_folder(&fresh)?;
        fs::rename(&fresh, folder).map_err(io_error("rename into place", folder))?;
        folder.parent().map_or(Ok(()), sync_folder)?;
        Self::open(folder, cache_bytes, hooks)
    }

    /// Opens one that is there.
    pub(crate) fn open(
        folder: &Path,
        cache_bytes: u64,
        hooks: Arc<dyn Hooks>,
    ) -> Result<Self, LogError> {
        remove_unfinished_snapshots(folder)?;
        let db = open_db(folder, cache_bytes)?;
        let path = folder.join("db");
        let file = File::options().read(true).write(true).open(&path);
        let file = file.map_err(io_error("open", &path))?;
        let retired = AtomicBool::new(false);
        Ok(Self { folder: folder.to_path_buf(), db: Some(db), file, hooks, retired })
    }

    fn db(&self) -> Result<&sled::Db, LogError> {
        self.db.as_ref().ok_or_else(|| LogError::corrupt("a volume that was let go"))
    }

    /// Hands a block to sled, with how far the log is synced now. Not durable before
    /// [`Self::sync`].
    pub(crate) fn insert(
        &self,
        first: Position,
        synced: Position,
        block: &[u8],
    ) -> Result<(), LogError> {
        self.hooks.before(Step::Insert).map_err(io_error("write a block to", &self.folder))?;
        let db = self.db()?;
        let value = [synced.0.to_be_bytes().as_slice(), block].concat();
        caught("write a block to", || db.insert(first.0.to_be_bytes(), value)).map(drop)
    }

    /// Takes blocks out again that belong to an unfinished commit.
    pub(crate) fn remove(&self, first: Position) -> Result<(), LogError> {
        let db = self.db()?;
        caught("drop an unfinished commit of", || db.remove(first.0.to_be_bytes())).map(drop)
    }

    /// Makes everything inserted so far durable.
    pub(crate) fn sync(&self) -> Result<(), LogError> {
        self.hooks.before(Step::Flush).map_err(io_error("flush", &self.folder))?;
        let db = self.db()?;
        caught("flush", || db.flush())?;
        self.hooks.before(Step::SyncVolume).map_err(io_error("sync", &self.folder))?;
        self.file.sync_data().map_err(io_error("sync", &self.folder))
    }

    /// The stored bytes of the block that begins at `first`.
    pub(crate) fn get(&self, first: Position) -> Result<Option<Bytes>, LogError> {
        let db = self.db()?;
        let value = caught("read", || db.get(first.0.to_be_bytes()))?;
        value.map(|value| split(value).map(|(_, block)| block)).transpose()
    }

    /// All blocks in order.
    pub(crate) fn blocks(
        &self,
    ) -> Result<impl Iterator<Item = Result<SledBlock, LogError>> + use<>, LogError> {
        let mut entries = self.db()?.iter();
        Ok(std::iter::from_fn(move || {
            let entry = caught("read", || entries.next().transpose()).transpose()?;
            Some(entry.and_then(|(key, value)| {
                let key: [u8; 8] = key
                    .as_ref()
                    .try_into()
                    .map_err(|_| LogError::corrupt("a key that is not a position"))?;
                let (synced, stored) = split(value)?;
                Ok(SledBlock { first: Position(u64::from_be_bytes(key)), synced, stored })
            }))
        }))
    }

    /// Frees the file's space in steps: a file system may stall others while it frees much at once.
    fn shrink(&self) -> std::io::Result<()> {
        let mut size = self.disk_bytes();
        while size > 0 {
            size = size.saturating_sub(SHRINK_BYTES);
            self.file.set_len(size)?;
        }
        Ok(())
    }

    /// Bytes on the disk.
    pub(crate) fn disk_bytes(&self) -> u64 {
        self.file.metadata().map_or(0, |meta| meta.len())
    }

    /// The folder is not needed any more: it is removed once nobody reads from it.
    pub(crate) fn retire(&self) {
        self.retired.store(true, Ordering::SeqCst);
    }
}

/// A value as sled has it.
pub(crate) struct SledBlock {
    /// The key.
    pub(crate) first: Position,
    /// How far the log was synced when the block was written.
    pub(crate) synced: Position,
    pub(crate) stored: Bytes,
}

fn split(value: sled::IVec) -> Result<(Position, Bytes), LogError> {
    let value = Bytes::from_owner(value);
    let synced = value.first_chunk::<8>().copied();
    let synced = synced.ok_or_else(|| LogError::corrupt("a value that is too short"))?;
    Ok((Position(u64::from_be_bytes(synced)), value.slice(8..)))
}

impl Drop for SledVolume {
    fn drop(&mut self) {
        let db = self.db.take();
        if catch_unwind(AssertUnwindSafe(|| drop(db))).is_err() {
            tracing::warn!("sled panicked while closing a volume");
        }
        if self.retired.load(Ordering::SeqCst) {
            // What is left here is removed at the next open.
            if let Err(error) = self.shrink().and_then(|()| fs::remove_dir_all(&self.folder)) {
                tracing::warn!(%error, "could not remove a closed volume's sled folder");
            }
        }
    }
}

fn open_db(folder: &Path, cache_bytes: u64) -> Result<sled::Db, LogError> {
    let config = sled::Config::new()
        .path(folder)
        .cache_capacity(cache_bytes)
        .segment_size(SEGMENT_BYTES)
        .flush_every_ms(None);
    // A thread of sled's may keep its lock for a moment after a database was dropped, such as the
    // one just made. Nobody else can have it: the lock on the log is ours.
    let mut patience = 500_u32;
    loop {
        match caught("open", || config.open()) {
            Err(LogError::Sled { source: sled::Error::Io(error), .. })
                if patience > 0 && error.to_string().starts_with("could not acquire lock") =>
            {
                patience -= 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            opened => return opened,
        }
    }
}

/// A crash can leave half a snapshot that sled then fails to open; it is rebuilt without.
fn remove_unfinished_snapshots(folder: &Path) -> Result<(), LogError> {
    for entry in fs::read_dir(folder).map_err(io_error("list", folder))? {
        let path = entry.map_err(io_error("list", folder))?.path();
        if path.extension().is_some_and(|extension| extension == "generating") {
            fs::remove_file(&path).map_err(io_error("remove", &path))?;
        }
    }
    Ok(())
}

/// Sled panics on bytes that it does not expect; to us that is a volume that cannot be used.
fn caught<T>(
    action: &'static str,
    call: impl FnOnce() -> Result<T, sled::Error>,
) -> Result<T, LogError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(source)) => Err(LogError::Sled { action, source }),
        Err(_) => Err(LogError::corrupt("an active volume at which sled panicked")),
    }
}
