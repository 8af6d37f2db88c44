//! `convolog keys …`: looking after the vault.

mod backup;
mod facts;
mod restore;
mod rotate;
mod status;

use clap::Subcommand;

use super::outcome::Ended;

/// What can be done with the vault.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Show generation, epoch, counts and the age of the newest backup
    Status(status::Status),
    /// Write a copy of the vault to a new file, which must be gone after 30 days
    ///
    /// Backups in the same folder whose 30 days are over are overwritten and removed. Keep backups
    /// of the vault apart from those of the log: whoever has both, and the master key, can read
    /// everything.
    Backup(backup::Backup),
    /// Bring the vault back from a backup, with every erasure of the log applied again
    ///
    /// What is still readable of the present vault and of its second place is kept. Refuses if
    /// keys that the log needs would be missing, unless --accept-loss is given. The installation is
    /// disarmed afterwards: `convolog arm` lets it act again.
    Restore(restore::Restore),
    /// Put the vault under a new master key
    Rotate(rotate::Rotate),
}

impl Keys {
    /// Does it.
    pub(crate) async fn run(self) -> Ended {
        match self {
            Self::Status(status) => status.run(),
            Self::Backup(backup) => backup.run(),
            Self::Restore(restore) => restore.run().await,
            Self::Rotate(rotate) => rotate.run(),
        }
    }
}
