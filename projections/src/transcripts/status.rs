//! The shown status of a message: what all facts together amount to.
//!
//! Statuses come late, twice and out of order, and never go backwards here: the furthest one that
//! was ever told is shown. Unknown ones are kept and listed, and do not change what is shown.

use convolog_domain::conversation::Direction;
use serde::{Deserialize, Serialize};

use super::row::MessageRow;

/// What became of a message.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MessageStatus {
    /// Asked for, not sent yet.
    Queued,
    /// It may have been sent or not: the platform never answered, and no status came. A person has to
    /// look.
    Undetermined,
    /// It was taken back before it left.
    Cancelled,
    /// The platform has it.
    Accepted,
    /// On its way.
    Sent,
    /// It will not arrive.
    Failed,
    /// It reached the contact (so a failure told before or after was not the last word).
    Delivered,
    /// It was read.
    Read,
    /// It was listened to.
    Played,
    /// It came from the contact.
    Received,
}

impl MessageStatus {
    /// The status of that name, as the platform writes it (`pending` only in imported history).
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "pending" => Self::Queued,
            "undetermined" => Self::Undetermined,
            "cancelled" => Self::Cancelled,
            "accepted" => Self::Accepted,
            "sent" => Self::Sent,
            "failed" => Self::Failed,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            _ => return None,
        })
    }
}

/// What a message may have come to that somebody should see to, or that waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outstanding {
    /// Asked for, not sent yet.
    Queued,
    /// Nobody knows whether the platform has it.
    Undetermined,
    /// It will not arrive.
    Failed,
}

impl Outstanding {
    pub(super) const fn of(status: MessageStatus) -> Option<Self> {
        match status {
            MessageStatus::Queued => Some(Self::Queued),
            MessageStatus::Undetermined => Some(Self::Undetermined),
            MessageStatus::Failed => Some(Self::Failed),
            _ => None,
        }
    }

    pub(super) const fn code(self) -> u8 {
        match self {
            Self::Queued => 0,
            Self::Undetermined => 1,
            Self::Failed => 2,
        }
    }
}

/// The name of a status as imported history writes it (`DELIVERED`, `ERROR`, `PENDING` …).
pub(super) fn name_in_history(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "error" => "failed".to_owned(),
        other => other.to_owned(),
    }
}

impl MessageRow {
    /// The shown status; none while only statuses are known, not the message.
    pub fn status(&self) -> Option<MessageStatus> {
        let spoken = self.spoken.as_ref()?;
        if spoken.told.said.direction == Direction::Inbound {
            return Some(MessageStatus::Received);
        }
        let furthest = self.statuses.keys().filter_map(|name| MessageStatus::named(name)).max();
        let least = if spoken.requested { MessageStatus::Queued } else { MessageStatus::Sent };
        Some(furthest.unwrap_or(least))
    }

    /// Statuses that this version does not know, as the platform wrote them.
    pub fn other_statuses(&self) -> Vec<String> {
        let unknown = |name: &&String| MessageStatus::named(name).is_none();
        self.statuses.keys().filter(unknown).cloned().collect()
    }
}
