//! Content too large for a record: one file each, named by the hash of its (sealed) bytes.
//!
//! A blob is on the disk, its folder's entry included, before [`BlobStore::put`] returns, so that a
//! commit can name it. Files are never changed; the same bytes are kept once.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::error::LogError;
use crate::record::BlobRef;

/// A folder of blobs.
#[derive(Debug)]
pub struct BlobStore {
    dir: PathBuf,
    unfinished: AtomicU64,
}

impl BlobStore {
    /// The store in `dir`, made if it is not there; unfinished files of an earlier run are removed.
    pub fn open(dir: &Path) -> Result<Self, LogError> {
        fs::create_dir_all(dir).map_err(io("create", dir))?;
        for entry in fs::read_dir(dir).map_err(io("list", dir))? {
            let path = entry.map_err(io("list", dir))?.path();
            if path.extension().is_some_and(|extension| extension == "tmp") {
                fs::remove_file(&path).map_err(io("remove", &path))?;
            }
        }
        sync_dir(dir)?;
        Ok(Self { dir: dir.to_owned(), unfinished: AtomicU64::new(0) })
    }

    /// Keeps `bytes`; they are durable when this returns.
    pub fn put(&self, bytes: &[u8]) -> Result<BlobRef, LogError> {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        let blob = BlobRef { hash, len: u64::try_from(bytes.len()).unwrap_or(u64::MAX) };
        let path = self.path(&blob);
        if path.exists() {
            return Ok(blob);
        }
        let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.dir.join(format!("{number}.tmp"));
        let mut file = File::create(&unfinished).map_err(io("create", &unfinished))?;
        file.write_all(bytes).map_err(io("write", &unfinished))?;
        file.sync_all().map_err(io("sync", &unfinished))?;
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder).map_err(io("create", folder))?;
        fs::rename(&unfinished, &path).map_err(io("rename", &path))?;
        sync_dir(folder)?;
        sync_dir(&self.dir)?;
        Ok(blob)
    }

    /// The bytes, checked against their hash.
    pub fn get(&self, blob: &BlobRef) -> Result<Bytes, LogError> {
        let path = self.path(blob);
        let bytes = fs::read(&path).map_err(io("read", &path))?;
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        if hash != blob.hash {
            return Err(LogError::corrupt(format!(
                "another blob under the name {}",
                hex::encode(blob.hash)
            )));
        }
        Ok(Bytes::from(bytes))
    }

    /// Every blob there is, for checks.
    pub fn list(&self) -> Result<Vec<PathBuf>, LogError> {
        let mut found = Vec::new();
        for folder in fs::read_dir(&self.dir).map_err(io("list", &self.dir))? {
            let folder = folder.map_err(io("list", &self.dir))?.path();
            if folder.is_dir() {
                for file in fs::read_dir(&folder).map_err(io("list", &folder))? {
                    found.push(file.map_err(io("list", &folder))?.path());
                }
            }
        }
        found.sort();
        Ok(found)
    }

    fn path(&self, blob: &BlobRef) -> PathBuf {
        let name = hex::encode(blob.hash);
        let folder = name.get(..2).unwrap_or_default();
        self.dir.join(folder).join(&name)
    }
}

fn sync_dir(dir: &Path) -> Result<(), LogError> {
    File::open(dir).and_then(|folder| folder.sync_all()).map_err(io("sync", dir))
}

fn io(action: &'static str, path: &Path) -> impl Fn(std::io::Error) -> LogError {
    let path = path.to_owned();
    move |source| LogError::Io { action, path: path.clone(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_comes_back_and_a_changed_file_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let store = BlobStore::open(dir.path()).unwrap();
        let blob = store.put(b"some bytes").unwrap();
        assert_eq!(store.put(b"some bytes").unwrap(), blob);
        assert_eq!(&store.get(&blob).unwrap()[..], b"some bytes");
        assert_eq!(store.list().unwrap().len(), 1);
        fs::write(store.path(&blob), b"other bytes").unwrap();
        assert!(store.get(&blob).is_err());
    }

    #[test]
    fn an_unfinished_file_is_removed_when_the_store_opens() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("7.tmp"), b"half").unwrap();
        BlobStore::open(dir.path()).unwrap();
        assert!(!dir.path().join("7.tmp").exists());
    }
}
