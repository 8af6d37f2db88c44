//! Blobs: content too large for a record, one file each, named by its SHA-256.
//!
//! A blob is on the disk, name and all, before it is named by a commit. Content is what the caller
//! gives (sealed bytes); the same content is stored once. Reading checks the hash.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::error::LogError;
use crate::files::{create_folder, io_error, sync_folder};
use crate::record::BlobRef;

/// Files under `blobs/ab/…`, by hash.
#[derive(Debug)]
pub struct BlobStore {
    root: PathBuf,
    unfinished: PathBuf,
    next: AtomicU64,
}

impl BlobStore {
    /// Opens the store in `root`, making it if need be; forgets writes that a crash cut short.
    pub fn open(root: &Path) -> Result<Self, LogError> {
        let unfinished = root.join("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(io_error("clear", &unfinished))?;
        }
        create_folder(&unfinished)?;
        Ok(Self { root: root.to_path_buf(), unfinished, next: AtomicU64::new(0) })
    }

    /// Stores `content` and returns once it is durable.
    pub fn put(&self, content: &[u8]) -> Result<BlobRef, LogError> {
        let hash: [u8; 32] = Sha256::digest(content).into();
        let blob = BlobRef { hash, len: u64::try_from(content.len()).unwrap_or(u64::MAX) };
        let path = self.path(&blob);
        let folder = path.parent().unwrap_or(&self.root);
        create_folder(folder)?;
        if !fs::metadata(&path).is_ok_and(|there| there.len() == blob.len) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let fresh = self.unfinished.join(number.to_string());
            let mut file = File::create(&fresh).map_err(io_error("create", &fresh))?;
            file.write_all(content).map_err(io_error("write", &fresh))?;
            file.sync_all().map_err(io_error("sync", &fresh))?;
            fs::rename(&fresh, &path).map_err(io_error("rename into place", &path))?;
        }
        // Also when it was there: whoever put it may not have come to this yet.
        sync_folder(folder)?;
        Ok(blob)
    }

    /// The content.
    ///
    /// # Errors
    /// [`LogError::Io`] if it is not here, [`LogError::Corrupt`] if it is not what was stored.
    pub fn get(&self, blob: &BlobRef) -> Result<Bytes, LogError> {
        let path = self.path(blob);
        let content = fs::read(&path).map_err(io_error("read the blob", &path))?;
        let hash: [u8; 32] = Sha256::digest(&content).into();
        if hash != blob.hash || u64::try_from(content.len()) != Ok(blob.len) {
            let what = format!("a blob that is not as it was stored ({})", hex::encode(blob.hash));
            return Err(LogError::corrupt(what));
        }
        Ok(Bytes::from(content))
    }

    /// The files of all blobs, sorted, for checks.
    pub fn list(&self) -> Result<Vec<PathBuf>, LogError> {
        let mut found = Vec::new();
        for folder in names_in(&self.root)?.into_iter().filter(|path| *path != self.unfinished) {
            found.extend(names_in(&folder)?);
        }
        found.sort();
        Ok(found)
    }

    fn path(&self, blob: &BlobRef) -> PathBuf {
        let name = hex::encode(blob.hash);
        self.root.join(name.get(..2).unwrap_or_default()).join(name)
    }
}

fn names_in(folder: &Path) -> Result<Vec<PathBuf>, LogError> {
    let entries = fs::read_dir(folder).map_err(io_error("list", folder))?;
    entries.map(|entry| entry.map(|e| e.path()).map_err(io_error("list", folder))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_can_be_got_also_later() {
        let dir = tempfile::tempdir().unwrap();
        let store = BlobStore::open(dir.path()).unwrap();
        let blob = store.put(b"content").unwrap();
        assert_eq!(blob.len, 7);
        assert_eq!(store.put(b"content").unwrap(), blob);
        assert_eq!(store.get(&blob).unwrap(), "content");
        let store = BlobStore::open(dir.path()).unwrap();
        assert_eq!(store.get(&blob).unwrap(), "content");
        assert_eq!(store.list().unwrap(), [store.path(&blob)]);
        let missing = store.get(&BlobRef { hash: [0; 32], len: 1 });
        assert!(matches!(missing, Err(LogError::Io { .. })));
    }

    #[test]
    fn a_changed_or_shortened_blob_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let store = BlobStore::open(dir.path()).unwrap();
        let blob = store.put(b"content").unwrap();
        for broken in [b"CONTENT".as_slice(), b"cont"] {
            fs::write(store.path(&blob), broken).unwrap();
            assert!(matches!(store.get(&blob), Err(LogError::Corrupt { .. })));
        }
        // Putting it again heals what is short.
        store.put(b"content").unwrap();
        assert_eq!(store.get(&blob).unwrap(), "content");
    }

    #[test]
    fn an_unfinished_write_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let store = BlobStore::open(dir.path()).unwrap();
        fs::write(store.unfinished.join("0"), b"half").unwrap();
        BlobStore::open(dir.path()).unwrap();
        assert_eq!(fs::read_dir(dir.path().join("unfinished")).unwrap().count(), 0);
    }
}
