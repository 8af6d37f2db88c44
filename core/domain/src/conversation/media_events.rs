//! What became of a customer's file: kept, tried again, or lost; and that a message was shown to be
//! read.
//!
//! The platform hands a file out for a few days. Fetching it harms nobody, so that no intent is
//! recorded, only what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::hash::Blob;
use crate::ids::MessageId;

/// The file of a message is kept. Sealed: the hash of its bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaStored {
    /// Of which message.
    pub message: MessageId,
    /// The sealed bytes.
    pub blob: Blob,
    /// What each of its pieces was sealed under, counted from here.
    pub sealed_as: Uuid,
    /// Bytes of the file.
    pub size: u64,
    /// Its type, such as `image/jpeg`, as whoever handed it out said.
    pub mime_type: String,
    /// When (seconds since 1970).
    pub at: i64,
}

/// The file of a message could not be fetched; it is tried again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaDelayed {
    /// Of which message.
    pub message: MessageId,
    /// The how manieth try failed, from 1.
    pub attempt: u32,
    /// Why: `unreachable`, `refused`, `not_found`, `broken_off`, `not_what_was_announced`, `no_room` or
    /// `not_connected`.
    pub reason: String,
    /// When (seconds since 1970).
    pub at: i64,
    /// When it is tried again (seconds since 1970).
    pub retry_at: i64,
}

/// The file of a message will never be here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaLost {
    /// Of which message.
    pub message: MessageId,
    /// Why: `expired`, `too_large`, `erased` or `not_named`.
    pub reason: String,
    /// When (seconds since 1970).
    pub at: i64,
}

/// What came of telling the platform that a message is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkOutcome {
    /// It took it.
    Told,
    /// It did not.
    Refused,
    /// It could not be reached, or did not answer.
    Unanswered,
    /// It was asked for with a test key: everything but the call.
    Sandbox,
}

/// The customer was, or should have been, shown that their message is read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageMarkedRead {
    /// Which message.
    pub message: MessageId,
    /// That somebody writes was to be shown too.
    pub typing: bool,
    /// When (seconds since 1970).
    pub at: i64,
    /// What came of it.
    pub outcome: MarkOutcome,
    /// The HTTP status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
}
