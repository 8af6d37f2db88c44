//! `convolog keys restore`.

use std::path::{Path, PathBuf};

use clap::Args;
use convolog_domain::WorkspaceId;
use convolog_engine::{Caller, DataFolder};
use convolog_log::{Clock as _, EventLog as _, Options, SledLog, SystemClock, read_head};
use convolog_vault::{Location, MasterKey, Restored, VaultError};
use serde_json::json;

use super::facts;
use crate::cli::out;
use crate::cli::outcome::{Ended, Failure, Outcome};
use crate::cli::place::Folder;

/// The backup, where to, and what is accepted.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    file: PathBuf,

    #[command(flatten)]
    folder: Folder,

    /// A file with the master key under which the backup was made, if that was another one
    #[arg(long, value_name = "FILE")]
    backup_master_key_file: Option<PathBuf>,

    /// Go on although people of the log end up without keys: nobody can read them any more
    #[arg(long)]
    accept_loss: bool,

    /// Go on although the backup's 30 days are over
    #[arg(long)]
    accept_expired: bool,
}

impl Restore {
    /// Restores, and disarms.
    pub(super) async fn run(&self) -> Ended {
        let data = &self.folder.data;
        if !DataFolder::log_path(data).join("MANIFEST").is_file() {
            return Err(convolog_engine::FolderError::Missing(data.clone()).into());
        }
        let restored = self.restore()?;
        let disarmed = self.disarm().await?;
        out::json(&json!({
            "generation": restored.generation,
            "epoch": restored.epoch,
            "subjects": restored.subjects,
            "erased": restored.erased,
            "erased_again": restored.erased_again,
            "unreadable": restored.unreadable,
            "workspaces_lost": restored.workspaces_lost,
            "disarmed_at": disarmed,
        }))?;
        out::note("disarmed: nothing is sent until `convolog arm` is given");
        Ok(Outcome::Fine)
    }

    fn restore(&self) -> Result<Restored, Failure> {
        let data = &self.folder.data;
        let master = self.folder.keys.master.load(data)?;
        let backup_master = match &self.backup_master_key_file {
            Some(file) => MasterKey::parse(&std::fs::read_to_string(file)?)?,
            None => self.folder.keys.master.load(data)?,
        };
        let log_path = DataFolder::log_path(data);
        let generation = read_head(&log_path.join("HEAD"))?.map_or(0, |head| head.vault_generation);
        // Held until the vault is in its place, so that no server starts meanwhile.
        let log = SledLog::open(&log_path, Options::default())?;
        let now = SystemClock.now().0.div_euclid(1_000_000);
        let facts = facts::of_log(&log, generation, now)?;
        let place = DataFolder::vault_path(data);
        let restore = convolog_vault::Restore {
            backup: &self.file,
            backup_master: &backup_master,
            to: Location { path: &place, mirror: self.folder.keys.vault_mirror.as_deref() },
            master: &master,
            now,
            accept_loss: self.accept_loss,
            accept_expired: self.accept_expired,
        };
        let restored = restore.run(&facts).map_err(with_hint)?;
        log.note_vault_generation(restored.generation);
        log.sync_head()?;
        forget_words(data)?;
        Ok(restored)
    }

    /// A restored vault must not act for whoever runs beside it.
    async fn disarm(&self) -> Result<u64, Failure> {
        let folder = self.folder.open()?;
        let caller = Caller::administrator(WorkspaceId::INSTALLATION);
        let done = folder.engine().disarm(&caller, "the vault was restored").await?;
        folder.log().sync_head()?;
        Ok(done.position.0)
    }
}

/// The search indexes hold words that the restored keys may not open: they are made anew from what
/// can be read.
fn forget_words(data: &Path) -> Result<(), std::io::Error> {
    let indexes = convolog_search::path(&DataFolder::models_path(data));
    match std::fs::remove_dir_all(indexes) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn with_hint(error: VaultError) -> Failure {
    let hint = match &error {
        VaultError::WouldLose { .. } => Some(
            "nothing was changed; name the vault's second place with --vault-mirror if there is one, \
             or go on with --accept-loss",
        ),
        VaultError::Expired { .. } => Some("nothing was changed; --accept-expired goes on"),
        VaultError::WrongMaster { .. } => {
            Some("nothing was changed; --backup-master-key-file names the backup's own key")
        }
        _ => None,
    };
    let failure = Failure::from(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
