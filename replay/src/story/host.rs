//! Where a story happens: the engine in this process, or a server over HTTP.

use std::future::Future;

use serde_json::Value;
use uuid::Uuid;

use super::command::Command;
use super::file::Request;

/// Where a story happens. A new host for each story: an empty installation whose clock shows what
/// the story says.
pub trait Host: Send {
    /// What was given is over: from now on everything happens in the way that this host stands for,
    /// however it arranged what was before.
    fn given_ends(&mut self) -> impl Future<Output = Result<(), HostError>> + Send {
        async { Ok(()) }
    }

    /// Carries out a command.
    fn command(&mut self, asked: &Asked)
    -> impl Future<Output = Result<Outcome, HostError>> + Send;

    /// Takes what the platform posts.
    fn post(
        &mut self,
        body: Vec<u8>,
        signature: Option<String>,
    ) -> impl Future<Output = Result<Outcome, HostError>> + Send;

    /// Carries out an HTTP request, with the usual credentials of this workspace (none: the
    /// administrator's).
    fn request(
        &mut self,
        _workspace: Option<Uuid>,
        _request: &Request,
    ) -> impl Future<Output = Result<Outcome, HostError>> + Send {
        async { Err(HostError::Unsupported("HTTP requests".to_owned())) }
    }

    /// Moves the clock to this moment (microseconds since 1970, UTC).
    fn set_clock(&mut self, at: i64) -> Result<(), HostError>;

    /// Shows something of a workspace, everything recorded so far included.
    fn view(
        &mut self,
        workspace: Uuid,
        view: View,
        as_of: Option<Moment>,
    ) -> impl Future<Output = Result<Vec<Value>, HostError>> + Send;

    /// The events after a position: of a workspace, or of the whole installation.
    fn events(
        &mut self,
        workspace: Option<Uuid>,
        after: u64,
    ) -> impl Future<Output = Result<Vec<HostEvent>, HostError>> + Send;

    /// The newest position.
    fn position(&mut self) -> impl Future<Output = Result<u64, HostError>> + Send;

    /// Judges the whole installation when the story is over: read models against a rebuild, the log
    /// against itself. Returns what is wrong, in words.
    fn judge(&mut self) -> impl Future<Output = Result<Vec<String>, HostError>> + Send;

    /// The story is over, however it went.
    fn end(self) -> impl Future<Output = Result<(), HostError>> + Send
    where
        Self: Sized,
    {
        async { Ok(()) }
    }
}

/// A command and its circumstances.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// In which workspace; nil for the installation, and for the workspace that is about to be made.
    pub workspace: Uuid,
    /// Who.
    pub actor: Actor,
    /// The idempotency key.
    pub once: Option<String>,
    /// What.
    pub command: Command,
}

/// Who does something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Whoever holds the administrator's token.
    Administrator,
    /// Somebody whom the story knows by name: a person or a key.
    Named(Uuid),
}

/// What a story looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    /// Conversations, oldest first.
    Conversations,
    /// Contacts, oldest first.
    Contacts,
    /// The messages of a conversation, in the order shown.
    Messages(Uuid),
    /// Quarantined changes, oldest first.
    Quarantine,
    /// Leads, oldest first.
    Leads,
    /// Appointments, by the time they begin.
    Appointments,
}

/// A moment of history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// When everything up to this position had been recorded.
    Position(u64),
    /// What had been recorded by then (microseconds since 1970, UTC).
    Time(i64),
}

/// What became of a step.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Outcome {
    /// The HTTP status; what it would be, where there is no HTTP.
    pub status: u16,
    /// The answer; `id` names what was made.
    pub body: Value,
    /// Why it was refused.
    pub refused: Option<String>,
    /// The field that the refusal names.
    pub field: Option<String>,
    /// For a post: `accepted`, `repeated`, `refused`, `quarantined`. None where the host cannot tell.
    pub received: Option<Value>,
}

impl Outcome {
    /// A success.
    pub fn ok(status: u16, body: Value) -> Self {
        Self { status, body, ..Self::default() }
    }

    /// Whether it was carried out.
    pub const fn succeeded(&self) -> bool {
        self.refused.is_none() && self.status < 400
    }
}

/// One event as the API shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct HostEvent {
    /// Where it stands.
    pub position: u64,
    /// The kind of its stream: `contact`, `conversation` …
    pub kind: String,
    /// Its name: `message_received` …
    pub name: String,
    /// Its payload.
    pub data: Value,
}

/// A step that the host could not take.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HostError {
    /// This host cannot do it; another can. The story is skipped.
    #[error("this host does not support {0}")]
    Unsupported(String),
    /// It should have been able to. The story fails.
    #[error("{0}")]
    Failed(String),
}

impl HostError {
    /// A failure with its causes.
    pub fn failed(error: &dyn std::error::Error) -> Self {
        Self::Failed(reasons(error))
    }
}

/// An error and its causes on one line.
pub(crate) fn reasons(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
