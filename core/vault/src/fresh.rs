//! A vault file in the making, in one or two places at once.
//!
//! It is written beside the old file, which stays in use meanwhile; only [`Fresh::finish`] gives it
//! the name. A crash before leaves the old file, a crash after leaves the new one.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::entry::Entry;
use crate::error::VaultError;
use crate::file::{VaultFile, crash_point, open_options, scrub, sync_folder, temporary};
use crate::frame::Sealer;
use crate::header::{FileKeys, Header};
use crate::master::MasterKey;

/// Bytes written at a time.
const CHUNK: usize = 1 << 20;
/// Entries encrypted at a time.
const ENTRIES: usize = 8_192;

pub(crate) struct Fresh {
    places: Vec<(PathBuf, File)>,
    header: Header,
    keys: FileKeys,
    sealer: Sealer,
    chunk: Vec<u8>,
    count: u64,
    len: u64,
}

impl Fresh {
    /// Starts a file that will be at all of `paths`. Generation and count of the header come last.
    pub(crate) fn start(
        paths: &[&Path],
        header: Header,
        master: &MasterKey,
    ) -> Result<Self, VaultError> {
        let mut places = Vec::with_capacity(paths.len());
        for path in paths {
            let temp = temporary(path);
            let file = open_options()
                .create(true)
                .truncate(true)
                .open(&temp)
                .map_err(VaultError::io("create", &temp))?;
            places.push((path.to_path_buf(), file));
        }
        let keys = header.keys(master)?;
        let sealer = Sealer::new(&keys.0);
        let chunk = vec![0; Header::LEN];
        Ok(Self { places, header, keys, sealer, chunk, count: 0, len: 0 })
    }

    /// Adds entries; a later one replaces an earlier one of the same name.
    pub(crate) fn push(&mut self, entries: &[Entry]) -> Result<(), VaultError> {
        for some in entries.chunks(ENTRIES) {
            self.sealer.push(&mut self.chunk, self.count, 0, some)?;
            self.count += u64::try_from(some.len()).unwrap_or(u64::MAX);
            if self.chunk.len() >= CHUNK {
                self.write()?;
            }
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), VaultError> {
        for (path, file) in &mut self.places {
            file.write_all(&self.chunk).map_err(VaultError::io("write", path))?;
        }
        self.len += u64::try_from(self.chunk.len()).unwrap_or(u64::MAX);
        self.chunk.clear();
        Ok(())
    }

    /// Brings what was added so far to the disk, so that [`Self::finish`] has little left to do.
    pub(crate) fn settle(&mut self) -> Result<(), VaultError> {
        self.write()?;
        for (path, file) in &self.places {
            crash_point("before the new file is synced", path)?;
            file.sync_data().map_err(VaultError::io("sync", path))?;
        }
        Ok(())
    }

    /// Makes the file whole, durable and the one with the name, in each place in their order. What
    /// had the name before is overwritten.
    pub(crate) fn finish(mut self, generation: u64) -> Result<Vec<VaultFile>, VaultError> {
        self.write()?;
        self.header.base_generation = generation;
        self.header.base_count = self.count;
        let header = self.header.encode(&self.keys);
        for (path, file) in &self.places {
            file.write_all_at(&header, 0).map_err(VaultError::io("write", path))?;
            file.sync_all().map_err(VaultError::io("sync", path))?;
        }
        let mut files = Vec::with_capacity(self.places.len());
        for (path, file) in self.places {
            put_in_place(&temporary(&path), &path)?;
            let sealer = Sealer::new(&self.keys.0);
            files.push(VaultFile::assemble(path, file, self.header, sealer, self.len));
        }
        Ok(files)
    }
}

/// Gives a whole, synced file its name; what had the name before is overwritten with zeros once the
/// change is durable. Best effort: a copy-on-write disk keeps the old bytes until it needs the room,
/// and then the master key is what protects them.
pub(crate) fn put_in_place(temp: &Path, path: &Path) -> Result<(), VaultError> {
    let old = match OpenOptions::new().write(true).open(path) {
        Ok(old) => Some(old),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
        Err(e) => return Err(VaultError::io("open", path)(e)),
    };
    crash_point("before rename", temp)?;
    std::fs::rename(temp, path).map_err(VaultError::io("replace", path))?;
    crash_point("after rename", path)?;
    sync_folder(path)?;
    if let Some(old) = old {
        let len = old.metadata().map_err(VaultError::io("measure", path))?.len();
        scrub(&old, len);
    }
    Ok(())
}
