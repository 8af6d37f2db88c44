//! `convolog replay record`: turns a conversation into a story.

use std::path::PathBuf;

use clap::Args;
use convolog_domain::ConversationId;
use convolog_replay::record::{RecordOptions, Recording};
use secrecy::SecretString;

use crate::cli::out;
use crate::cli::outcome::{Ended, Failure, Outcome};
use crate::cli::place::{Place, Target};
use crate::cli::remote::Remote;

/// Which, and what stays in it.
#[derive(Debug, Args)]
pub(crate) struct Record {
    /// The id of the conversation
    id: ConversationId,

    #[command(flatten)]
    place: Place,

    /// A key of the workspace, for --url
    #[arg(long, env = "CONVOLOG_KEY", hide_env_values = true, default_value = "")]
    key: SecretString,

    /// Keep names, numbers and texts as they are; without it, they are replaced by invented ones
    /// of the same shape
    #[arg(long)]
    keep_personal: bool,

    /// Where to write the story; stdout if not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Record {
    /// Records it.
    pub(crate) async fn run(&self) -> Ended {
        let recording = match self.place.target()? {
            Target::Folder(folder) => Recording::read(folder.engine(), self.id)?,
            Target::Server(url) => {
                let remote = Remote::new(&url, self.key.clone())?;
                let path = format!("/v1/conversations/{}/recording", self.id);
                serde_json::from_value(remote.get(&path, &[]).await?)?
            }
        };
        let options = RecordOptions { keep_personal: self.keep_personal };
        let story = recording.story(options).await?;
        let text = story.print().map_err(Failure::found)?;
        match &self.out {
            Some(file) => std::fs::write(file, text)?,
            None => out::print(text)?,
        }
        if self.keep_personal {
            out::note("the story holds what people said: treat it as you treat the data folder");
        }
        Ok(Outcome::Fine)
    }
}
