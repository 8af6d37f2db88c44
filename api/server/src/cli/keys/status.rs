//! `convolog keys status`.

use clap::Args;
use serde::Serialize;

use super::backup::LastBackup;
use crate::cli::out;
use crate::cli::outcome::{Ended, Outcome};
use crate::cli::place::Folder;

/// Where.
#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    folder: Folder,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is shown.
#[derive(Debug, Serialize)]
struct Shown {
    generation: u64,
    needed_by_the_log: u64,
    epoch: u32,
    workspaces: usize,
    subjects: usize,
    erased: usize,
    lost: usize,
    identities: usize,
    secrets: usize,
    tombstones: usize,
    quarantine_days: usize,
    second_place: bool,
    last_backup: Option<LastBackup>,
    last_backup_age_hours: Option<i64>,
}

impl Status {
    /// Shows how the vault is doing.
    pub(super) fn run(&self) -> Ended {
        let folder = self.folder.open()?;
        let now = folder.engine().clock().now().0.div_euclid(1_000_000);
        let status = folder.engine().vault().status();
        let last_backup = LastBackup::read(folder.path());
        let age = |backup: &LastBackup| now.saturating_sub(backup.made_at).div_euclid(3_600);
        let shown = Shown {
            generation: status.generation,
            needed_by_the_log: folder.log().vault_generation(),
            epoch: status.epoch,
            workspaces: status.workspaces,
            subjects: status.subjects,
            erased: status.erased,
            lost: status.lost,
            identities: status.tokens,
            secrets: status.secrets,
            tombstones: status.tombstones,
            quarantine_days: status.days,
            second_place: self.folder.keys.vault_mirror.is_some(),
            last_backup_age_hours: last_backup.as_ref().map(age),
            last_backup,
        };
        if self.json {
            out::json(&shown)?;
        } else {
            out::print(text(&shown))?;
        }
        Ok(Outcome::Fine)
    }
}

fn text(shown: &Shown) -> String {
    let backup = match (&shown.last_backup, shown.last_backup_age_hours) {
        (Some(last), Some(hours)) => {
            format!("{hours} h old, generation {}, {}", last.generation, last.file.display())
        }
        _ => "none made yet: `convolog keys backup FILE`".to_owned(),
    };
    let second = if shown.second_place { "yes" } else { "no (CONVOLOG_VAULT_MIRROR)" };
    format!(
        "generation       {} (the log needs {})\n\
         epoch            {}\n\
         workspaces       {}\n\
         subjects         {} with a key, {} erased, {} lost\n\
         identities       {}\n\
         secrets          {}\n\
         tombstones       {}\n\
         quarantine days  {}\n\
         second place     {second}\n\
         newest backup    {backup}",
        shown.generation,
        shown.needed_by_the_log,
        shown.epoch,
        shown.workspaces,
        shown.subjects,
        shown.erased,
        shown.lost,
        shown.identities,
        shown.secrets,
        shown.tombstones,
        shown.quarantine_days,
    )
}
