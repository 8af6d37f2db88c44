//! `convolog keys rotate`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::master_key;
use crate::cli::out;
use crate::cli::outcome::{Ended, Outcome};
use crate::cli::place::Folder;

/// The variable that holds the new key.
const VARIABLE: &str = "CONVOLOG_NEW_MASTER_KEY";

/// Where, and the new key.
#[derive(Debug, Args)]
pub(crate) struct Rotate {
    #[command(flatten)]
    folder: Folder,

    /// A file outside the data folder that holds the new master key; not together with the variable
    /// `CONVOLOG_NEW_MASTER_KEY`
    #[arg(long, value_name = "FILE")]
    new_master_key_file: Option<PathBuf>,
}

impl Rotate {
    /// Rewraps the vault.
    pub(super) fn run(&self) -> Ended {
        let new = master_key::from(
            VARIABLE,
            "--new-master-key-file",
            self.new_master_key_file.as_deref(),
        )?;
        let folder = self.folder.open()?;
        let vault = folder.engine().vault();
        let epoch = vault.rotate_master(new)?;
        folder.log().set_vault_generation(vault.generation());
        folder.log().sync_head()?;
        out::json(&json!({ "epoch": epoch, "generation": vault.generation() }))?;
        out::note(
            "the vault opens with the new master key only, from now on: give it to `convolog serve` \
             before you start it again",
        );
        out::note(
            "keep the old key for as long as backups made with it exist (30 days at most), then \
             destroy it; make a backup under the new key now",
        );
        Ok(Outcome::Fine)
    }
}
