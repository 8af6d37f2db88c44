//! `convolog keys backup`.

use std::path::{Path, PathBuf};

use clap::Args;
use convolog_engine::DataFolder;
use serde::{Deserialize, Serialize};

use crate::cli::out;
use crate::cli::outcome::{Ended, Failure, Outcome};
use crate::cli::place::Folder;

/// What and where to.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// A file that does not exist yet
    file: PathBuf,

    #[command(flatten)]
    folder: Folder,
}

/// What is remembered of the newest backup, beside the vault.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct LastBackup {
    /// Where it was written to.
    pub(super) file: PathBuf,
    /// The generation that it can restore.
    pub(super) generation: u64,
    /// The epoch of the vault when it was made.
    pub(super) epoch: u32,
    /// When, in seconds since 1970.
    pub(super) made_at: i64,
    /// When it must be gone, in seconds since 1970.
    pub(super) expires_at: i64,
}

impl LastBackup {
    fn path(data: &Path) -> PathBuf {
        DataFolder::vault_path(data).with_file_name("last-backup.json")
    }

    /// The newest one, if any was made.
    pub(super) fn read(data: &Path) -> Option<Self> {
        let text = std::fs::read(Self::path(data)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    fn write(&self, data: &Path) -> Result<(), Failure> {
        std::fs::write(Self::path(data), serde_json::to_vec_pretty(self)?)?;
        Ok(())
    }
}

impl Backup {
    /// Writes the backup.
    pub(super) fn run(&self) -> Ended {
        let folder = self.folder.open()?;
        let made_at = folder.engine().clock().now().0.div_euclid(1_000_000);
        let vault = folder.engine().vault();
        let made = vault.backup(&self.file, made_at)?;
        // HEAD must never name more than a backup that was just made can restore.
        folder.log().set_vault_generation(vault.generation());
        folder.log().sync_head()?;
        let file = std::path::absolute(&self.file)?;
        let (generation, epoch, expires_at) = (made.generation, made.epoch, made.expires_at);
        let last = LastBackup { file, generation, epoch, made_at, expires_at };
        last.write(folder.path())?;
        for gone in
            convolog_vault::expire_backups(last.file.parent().unwrap_or(Path::new(".")), made_at)?
        {
            out::note(format!("removed {}: its 30 days were over", gone.display()));
        }
        out::json(&last)?;
        out::note("keep it apart from the backups of the log, and the master key apart from both");
        Ok(Outcome::Fine)
    }
}
