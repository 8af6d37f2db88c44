//! One vault file on the disk: created whole, appended to, replaced whole.
//!
//! Guarantees that what [`VaultFile::append`] and [`VaultFile::create`] answered is on the disk, and
//! that a crash leaves either the old file or the new one. A replaced file is overwritten with zeros
//! before its last handle goes, as far as the disk lets us.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::entry::Entry;
use crate::error::VaultError;
use crate::frame::{Sealer, scan};
use crate::fresh::{Fresh, put_in_place};
use crate::header::Header;
use crate::master::MasterKey;

/// Bytes overwritten at a time.
const CHUNK: usize = 1 << 20;

/// An open vault file.
pub(crate) struct VaultFile {
    path: PathBuf,
    file: File,
    header: Header,
    sealer: Sealer,
    count: u64,
    len: u64,
}

/// Frames ready to be appended to a file and its copies.
pub(crate) struct Batch {
    bytes: Vec<u8>,
    entries: u64,
}

impl VaultFile {
    /// Writes a new file under `path`, replacing what is there.
    pub(crate) fn create(
        path: &Path,
        header: Header,
        master: &MasterKey,
        entries: &[Entry],
    ) -> Result<Self, VaultError> {
        let mut fresh = Fresh::start(&[path], header, master)?;
        fresh.push(entries)?;
        let mut files = fresh.finish(header.base_generation)?;
        files.pop().ok_or(VaultError::Crypto { action: "open the file that was just written" })
    }

    /// A file that is open and whole: `len` bytes, all of its entries those of the header.
    pub(crate) const fn assemble(
        path: PathBuf,
        file: File,
        header: Header,
        sealer: Sealer,
        len: u64,
    ) -> Self {
        Self { path, file, header, sealer, count: header.base_count, len }
    }

    /// Reads a file without touching it: header, generation, entries.
    pub(crate) fn read(
        path: &Path,
        master: &MasterKey,
    ) -> Result<(Header, u64, Vec<Entry>), VaultError> {
        let bytes = std::fs::read(path).map_err(VaultError::io("read", path))?;
        let (header, keys) = Header::decode(&bytes, master, path)?;
        let frames = bytes.get(Header::LEN..).unwrap_or_default();
        let found = scan(frames, &Sealer::new(&keys.0), header.base_count, path)?;
        let later = found.entries.len() - usize::try_from(header.base_count).unwrap_or(0);
        let generation = header.base_generation + u64::try_from(later).unwrap_or(u64::MAX);
        Ok((header, generation, found.entries))
    }

    /// Opens a file and reads its entries; drops a tail that was never acknowledged.
    pub(crate) fn open(path: &Path, master: &MasterKey) -> Result<(Self, Vec<Entry>), VaultError> {
        let bytes = std::fs::read(path).map_err(VaultError::io("read", path))?;
        let (header, keys) = Header::decode(&bytes, master, path)?;
        let sealer = Sealer::new(&keys.0);
        let frames = bytes.get(Header::LEN..).unwrap_or_default();
        let found = scan(frames, &sealer, header.base_count, path)?;
        let file = open_options().open(path).map_err(VaultError::io("open", path))?;
        file.set_permissions(Permissions::from_mode(0o600))
            .map_err(VaultError::io("protect", path))?;
        let len = u64::try_from(Header::LEN + found.valid_len).unwrap_or(u64::MAX);
        if found.valid_len < frames.len() {
            tracing::warn!(
                bytes = frames.len() - found.valid_len,
                "the vault ended in a write that was never acknowledged; dropped it"
            );
            file.set_len(len).map_err(VaultError::io("shorten", path))?;
        }
        // What was read may still be only in the page cache of the process that crashed.
        file.sync_all().map_err(VaultError::io("sync", path))?;
        let count = u64::try_from(found.entries.len()).unwrap_or(u64::MAX);
        let opened = Self { path: path.to_path_buf(), file, header, sealer, count, len };
        Ok((opened, found.entries))
    }

    /// The header.
    pub(crate) const fn header(&self) -> &Header {
        &self.header
    }

    /// The generation of what is in the file.
    pub(crate) const fn generation(&self) -> u64 {
        self.header.base_generation + (self.count - self.header.base_count)
    }

    /// Encrypts entries for [`Self::append`].
    pub(crate) fn batch(&self, entries: &[Entry]) -> Result<Batch, VaultError> {
        let mut bytes = Vec::with_capacity(128 + entries.len() * 96);
        self.sealer.push(&mut bytes, self.count, self.count, entries)?;
        Ok(Batch { bytes, entries: u64::try_from(entries.len()).unwrap_or(u64::MAX) })
    }

    /// Writes and syncs. After an error the file must not be used again.
    pub(crate) fn append(&mut self, batch: &Batch) -> Result<(), VaultError> {
        crash_point("before append", &self.path)?;
        self.file
            .write_all_at(&batch.bytes, self.len)
            .map_err(VaultError::io("write", &self.path))?;
        crash_point("before sync", &self.path)?;
        self.file.sync_data().map_err(VaultError::io("sync", &self.path))?;
        self.len += u64::try_from(batch.bytes.len()).unwrap_or(u64::MAX);
        self.count += batch.entries;
        Ok(())
    }

    /// Copies this file, byte for byte, to `path`, and opens the copy.
    pub(crate) fn copy_to(&self, path: &Path, master: &MasterKey) -> Result<Self, VaultError> {
        let temp = temporary(path);
        let bytes = std::fs::read(&self.path).map_err(VaultError::io("read", &self.path))?;
        let mut file = open_options()
            .create(true)
            .truncate(true)
            .open(&temp)
            .map_err(VaultError::io("create", &temp))?;
        file.write_all(&bytes).map_err(VaultError::io("write", &temp))?;
        file.sync_all().map_err(VaultError::io("sync", &temp))?;
        put_in_place(&temp, path)?;
        let sealer = Sealer::new(&self.header.keys(master)?.0);
        let (path, header) = (path.to_path_buf(), self.header);
        Ok(Self { path, file, header, sealer, count: self.count, len: self.len })
    }
}

/// Overwrites `len` bytes with zeros.
pub(crate) fn scrub(file: &File, len: u64) {
    let zeros = vec![0; CHUNK];
    let mut at = 0;
    while at < len {
        let n = usize::try_from(len - at).unwrap_or(CHUNK).min(CHUNK);
        let Some(chunk) = zeros.get(..n) else { return };
        if file.write_all_at(chunk, at).is_err() {
            tracing::warn!("could not overwrite the replaced vault file");
            return;
        }
        at += u64::try_from(n).unwrap_or(u64::MAX);
    }
    if file.sync_data().is_err() {
        tracing::warn!("could not sync the overwritten vault file");
    }
}

/// Overwrites and removes a file; fine if there is none.
pub(crate) fn scrub_and_remove(path: &Path) -> Result<(), VaultError> {
    let file = match OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(VaultError::io("open", path)(e)),
    };
    let len = file.metadata().map_err(VaultError::io("measure", path))?.len();
    scrub(&file, len);
    std::fs::remove_file(path).map_err(VaultError::io("remove", path))?;
    sync_folder(path)
}

/// Where a file is written before it gets its name.
pub(crate) fn temporary(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    path.with_file_name(name)
}

pub(crate) fn open_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

/// Makes the folder of `path` (0700) if it is missing.
pub(crate) fn make_folder(path: &Path) -> Result<(), VaultError> {
    let folder = folder(path);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(VaultError::io("create", folder))
}

/// Makes a rename, creation or removal in the folder of `path` durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), VaultError> {
    let folder = folder(path);
    File::open(folder).and_then(|f| f.sync_all()).map_err(VaultError::io("sync", folder))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A place where tests let the process "die".
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "tests make it fail")]
pub(crate) const fn crash_point(_name: &'static str, _path: &Path) -> Result<(), VaultError> {
    Ok(())
}

#[cfg(test)]
pub(crate) use faults::crash_point;
#[cfg(test)]
pub(crate) use faults::{crash_at, crash_reached};

#[cfg(test)]
mod faults {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static CRASH_AT: Cell<Option<&'static str>> = const { Cell::new(None) };
    }

    /// The next pass of this thread through the point fails.
    pub(crate) fn crash_at(name: &'static str) {
        CRASH_AT.set(Some(name));
    }

    /// Whether the point was reached since.
    pub(crate) fn crash_reached() -> bool {
        CRASH_AT.get().is_none()
    }

    pub(crate) fn crash_point(name: &'static str, path: &Path) -> Result<(), VaultError> {
        if CRASH_AT.get() == Some(name) {
            CRASH_AT.set(None);
            return Err(VaultError::io("survive at", path)(std::io::Error::other(name)));
        }
        Ok(())
    }
}
