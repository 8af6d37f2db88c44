//! One message to many people: whom to, how fast, and how far it has come.
//!
//! A broadcast says what is to be said and who is to hear it. Saying it is one ordinary message a
//! recipient, in their own conversation, under all rules of any message; this stream keeps the
//! recipients, the orders of whoever runs it, and who was passed over and why. What becomes of each
//! message stands where the message is, with the recipient's number.

mod add_recipient;
mod cancel_broadcast;
mod create_broadcast;
mod fill;
mod finish_broadcast;
#[cfg(test)]
mod fixtures;
mod pause_broadcast;
mod resume_broadcast;
mod skip_recipient;
mod start_broadcast;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::{BroadcastId, ChannelId, ContactId};
use crate::refusal::{Refusal, RefusalCode};

pub use add_recipient::AddRecipient;
pub use cancel_broadcast::CancelBroadcast;
pub use create_broadcast::CreateBroadcast;
pub use fill::{Missing, filled_content, placeholders};
pub use finish_broadcast::FinishBroadcast;
pub use pause_broadcast::PauseBroadcast;
pub use resume_broadcast::ResumeBroadcast;
pub use skip_recipient::SkipRecipient;
pub use start_broadcast::StartBroadcast;

/// Which recipient of which broadcast a message is for. Everything that happens to such a message
/// names it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
pub struct Bulk {
    /// Which broadcast.
    pub broadcast: BroadcastId,
    /// The how manieth recipient, from 1.
    pub recipient: u32,
}

/// Somebody wants to say something to many people. Sealed for the workspace: what to say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BroadcastCreated {
    /// What its people call it.
    pub name: String,
    /// With which number.
    pub channel: ChannelId,
    /// The type of message.
    pub kind: String,
    /// The name of the template that was meant when it was made, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Whether somebody said that it promotes something or not: who opted out of that is not sent it. If
    /// nobody did, the category of its template decides; what is not known promotes something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marketing: Option<bool>,
    /// At most so many messages a minute; as fast as the number may if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_minute: Option<u32>,
    /// Names of what is filled in for each recipient.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<String>,
    /// It was made with a test key: nobody is sent anything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sandbox: bool,
}

/// Somebody is to hear it. Sealed for them: what is filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecipientAdded {
    /// The how manieth, from 1.
    pub number: u32,
    /// Who.
    pub contact: ContactId,
}

/// It is to be said, now or from a time on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BroadcastStarted {
    /// Not before then (seconds since 1970).
    pub from: i64,
}

/// Nothing more of it is said until somebody resumes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BroadcastPaused {
    /// Why, one of a closed list.
    pub reason: String,
}

/// It goes on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BroadcastResumed {}

/// Nothing more of it is ever said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BroadcastCancelled {}

/// A recipient was passed over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecipientSkipped {
    /// The how manieth, from 1.
    pub number: u32,
    /// Why, one of a closed list.
    pub reason: String,
}

/// Everybody was dealt with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BroadcastFinished {}

events! {
    /// What happened to a broadcast.
    Broadcast {
        1 "broadcast_created" @1 BroadcastCreated(BroadcastCreated) seals [Message]
            by [create_broadcast::CreateBroadcast],
        2 "recipient_added" @1 RecipientAdded(RecipientAdded) seals [Parameters]
            by [add_recipient::AddRecipient],
        3 "broadcast_started" @1 BroadcastStarted(BroadcastStarted)
            by [start_broadcast::StartBroadcast],
        4 "broadcast_paused" @1 BroadcastPaused(BroadcastPaused)
            by [pause_broadcast::PauseBroadcast],
        5 "broadcast_resumed" @1 BroadcastResumed(BroadcastResumed)
            by [resume_broadcast::ResumeBroadcast],
        6 "broadcast_cancelled" @1 BroadcastCancelled(BroadcastCancelled)
            by [cancel_broadcast::CancelBroadcast],
        7 "recipient_skipped" @1 RecipientSkipped(RecipientSkipped)
            by [skip_recipient::SkipRecipient],
        8 "broadcast_finished" @1 BroadcastFinished(BroadcastFinished)
            by [finish_broadcast::FinishBroadcast],
    }
}

/// How far a broadcast has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BroadcastStatus")]
pub enum Status {
    /// Recipients are added; nothing is said.
    #[default]
    Draft,
    /// It is said, now or once its time has come.
    Running,
    /// It stands still.
    Paused,
    /// Everybody was dealt with.
    Finished,
    /// It was given up.
    Cancelled,
}

impl Status {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What the history of a broadcast amounts to. Recipients are counted, not kept: a claim says of each
/// whether they are one, and another whether they were written to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What is to be said; none before it was created.
    pub created: Option<BroadcastCreated>,
    /// How far it has come.
    pub status: Status,
    /// How many are to hear it.
    pub recipients: u32,
    /// Not before then (seconds since 1970).
    pub from: Option<i64>,
    /// Why it stands still.
    pub paused_because: Option<String>,
}

impl State {
    /// Whether it promotes something, by the category of its template if that is known.
    pub fn promotes(&self, template: Option<bool>) -> bool {
        let said = self.created.as_ref().and_then(|created| created.marketing);
        said.or(template).unwrap_or(true)
    }

    /// Whether it may be changed by a key: one of the sandbox changes nothing that people are sent.
    ///
    /// # Errors
    /// A [`Refusal`] of the code `sandbox_key`.
    pub fn open_to(&self, sandbox: bool) -> Result<(), Refusal> {
        if sandbox && self.created.as_ref().is_some_and(|created| !created.sandbox) {
            return Err(Refusal::sandbox("this changes what people are sent"));
        }
        Ok(())
    }

    /// What is to be said, if it exists.
    fn existing(&self) -> Result<&BroadcastCreated, Refusal> {
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such broadcast");
        self.created.as_ref().ok_or_else(missing)
    }

    /// It must have come so far, and no farther.
    fn must_be(&self, allowed: &[Status], wanted: &str) -> Result<(), Refusal> {
        self.existing()?;
        if allowed.contains(&self.status) {
            return Ok(());
        }
        let detail = format!("this broadcast is {}; {wanted}", self.status.name());
        Err(Refusal::new(RefusalCode::NotAllowedNow, detail))
    }
}

/// One message to many people.
#[derive(Clone, Copy, Debug)]
pub struct Broadcast;

impl Aggregate for Broadcast {
    const KIND: StreamKind = StreamKind::Broadcast;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::BroadcastCreated(created) => state.created = Some(created.clone()),
            Event::RecipientAdded(added) => state.recipients = state.recipients.max(added.number),
            Event::BroadcastStarted(started) => {
                state.status = Status::Running;
                state.from = Some(started.from);
            }
            Event::BroadcastPaused(paused) => {
                state.status = Status::Paused;
                state.paused_because = Some(paused.reason.clone());
            }
            Event::BroadcastResumed(_) => {
                state.status = Status::Running;
                state.paused_because = None;
            }
            Event::BroadcastCancelled(_) => state.status = Status::Cancelled,
            Event::RecipientSkipped(_) => {}
            Event::BroadcastFinished(_) => state.status = Status::Finished,
        }
    }
}
