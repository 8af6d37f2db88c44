//! What is known of a message before it comes: one stream for each. Statuses wait until a commit
//! claims the message and records them again in its conversation; an edit, a revocation or a
//! reaction tells whose the message is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::StatusReceived;
use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::{ContactId, ConversationId};

/// A status waits for its message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatusWaiting {
    /// What the platform said.
    pub status: StatusReceived,
}

/// An edit, a revocation or a reaction came before the message that it is about: whoever the platform
/// names in the message is the same person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageAnnounced {
    /// The conversation in which it stands meanwhile.
    pub conversation: ConversationId,
    /// The person, as named there.
    pub contact: ContactId,
}

events! {
    /// What waits for a message.
    #[expect(clippy::large_enum_variant, reason = "one at a time is looked at, and boxes cost more")]
    Unmatched {
        1 "status_waiting" @1 StatusWaiting(StatusWaiting) seals [Status] by [intake],
        2 "message_announced" @1 MessageAnnounced(MessageAnnounced) by [intake],
    }
}

/// What waits for one message.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The statuses, each telling once, in the order of arrival. They stay after the message came:
    /// claims keep them from being taken twice.
    pub waiting: Vec<StatusReceived>,
    /// Whose it is, if something about it came before. Later announcements say the same: each was
    /// decided with this one in view.
    pub announced: Option<MessageAnnounced>,
}

/// A message that is not known yet.
#[derive(Clone, Copy, Debug)]
pub struct Unmatched;

impl Aggregate for Unmatched {
    const KIND: StreamKind = StreamKind::Unmatched;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::StatusWaiting(StatusWaiting { status }) => {
                if state.waiting.iter().all(|known| known.fragment != status.fragment) {
                    state.waiting.push(status.clone());
                }
            }
            Event::MessageAnnounced(announced) => {
                state.announced.get_or_insert(*announced);
            }
        }
    }
}
