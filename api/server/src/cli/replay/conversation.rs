//! `convolog replay conversation`: a conversation as it stands, or as it stood.

use clap::Args;
use convolog_domain::ConversationId;
use convolog_replay::conversation::{AsOf, Format, Question, Transcript};
use secrecy::SecretString;
use serde_json::Value;

use crate::cli::out;
use crate::cli::outcome::{Ended, Failure, Outcome};
use crate::cli::place::{Place, Target};
use crate::cli::remote::Remote;

/// Messages asked for at a time.
const PAGE: &str = "100";

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

    /// Also show everything that was told of each message, and when (with --data)
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
            Target::Server(_) if self.history => {
                let what = "--history reads the log itself and needs --data";
                return Err(Failure::usage(what).hint("stop the server, or leave --history out"));
            }
            Target::Server(url) => {
                let remote = Remote::new(&url, self.key.clone())?;
                from_server(&remote, self.id, self.as_of).await?
            }
        };
        out::print(transcript.print(self.format)?)?;
        Ok(Outcome::Fine)
    }
}

/// The same transcript from what a server answers.
pub(super) async fn from_server(
    remote: &Remote,
    id: ConversationId,
    as_of: Option<AsOf>,
) -> Result<Transcript, Failure> {
    let moment = as_of.map(|moment| moment.to_string());
    let mut query: Vec<(&str, &str)> = Vec::new();
    query.extend(moment.as_deref().map(|moment| ("as_of", moment)));
    let path = format!("/v1/conversations/{id}");
    let conversation = remote.get(&path, &query).await?;
    query.push(("limit", PAGE));
    let mut messages = Vec::new();
    let mut page: Option<String> = None;
    loop {
        let mut query = query.clone();
        query.extend(page.as_deref().map(|page| ("page", page)));
        let mut answer = remote.get(&format!("{path}/messages"), &query).await?;
        if let Some(Value::Array(found)) = answer.get_mut("data").map(Value::take) {
            messages.extend(found);
        }
        page = answer.get("next_page").and_then(Value::as_str).map(str::to_owned);
        if page.is_none() {
            break;
        }
    }
    // Whatever order the server lists in, a transcript is read from the beginning.
    messages.sort_by_cached_key(|message| {
        let text = |key: &str| message.get(key).and_then(Value::as_str).map(str::to_owned);
        (text("ordered_at"), message.get("position").and_then(Value::as_u64))
    });
    let newest = conversation.get("last_position").and_then(Value::as_u64).unwrap_or_default();
    let position = match as_of {
        Some(AsOf::Position(position)) => position.0,
        _ => newest,
    };
    Ok(Transcript {
        log: None,
        position,
        recorded_at: None,
        as_of: moment,
        erased_at: None,
        tree: None,
        conversation,
        messages,
        history: None,
    })
}
