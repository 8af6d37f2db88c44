//! Statuses whose message is not known yet: one stream for each such message. They wait until a
//! commit claims that message; it records them again in the conversation.

use serde::{Deserialize, Serialize};

use super::StatusReceived;
use crate::event::events;

/// A status waits for its message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StatusWaiting {
    /// What the platform said.
    pub status: StatusReceived,
}

events! {
    /// What waits for a message.
    Unmatched {
        1 "status_waiting" @1 StatusWaiting(StatusWaiting),
    }
}
