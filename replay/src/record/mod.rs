//! Turns a conversation into a story that tells it again.
//!
//! Owns how the platform's posts are found in the log again, cut down to the one person, and masked.
//! A [`Recording`] is read from the log, or comes from a server that read it there; the story is
//! made from it alone. Guarantees that the story, run on an empty installation, gives the same
//! conversation: it is run before it is handed out. Unless asked otherwise, nothing personal is left
//! in it.

mod kept;
mod mask;
mod posts;
mod read;
mod view;

use std::fmt;

use convolog_domain::ConversationId;
use convolog_engine::{EngineError, PrintError, ReadError};
use convolog_log::LogError;
use convolog_projections::ReconstructError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::story::{Business, Clock, Step, Story};
use mask::Mask;

/// The name of the business in a recorded story.
const BUSINESS: &str = "business";

/// How a conversation is recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RecordOptions {
    /// Names, numbers and texts stay as they are.
    pub keep_personal: bool,
}

/// Everything that a story of a conversation is made from. Full of personal data.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The platform's id of the business's number.
    pub number: String,
    /// The platform's id of the business's account.
    pub account: String,
    /// When the first of its events was recorded (RFC 3339).
    pub began: String,
    /// What came in and what was asked for, in the order of the log.
    pub happened: Vec<Happened>,
    /// Its messages as the native API shows them: what the story must give.
    pub messages: Vec<Value>,
}

/// One thing that happened in a conversation.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Happened {
    /// When it was recorded (RFC 3339).
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The platform posted this, cut down to the conversation.
    Post(Value),
    /// Somebody asked for a message to be sent.
    Asked {
        /// Its type.
        kind: String,
        /// Its text.
        text: String,
    },
}

impl fmt::Debug for Recording {
    /// Nothing that was said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording")
            .field("conversation", &self.conversation)
            .field("happened", &self.happened.len())
            .finish_non_exhaustive()
    }
}

/// Why a conversation could not be recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// No workspace has it.
    #[error("there is no conversation {0}; list them with GET /v1/conversations")]
    NoSuchConversation(ConversationId),
    /// Its contact's data was erased: there is nothing left to tell.
    #[error("the personal data of conversation {0} was erased; there is nothing left to record")]
    Erased(ConversationId),
    /// A time in the recording is none: a bug, or not what a server of this version answers.
    #[error("`{0}` in the recording is no time; is the server of the same version?")]
    NoTime(String),
    /// The story gives something else than the conversation.
    #[error("the recorded story does not give the same conversation: {0}")]
    Differs(String),
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] LogError),
    /// An event could not be read.
    #[error("an event of the conversation could not be read")]
    Read(#[from] ReadError),
    /// The engine could not load a stream.
    #[error("the conversation's streams could not be found")]
    Engine(#[from] EngineError),
    /// The conversation could not be reconstructed.
    #[error("the conversation could not be reconstructed")]
    Reconstruct(#[from] ReconstructError),
    /// A post could not be printed again.
    #[error("a post could not be put together again")]
    Print(#[from] PrintError),
    /// Something did not become JSON or YAML: a bug.
    #[error("the story could not be written")]
    Json(#[from] serde_json::Error),
}

impl Recording {
    /// The story that tells it again.
    ///
    /// # Errors
    /// [`RecordError::Differs`] if the story gives another conversation.
    pub async fn story(&self, options: RecordOptions) -> Result<Story, RecordError> {
        let mask = if options.keep_personal { None } else { Some(Mask::new(self.conversation)) };
        let mut story = Writer { recording: self, mask }.story()?;
        view::complete(&mut story, &self.messages, options).await?;
        Ok(story)
    }
}

struct Writer<'r> {
    recording: &'r Recording,
    mask: Option<Mask>,
}

impl Writer<'_> {
    fn story(&self) -> Result<Story, RecordError> {
        let Recording { began, happened, .. } = self.recording;
        let begin = moment(began)?;
        let mut steps = Vec::new();
        let mut clock = begin;
        for Happened { at, what } in happened {
            let at = moment(at)?;
            if at > clock {
                clock = at;
                steps.push(Step { clock: Some(Clock::Set(clock.to_string())), ..Step::default() });
            }
            steps.push(match what {
                What::Post(body) => self.post(body),
                What::Asked { kind, text } => self.command(kind, text),
            });
        }
        Ok(Story {
            story: "A recorded conversation".to_owned(),
            about: self.about(),
            clock: begin.to_string(),
            given: vec![Step { business: Some(self.business()), ..Step::default() }],
            when: steps,
            then: Vec::new(),
        })
    }

    fn about(&self) -> String {
        let masked = match self.mask {
            Some(_) => "Names, numbers and texts are stand-ins of the same shape.",
            None => "With the personal data of the people in it: handle it as such.",
        };
        format!("Recorded with `convolog replay record`. {masked}")
    }

    fn business(&self) -> Business {
        let Recording { number, account, happened, .. } = self.recording;
        let dialled = happened.iter().find_map(|happened| match &happened.what {
            What::Post(body) => posts::display_number(body),
            What::Asked { .. } => None,
        });
        Business {
            alias: BUSINESS.to_owned(),
            name: "A business".to_owned(),
            number: self.masked(number),
            account: self.masked(account),
            phone: self.masked(&format!("+{}", dialled.unwrap_or_else(|| "15550100000".into()))),
            secret: None,
            plan: "pro".to_owned(),
        }
    }

    fn masked(&self, text: &str) -> String {
        self.mask.as_ref().map_or_else(|| text.to_owned(), |mask| mask.text(text))
    }

    fn post(&self, body: &Value) -> Step {
        let mut body = body.clone();
        if let Some(mask) = &self.mask {
            mask.json(&mut body);
        }
        posts::step(body, &self.masked(&self.recording.number))
    }

    fn command(&self, kind: &str, text: &str) -> Step {
        let mut send = Map::new();
        send.insert("conversation".to_owned(), json!({}));
        if kind != "text" {
            send.insert("type".to_owned(), kind.into());
        }
        send.insert("text".to_owned(), self.masked(text).into());
        Step { command: Some(json!({ "send_message": send })), ..Step::default() }
    }
}

fn moment(at: &str) -> Result<jiff::Timestamp, RecordError> {
    at.parse().map_err(|_| RecordError::NoTime(at.to_owned()))
}
