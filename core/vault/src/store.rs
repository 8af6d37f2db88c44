//! The vault file, its mirror and its lock, kept together by whoever writes.
//!
//! Guarantees that both places hold what was answered, the file first, so that a mirror can only be
//! ahead if the file lost something, and then opening refuses.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::entry::Entry;
use crate::error::VaultError;
use crate::file::{VaultFile, make_folder, scrub_and_remove, sync_folder, temporary};
use crate::fresh::Fresh;
use crate::header::Header;
use crate::master::MasterKey;

/// Where a vault lies and what opens it.
#[derive(Debug)]
pub struct Location<'a> {
    /// The vault file; its folder is made if missing.
    pub path: &'a Path,
    /// A second place for the same bytes, on another disk. Best outside every log backup.
    pub mirror: Option<&'a Path>,
}

pub(crate) struct Store {
    main: VaultFile,
    mirror: Option<VaultFile>,
    path: PathBuf,
    mirror_path: Option<PathBuf>,
    master: MasterKey,
    // Held for as long as the store lives; another process is refused.
    _lock: File,
}

impl Store {
    /// Opens or, if the log needs none yet, creates the file; brings the mirror up to it.
    pub(crate) fn open(
        at: &Location<'_>,
        master: &MasterKey,
        min_generation: u64,
    ) -> Result<(Self, Vec<Entry>), VaultError> {
        make_folder(at.path)?;
        let lock = lock(at.path)?;
        // A rewrite that a crash cut short: the file itself is still the old, whole one.
        scrub_and_remove(&temporary(at.path))?;
        let (main, entries) = if exists(at.path)? {
            VaultFile::open(at.path, master)?
        } else if min_generation > 0 || mirror_exists(at)? {
            let (path, needed) = (at.path.to_path_buf(), min_generation.max(1));
            return Err(VaultError::Missing { path, needed });
        } else {
            let header = Header::new(Uuid::from_bytes(crate::key::random()), 1, 1, 0, 0);
            (VaultFile::create(at.path, header, master, &[])?, Vec::new())
        };
        sync_folder(at.path)?;
        if main.header().is_backup() {
            return Err(VaultError::IsBackup { path: at.path.to_path_buf() });
        }
        let found = main.generation();
        if found < min_generation {
            let path = at.path.to_path_buf();
            return Err(VaultError::WentBack { path, found, needed: min_generation });
        }
        let mirror = match at.mirror {
            Some(mirror) => Some(renew_mirror(&main, at.path, mirror, master)?),
            None => None,
        };
        let store = Self {
            main,
            mirror,
            path: at.path.to_path_buf(),
            mirror_path: at.mirror.map(Path::to_path_buf),
            master: master.duplicate(),
            _lock: lock,
        };
        Ok((store, entries))
    }

    pub(crate) const fn header(&self) -> &Header {
        self.main.header()
    }

    pub(crate) const fn generation(&self) -> u64 {
        self.main.generation()
    }

    pub(crate) const fn master(&self) -> &MasterKey {
        &self.master
    }

    /// Appends to both places and syncs both. After an error the store must not be used again.
    pub(crate) fn append(&mut self, entries: &[Entry]) -> Result<(), VaultError> {
        let batch = self.main.batch(entries)?;
        self.main.append(&batch)?;
        self.mirror.as_mut().map_or(Ok(()), |mirror| mirror.append(&batch))
    }

    /// Starts the files that will replace these, under the next epoch and, if it changes, another
    /// master key. These stay in use until [`Self::install`].
    pub(crate) fn begin(&self, master: Option<&MasterKey>) -> Result<Fresh, VaultError> {
        let old = self.header();
        let header = Header::new(old.vault, old.epoch + 1, 0, 0, 0);
        let mut paths = vec![self.path.as_path()];
        paths.extend(self.mirror_path.as_deref());
        Fresh::start(&paths, header, master.unwrap_or(&self.master))
    }

    /// Removes what a failed rewrite left, so that a full disk gets its room back.
    pub(crate) fn discard_fresh(&self) {
        for path in [Some(&self.path), self.mirror_path.as_ref()].into_iter().flatten() {
            if let Err(error) = scrub_and_remove(&temporary(path)) {
                tracing::warn!(%error, "could not remove an unfinished vault file");
            }
        }
    }

    /// Replaces the files and overwrites the old ones. After an error the store must not be used
    /// again.
    pub(crate) fn install(
        &mut self,
        fresh: Fresh,
        generation: u64,
        master: Option<MasterKey>,
    ) -> Result<(), VaultError> {
        // The file comes first; what follows it is the mirror, if there is one.
        for (place, file) in fresh.finish(generation)?.into_iter().enumerate() {
            if place == 0 {
                self.main = file;
            } else {
                self.mirror = Some(file);
            }
        }
        if let Some(master) = master {
            self.master = master;
        }
        Ok(())
    }
}

/// Brings the mirror to the state of `main`, unless it knows something newer.
fn renew_mirror(
    main: &VaultFile,
    main_path: &Path,
    path: &Path,
    master: &MasterKey,
) -> Result<VaultFile, VaultError> {
    make_folder(path)?;
    scrub_and_remove(&temporary(path))?;
    if !exists(path)? {
        return main.copy_to(path, master);
    }
    let bytes = std::fs::read(path).map_err(VaultError::io("read", path))?;
    let theirs = Header::peek(&bytes, path)?;
    drop(bytes);
    if theirs.vault != main.header().vault {
        return Err(VaultError::OtherVault { path: path.to_path_buf() });
    }
    let found = match VaultFile::open(path, master) {
        Ok((mirror, _))
            if mirror.header() == main.header() && mirror.generation() == main.generation() =>
        {
            return Ok(mirror);
        }
        Ok((mirror, _)) => mirror.generation(),
        // From before the master key changed, or damaged: the file is the one that counts.
        Err(VaultError::WrongMaster { .. } | VaultError::Corrupt { .. }) => theirs.base_generation,
        Err(other) => return Err(other),
    };
    if found > main.generation() {
        let (path, needed) = (main_path.to_path_buf(), found);
        return Err(VaultError::WentBack { path, found: main.generation(), needed });
    }
    main.copy_to(path, master)
}

/// Refuses a second process. The lock file stays; the lock goes with the process.
pub(crate) fn lock(path: &Path) -> Result<File, VaultError> {
    let lock_path = path.with_extension("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&lock_path)
        .map_err(VaultError::io("open", &lock_path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse { path: path.to_path_buf() }),
        Err(TryLockError::Error(e)) => Err(VaultError::io("lock", &lock_path)(e)),
    }
}

fn mirror_exists(at: &Location<'_>) -> Result<bool, VaultError> {
    at.mirror.map_or(Ok(false), exists)
}

pub(crate) fn exists(path: &Path) -> Result<bool, VaultError> {
    path.try_exists().map_err(VaultError::io("look for", path))
}
