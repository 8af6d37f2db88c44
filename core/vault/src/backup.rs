//! Backups of the vault: whole, marked as such, and gone after 30 days.
//!
//! A backup holds the keys of people who may be erased tomorrow, so its end is written into it and
//! erasure certificates name it. It cannot be opened as a vault, only restored.

use std::path::{Path, PathBuf};

use crate::error::VaultError;
use crate::file::{VaultFile, make_folder, scrub_and_remove};
use crate::header::Header;
use crate::store::exists;
use crate::vault::{KEEP_SECONDS, Vault};

/// What a backup holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backup {
    /// The generation that it can restore.
    pub generation: u64,
    /// The epoch of the vault when it was made.
    pub epoch: u32,
    /// When it must be gone, in seconds since 1970.
    pub expires_at: i64,
}

impl Vault {
    /// Writes a consistent copy to a new file, under the same master key. Durable when it returns.
    pub fn backup(&self, path: &Path, now: i64) -> Result<Backup, VaultError> {
        if exists(path)? {
            return Err(VaultError::Exists { path: path.to_path_buf() });
        }
        make_folder(path)?;
        let store = self.shared.store.lock();
        let (entries, generation) = {
            let state = self.shared.state.read();
            (state.entries(), self.shared.assigned())
        };
        let (vault, epoch) = (store.header().vault, store.header().epoch);
        let expires_at = now.saturating_add(KEEP_SECONDS).max(1);
        let header = Header::new(vault, epoch, generation, 0, expires_at);
        VaultFile::create(path, header, store.master(), &entries)?;
        Ok(Backup { generation, epoch, expires_at })
    }
}

/// Overwrites and removes the backups in `folder` whose time is over at `now` (seconds since 1970).
/// Needs no master key; leaves alone what is not a backup. Answers what it removed.
pub fn expire_backups(folder: &Path, now: i64) -> Result<Vec<PathBuf>, VaultError> {
    let mut removed = Vec::new();
    let listing = std::fs::read_dir(folder).map_err(VaultError::io("list", folder))?;
    for entry in listing {
        let path = entry.map_err(VaultError::io("list", folder))?.path();
        if peek(&path).is_some_and(|header| header.is_backup() && header.expires_at <= now) {
            scrub_and_remove(&path)?;
            removed.push(path);
        }
    }
    removed.sort();
    Ok(removed)
}

fn peek(path: &Path) -> Option<Header> {
    use std::io::Read;
    let mut front = Vec::with_capacity(Header::LEN);
    let limit = u64::try_from(Header::LEN).ok()?;
    std::fs::File::open(path).ok()?.take(limit).read_to_end(&mut front).ok()?;
    Header::peek(&front, path).ok()
}
