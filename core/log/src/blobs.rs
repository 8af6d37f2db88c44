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
use crate::files::{create_folder, io_error, remove_if_there, sync_folder};
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
        let mut writer = self.begin()?;
        writer.write(content)?;
        writer.finish()
    }

    /// Begins a blob that comes in parts.
    pub fn begin(&self) -> Result<BlobWriter, LogError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.unfinished.join(number.to_string());
        let file = File::create(&path).map_err(io_error("create", &path))?;
        Ok(BlobWriter { root: self.root.clone(), path, file, hash: Sha256::new(), len: 0 })
    }

    /// A blob to be read in parts. Whoever reads it must tell by what is read whether it is what was
    /// stored: only its length is looked at.
    ///
    /// # Errors
    /// [`LogError::Io`] if it is not here, [`LogError::Corrupt`] if it has another length.
    pub fn open_file(&self, blob: &BlobRef) -> Result<File, LogError> {
        let path = self.path(blob);
        let file = File::open(&path).map_err(io_error("open the blob", &path))?;
        let there = file.metadata().map_err(io_error("look at the blob", &path))?;
        if there.len() != blob.len {
            let what = format!("a blob of another length ({})", hex::encode(blob.hash));
            return Err(LogError::corrupt(what));
        }
        Ok(file)
    }

    /// Removes a blob that nobody can read any more; one that is not here is gone already.
    pub fn remove(&self, blob: &BlobRef) -> Result<(), LogError> {
        remove_if_there(&self.path(blob))
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
        place(&self.root, blob)
    }
}

fn place(root: &Path, blob: &BlobRef) -> PathBuf {
    let name = hex::encode(blob.hash);
    root.join(name.get(..2).unwrap_or_default()).join(name)
}

/// A blob while it is written. Dropped before it is finished, it leaves nothing behind.
#[derive(Debug)]
pub struct BlobWriter {
    root: PathBuf,
    path: PathBuf,
    file: File,
    hash: Sha256,
    len: u64,
}

impl BlobWriter {
    /// Adds a part.
    pub fn write(&mut self, part: &[u8]) -> Result<(), LogError> {
        self.file.write_all(part).map_err(io_error("write", &self.path))?;
        self.hash.update(part);
        self.len = self.len.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// That was all: returns once it is durable.
    pub fn finish(self) -> Result<BlobRef, LogError> {
        let blob = BlobRef { hash: self.hash.clone().finalize().into(), len: self.len };
        let path = place(&self.root, &blob);
        let folder = path.parent().unwrap_or(&self.root);
        create_folder(folder)?;
        if !fs::metadata(&path).is_ok_and(|there| there.len() == blob.len) {
            self.file.sync_all().map_err(io_error("sync", &self.path))?;
            fs::rename(&self.path, &path).map_err(io_error("rename into place", &path))?;
        }
        // Also when it was there: whoever put it may not have come to this yet.
        sync_folder(folder)?;
        Ok(blob)
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        // What was renamed into place is not here any more; what cannot be removed is forgotten when
        // the store is opened again.
        remove_if_there(&self.path).ok();
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
    fn what_comes_in_parts_is_one_blob_and_what_is_given_up_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = BlobStore::open(dir.path()).unwrap();
        let mut writer = store.begin().unwrap();
        for part in [b"con".as_slice(), b"", b"tent"] {
            writer.write(part).unwrap();
        }
        let blob = writer.finish().unwrap();
        assert_eq!(store.get(&blob).unwrap(), "content");
        let mut given_up = store.begin().unwrap();
        given_up.write(b"half").unwrap();
        drop(given_up);
        assert_eq!(fs::read_dir(&store.unfinished).unwrap().count(), 0);
        assert_eq!(store.list().unwrap().len(), 1);
        let mut read = String::new();
        std::io::Read::read_to_string(&mut store.open_file(&blob).unwrap(), &mut read).unwrap();
        assert_eq!(read, "content");
        store.remove(&blob).unwrap();
        store.remove(&blob).unwrap();
        assert!(store.open_file(&blob).is_err());
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
