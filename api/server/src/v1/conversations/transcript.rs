//! A whole conversation in one answer, for auditors: as it stood, and as the story of it is made.
//!
//! Both are read from the log, never from the read models, by the code that reads a stopped data
//! folder: the same question gets the same answer.

use axum::http::StatusCode;
use convolog_domain::ConversationId;
use convolog_domain::api_key::Scope;
use convolog_projections::view::{ActView, ConversationView, MessageView, Reader};
use convolog_replay::conversation::{AsOf, Question, Telling, Transcript, TranscriptError};
use convolog_replay::record::{Happened, RecordError, Recording};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, NoParameters, RateClass, Read};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/conversations/{id}/transcript`
pub(crate) struct ShowTranscript;
/// `GET /v1/conversations/{id}/recording`
pub(crate) struct ShowRecording;

/// What is shown beside the messages.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// With what was told of each message, and when: what it said before an edit.
    #[serde(default)]
    history: bool,
}

/// A conversation as it stood.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Transcript")]
pub(crate) struct TranscriptView {
    /// The log it was read from.
    log: Option<Uuid>,
    /// Everything up to this position was taken into account.
    position: u64,
    /// When the event at that position was recorded.
    recorded_at: Option<String>,
    /// The position that was asked for, or that the time asked for stands for; null for now.
    as_of: Option<String>,
    /// When the contact's data was erased, also if that was later than `as_of`.
    erased_at: Option<String>,
    /// Who answers for that: `person …` or `key …` with its id, or `administrator`.
    erased_by: Option<String>,
    /// The Merkle tree over all events of the log up to that position.
    tree: Option<TreeView>,
    /// The conversation.
    #[schemars(with = "ConversationView")]
    conversation: Value,
    /// Its messages, in the order shown.
    #[schemars(with = "Vec<MessageView>")]
    messages: Vec<Value>,
    /// What operators did with it, in the order shown.
    #[schemars(with = "Vec<ActView>")]
    acts: Vec<Value>,
    /// What was told of each message and when, if that was asked for.
    #[schemars(with = "Option<Vec<Map<String, Value>>>")]
    history: Option<Vec<Telling>>,
}

/// A Merkle tree head.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Tree")]
struct TreeView {
    /// How many events it covers.
    size: u64,
    /// Its root, in hex digits.
    root: String,
}

impl From<Transcript> for TranscriptView {
    fn from(transcript: Transcript) -> Self {
        let Transcript {
            log,
            position,
            recorded_at,
            as_of,
            erased_at,
            erased_by,
            tree,
            conversation,
            messages,
            acts,
            history,
        } = transcript;
        let tree = tree.map(|tree| TreeView { size: tree.size, root: tree.root });
        Self {
            log,
            position,
            recorded_at,
            as_of,
            erased_at,
            erased_by,
            tree,
            conversation,
            messages,
            acts,
            history,
        }
    }
}

/// Everything that a story of a conversation is made from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Recording")]
pub(crate) struct RecordingView {
    /// Which conversation.
    conversation: Uuid,
    /// The platform's id of the business's number.
    number: String,
    /// The platform's id of the business's account.
    account: String,
    /// When the first of its events was recorded.
    began: String,
    /// What came in (`post`, cut down to this conversation) and what was asked for (`asked`), in
    /// the order of the log.
    #[schemars(with = "Vec<Map<String, Value>>")]
    happened: Vec<Happened>,
    /// Its messages.
    #[schemars(with = "Vec<MessageView>")]
    messages: Vec<Value>,
}

impl From<Recording> for RecordingView {
    fn from(recording: Recording) -> Self {
        let Recording { conversation, number, account, began, happened, messages } = recording;
        Self { conversation: conversation.0, number, account, began, happened, messages }
    }
}

impl Read for ShowTranscript {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/conversations/{id}/transcript",
        "show_transcript",
        "Show a whole conversation as it stood",
    )
    .describing("Folded from the log alone, with the root of the Merkle tree at that position: what `convolog replay conversation` prints. Every message in one answer; to page, list the messages.")
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "The transcript.")
    .tagged()
    .endless()
    .as_of_with(&["history"]);
    type Path = ById;
    type Query = Wanted;
    type Shown = TranscriptView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let question = Question {
            conversation: ConversationId(call.path.id),
            as_of: call.as_of.map(AsOf::Position),
            history: call.query.history,
        };
        match Transcript::read_in(call.app.engine(), call.workspace(), &question) {
            Ok(transcript) => Ok(transcript.into()),
            Err(TranscriptError::NoSuchConversation { at: None, .. }) => {
                Err(Problem::not_found("conversation"))
            }
            Err(TranscriptError::NoSuchConversation { at: Some(at), .. }) => {
                let detail =
                    format!("There is no such conversation in this workspace at position {at}.");
                Err(Problem::new(Code::NotFound, detail))
            }
            Err(error) => Err(Problem::internal("reading a transcript", &error)),
        }
    }
}

impl Read for ShowRecording {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/conversations/{id}/recording",
        "show_recording",
        "Show what a conversation was made from",
    )
    .describing("The platform's posts, put together again from the log and cut down to this conversation, and the messages that were asked for: what `convolog replay record` makes a story from.")
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "The recording.")
    .fails_with(&[Code::Erased])
    .tagged()
    .endless();
    type Path = ById;
    type Query = NoParameters;
    type Shown = RecordingView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let id = ConversationId(call.path.id);
        match Recording::read_in(call.app.engine(), call.workspace(), id) {
            Ok(recording) => Ok(recording.into()),
            Err(RecordError::NoSuchConversation(_)) => Err(Problem::not_found("conversation")),
            Err(RecordError::Erased(_)) => {
                let detail = "The personal data of this conversation was erased; there is nothing left to record.";
                Err(Problem::new(Code::Erased, detail))
            }
            Err(error) => Err(Problem::internal("recording a conversation", &error)),
        }
    }
}
