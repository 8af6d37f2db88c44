//! Statuses whose message is not known yet: one stream for each such message. They wait until a
//! commit claims that message; it records them again in the conversation.

use serde::{Deserialize, Serialize};

use super::StatusReceived;
use crate::decision::Aggregate;
use crate::event::{StreamKind, events};

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

/// What waits for one message.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The statuses, each telling once, in the order of arrival. They stay after the message came:
    /// claims keep them from being taken twice.
    pub waiting: Vec<StatusReceived>,
}

/// Statuses whose message is not known yet.
#[derive(Clone, Copy, Debug)]
pub struct Unmatched;

impl Aggregate for Unmatched {
    const KIND: StreamKind = StreamKind::Unmatched;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        let Event::StatusWaiting(StatusWaiting { status }) = event;
        if state.waiting.iter().all(|known| known.fragment != status.fragment) {
            state.waiting.push(status.clone());
        }
    }
}
