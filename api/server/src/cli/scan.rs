//! `convolog scan`: whether anything of a person is left in any file of a data folder.

use std::path::PathBuf;

use clap::Args;
use convolog_engine::FolderOptions;
use convolog_replay::scan::{Canaries, scan};

use super::out;
use super::outcome::{Ended, Outcome};
use super::place::Folder;

/// What is looked for, and where.
#[derive(Debug, Args)]
pub(crate) struct Scan {
    #[command(flatten)]
    folder: Folder,

    /// A text to look for: a name, a number, the id or the words of a message
    #[arg(long = "for", value_name = "TEXT", num_args = 1.., required_unless_present = "file")]
    texts: Vec<String>,

    /// A file with one text a line, so that they show in no list of processes
    #[arg(long = "for-file", value_name = "FILE")]
    file: Option<PathBuf>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Scan {
    /// Looks through everything and prints places and counts, never the texts.
    pub(crate) fn run(&self) -> Ended {
        let mut texts = self.texts.clone();
        if let Some(file) = &self.file {
            let content = std::fs::read_to_string(file)?;
            texts.extend(content.lines().filter(|line| !line.is_empty()).map(str::to_owned));
        }
        let canaries = Canaries::new(&texts)?;
        let keys = &self.folder.keys;
        let master = keys.master.load(&self.folder.data)?;
        let options =
            FolderOptions { vault_mirror: keys.vault_mirror.clone(), ..FolderOptions::default() };
        let report = scan(&self.folder.data, &master, &options, &canaries)?;
        if self.json {
            out::json(&report)?;
        } else {
            out::print(report.to_string())?;
        }
        Ok(Outcome::fine_if(report.is_clean()))
    }
}
