//! `convolog replay conversation`: a conversation as it stands, or as it stood.

use clap::Args;
use convolog_domain::ConversationId;
use convolog_replay::conversation::{AsOf, Format, Question, Transcript};
use secrecy::SecretString;

use crate::cli::out;
use crate::cli::outcome::{Ended, Failure, Outcome};
use crate::cli::place::{Place, Target};
use crate::cli::remote::Remote;

/// Which, when and how.
#[derive(Debug, Args)]
pub(crate) struct Conversation {
    /// The id of the conversation
    id: ConversationId,

    #[command(flatten)]
    place: Place,

    /// A key of the workspace, for --url
    #[arg(long, env = "CONVOLOG_KEY", hide_env_values = true, default_value = "")]
    key: SecretString,

    /// As it stood then: a position of the log, or a time such as 2026-11-20T10:00:00Z
    #[arg(long, value_name = "POSITION|TIME", value_parser = str::parse::<AsOf>)]
    as_of: Option<AsOf>,

    /// How it is printed: text, json or markdown
    #[arg(long, default_value = "text", value_parser = str::parse::<Format>)]
    format: Format,

    /// Also show everything that was told of each message, and when
    #[arg(long)]
    history: bool,
}

impl Conversation {
    /// Prints it.
    pub(crate) async fn run(&self) -> Ended {
        let transcript = match self.place.target()? {
            Target::Folder(folder) => {
                let Self { id, as_of, history, .. } = *self;
                let question = Question { conversation: id, as_of, history };
                Transcript::read(folder.engine(), &question)?
            }
            Target::Server(url) => {
                let remote = Remote::new(&url, self.key.clone())?;
                from_server(&remote, self.id, self.as_of, self.history).await?
            }
        };
        out::print(transcript.print(self.format)?)?;
        Ok(Outcome::Fine)
    }
}

/// The same transcript from a server, which reads it from its log.
async fn from_server(
    remote: &Remote,
    id: ConversationId,
    as_of: Option<AsOf>,
    history: bool,
) -> Result<Transcript, Failure> {
    let moment = as_of.map(|moment| moment.to_string());
    let mut query: Vec<(&str, &str)> = Vec::new();
    query.extend(moment.as_deref().map(|moment| ("as_of", moment)));
    if history {
        query.push(("history", "true"));
    }
    let found = remote.get(&format!("/v1/conversations/{id}/transcript"), &query).await?;
    let transcript: Transcript = serde_json::from_value(found)?;
    // The server names the position that a time stands for.
    Ok(Transcript { as_of: moment, ..transcript })
}
