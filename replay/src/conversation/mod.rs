//! One conversation as it stood at a position or a time.
//!
//! Owns how a transcript is put together and shown. The facts come from the projections' folds over
//! the conversation's own streams, never from a second fold and never from a stored read model. The
//! same [`Transcript`] is made from a stopped data folder and from what a server answers.

mod act;
mod as_of;
mod escape;
mod history;
mod markdown;
mod message;
mod text;

use std::fmt;
use std::str::FromStr;

use convolog_domain::{
    ActorKind, ConversationId, StreamKind, WorkspaceId, installation::Installation,
};
use convolog_engine::{Engine, EngineError, ReadError, Stream};
use convolog_log::{EventLog, LogError, Position};
use convolog_projections::{ReconstructError, Reconstruction, reconstruct};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub(crate) use as_of::shown;
pub use as_of::{AsOf, WrongAsOf};
pub use history::{Telling, history};
pub use message::{Contact, Conversation, Message};

/// A transcript, ready to be shown or passed on.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The log it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Uuid>,
    /// Everything up to this position was taken into account.
    pub position: u64,
    /// When the event at that position was recorded (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<String>,
    /// The moment that was asked for, as it was asked; none for now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// When the contact's data was erased (RFC 3339), also if that was later than `as_of`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<String>,
    /// Who answers for that: `person …`, `key …`, `administrator`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_by: Option<String>,
    /// The tree over all events of the log up to that position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<Tree>,
    /// The conversation as the native API shows it.
    pub conversation: Value,
    /// Its messages as the native API shows them, in the order shown.
    pub messages: Vec<Value>,
    /// What operators did with it, as the native API shows it, in the order shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Value>,
    /// What was told of each message and when, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<Telling>>,
}

/// A Merkle tree head.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tree {
    /// How many events it covers.
    pub size: u64,
    /// Its root, in hex digits.
    pub root: String,
}

impl fmt::Debug for Transcript {
    /// Nothing that was said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transcript")
            .field("position", &self.position)
            .field("messages", &self.messages.len())
            .finish_non_exhaustive()
    }
}

/// How a transcript is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "markdown" => Ok(Self::Markdown),
            _ => Err(format!("`{name}` is no format; use text, json or markdown")),
        }
    }
}

/// Why there is no transcript.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// No workspace has it, or it began later.
    #[error("there is no conversation {id}{}; list them with GET /v1/conversations", then(*.at))]
    NoSuchConversation {
        /// What was asked for.
        id: ConversationId,
        /// The position that was asked for, if one was.
        at: Option<Position>,
    },
    /// The moment asked for is not one.
    #[error(transparent)]
    AsOf(#[from] WrongAsOf),
    /// A fold or a view failed.
    #[error("the conversation could not be reconstructed")]
    Reconstruct(#[from] ReconstructError),
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] LogError),
    /// An event could not be read.
    #[error("an event of the conversation could not be read")]
    Read(#[from] ReadError),
    /// The engine could not load a stream.
    #[error("the conversation's streams could not be found")]
    Engine(#[from] EngineError),
    /// It could not be printed: a bug.
    #[error("the transcript could not be printed")]
    Print(#[from] fmt::Error),
    /// A view did not become JSON: a bug.
    #[error("the transcript could not be put into JSON")]
    Json(#[from] serde_json::Error),
}

fn then(at: Option<Position>) -> String {
    at.map(|at| format!(" at position {at}")).unwrap_or_default()
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Question {
    /// Which conversation.
    pub conversation: ConversationId,
    /// As it stood then; none for now.
    pub as_of: Option<AsOf>,
    /// With what was told of each message, and when.
    pub history: bool,
}

/// The workspace that a conversation belongs to. For whoever holds the data folder only: over the
/// API another workspace's conversation does not exist.
pub fn workspace_of(
    engine: &Engine,
    conversation: ConversationId,
) -> Result<Option<WorkspaceId>, EngineError> {
    let directory = engine.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state;
    for workspace in directory.workspaces.iter().copied() {
        let stream = Stream::new(workspace, StreamKind::Conversation, conversation.0);
        if engine.log().stream_version(&stream.key())? > 0 {
            return Ok(Some(workspace));
        }
    }
    Ok(None)
}

impl Transcript {
    /// Reads a conversation from the log, whatever its workspace.
    pub fn read(engine: &Engine, question: &Question) -> Result<Self, TranscriptError> {
        let id = question.conversation;
        if let Some(workspace) = workspace_of(engine, id)? {
            return Self::read_in(engine, workspace, question);
        }
        let at = question.as_of.map(|as_of| as_of.resolve(&**engine.log())).transpose()?;
        Err(TranscriptError::NoSuchConversation { id, at })
    }

    /// Reads a conversation of a workspace from the log.
    pub fn read_in(
        engine: &Engine,
        workspace: WorkspaceId,
        question: &Question,
    ) -> Result<Self, TranscriptError> {
        let log = &**engine.log();
        let id = question.conversation;
        let cut = match question.as_of {
            Some(as_of) => as_of.resolve(log)?,
            None => log.head(),
        };
        let at = question.as_of.map(|_| cut);
        let Reconstruction { conversation, messages, acts, erased, streams } =
            reconstruct(engine, workspace, id, cut)?
                .ok_or(TranscriptError::NoSuchConversation { id, at })?;
        let root = log.root_at(cut)?;
        let history = if question.history { Some(history(engine, &streams, cut)?) } else { None };
        Ok(Self {
            log: Some(log.id().0),
            position: cut.0,
            recorded_at: recorded_at(log, cut)?,
            as_of: question.as_of.map(|as_of| as_of.to_string()),
            erased_at: erased.map(|erased| shown(erased.at)),
            erased_by: erased.map(|erased| answerable(erased.by)),
            tree: root.map(|root| Tree { size: cut.0, root: hex::encode(root) }),
            conversation: serde_json::to_value(conversation)?,
            messages: messages.iter().map(serde_json::to_value).collect::<Result<_, _>>()?,
            acts: acts.iter().map(serde_json::to_value).collect::<Result<_, _>>()?,
            history,
        })
    }

    /// `on … by …`, if the contact's data was erased; `moment` writes the time.
    fn erasure(&self, moment: impl Fn(&str) -> String) -> Option<String> {
        let at = moment(self.erased_at.as_ref()?);
        Some(match &self.erased_by {
            Some(by) => format!("on {at} by {by}"),
            None => format!("on {at}"),
        })
    }

    /// Prints it.
    pub fn print(&self, format: Format) -> Result<String, TranscriptError> {
        Ok(match format {
            Format::Text => text::print(self)?,
            Format::Markdown => markdown::print(self)?,
            Format::Json => serde_json::to_string_pretty(self)? + "\n",
        })
    }
}

/// Who did it; the administrator is nobody in particular.
pub(crate) fn answerable((kind, id): (ActorKind, Uuid)) -> String {
    if id.is_nil() { kind.name().to_owned() } else { format!("{} {id}", kind.name()) }
}

fn recorded_at(log: &dyn EventLog, position: Position) -> Result<Option<String>, LogError> {
    Ok(log.get(position)?.map(|record| shown(record.header.recorded_at)))
}
