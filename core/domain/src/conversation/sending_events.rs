//! What happens to a message that was asked for: intent, attempt, outcome.
//!
//! An attempt is recorded before anything leaves, so that whoever starts again after a crash knows
//! what the platform may have. An attempt without an outcome is *unanswered*: nothing is sent again
//! until a status shows what became of it, or a person decides.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::platform_error::ErrorClass;
use crate::broadcast::Bulk;
use crate::ids::{CannedReplyId, MediaId, MessageId, TemplateGroupId, TemplateId};

/// Somebody asked for a message to be sent: the intent. Sealed: what to say.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct MessageRequested {
    /// Our id of the message.
    pub message: MessageId,
    /// Its type.
    pub kind: String,
    /// When it was asked for (seconds since 1970).
    pub requested_at: i64,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// The name of the template, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// It is not to be sent before then (seconds since 1970).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<i64>,
    /// It promotes something: who opted out of that is not sent it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marketing: bool,
    /// The template that it is made of, if it is known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template_id: Option<TemplateId>,
    /// How that template was chosen, if it was chosen of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<TemplateChoice>,
    /// The recipient of a broadcast that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
    /// It was asked for with a test key: everything but the sending.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sandbox: bool,
    /// The file that is sent, if it is one of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaId>,
    /// The canned reply that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canned: Option<CannedUse>,
}

/// A version of a canned reply that was sent.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
pub struct CannedUse {
    /// Which one.
    pub reply: CannedReplyId,
    /// Which version of it, from 1.
    pub version: u32,
}

/// A template of a group that was not chosen, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PassedOver {
    /// Which template.
    pub template: TemplateId,
    /// Why: `language`, `account`, `gone`, `test`, `parameters`, or its status.
    pub because: String,
}

/// How a template was chosen of a group: the first one, in the group's order, that fits and can be
/// sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateChoice {
    /// Of which group.
    pub group: TemplateGroupId,
    /// Those before it in the group's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<PassedOver>,
    /// Those behind it that would do: the next is taken where the platform refuses one as paused,
    /// disabled or missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<TemplateId>,
}

/// The platform refused the template of a message, and did not send it: the next one of its group is
/// sent in its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateFellBack {
    /// Which message.
    pub message: MessageId,
    /// The template that is sent now.
    pub template: TemplateId,
    /// The how manieth of those that were next, from 0.
    pub next: u32,
    /// The platform's error code for the one before.
    pub code: Option<i64>,
    /// When (seconds since 1970).
    pub at: i64,
}

/// It is about to be handed to the platform; from here on the platform may have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageAttempted {
    /// Which message.
    pub message: MessageId,
    /// The how manieth attempt, from 1.
    pub attempt: u32,
    /// When (seconds since 1970).
    pub at: i64,
    /// The customer had not written for a day: it counts among the people whom the portfolio writes to
    /// first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub writes_first: bool,
}

/// How it became known that the platform has a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// It answered so.
    Answer,
    /// A status named our id of the message.
    Status,
    /// It was asked for with a test key: everything but the sending.
    Sandbox,
}

/// The platform has it. Accepted is not sent: statuses say what becomes of it. Sealed: the
/// platform's id and answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageAccepted {
    /// Which message.
    pub message: MessageId,
    /// The keyed hash of the platform's id, under which statuses name it.
    pub platform: MessageId,
    /// When (seconds since 1970).
    pub at: i64,
    /// How that became known.
    pub settled: Settled,
    /// The recipient of a broadcast that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
}

/// It was not taken. Sealed: the platform's words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageRejected {
    /// Which message.
    pub message: MessageId,
    /// The how manieth attempt, from 1; 0 if none was made.
    pub attempt: u32,
    /// When (seconds since 1970).
    pub at: i64,
    /// The HTTP status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The platform's error code, if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// What follows from that.
    pub class: ErrorClass,
    /// When it is tried again (seconds since 1970). Without a time it is tried again once the number
    /// can send (class `fix`), or never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<i64>,
    /// The recipient of a broadcast that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
}

impl MessageRejected {
    /// Whether that was the last word.
    pub fn is_final(&self) -> bool {
        self.retry_at.is_none() && self.class != ErrorClass::Fix
    }
}

/// There was no answer, or none that could be understood: the platform may have it or not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageUnanswered {
    /// Which message.
    pub message: MessageId,
    /// The how manieth attempt, from 1.
    pub attempt: u32,
    /// Until when a status is waited for (seconds since 1970).
    pub until: i64,
    /// The recipient of a broadcast that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
}

/// No status came either: a person has to look.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageUndetermined {
    /// Which message.
    pub message: MessageId,
    /// The recipient of a broadcast that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
}

/// It is not wanted any more; it had not been handed to the platform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageCancelled {
    /// Which message.
    pub message: MessageId,
    /// The recipient of a broadcast that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
}
