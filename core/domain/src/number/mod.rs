//! Who owns a platform's number. One stream for each number, in the control partition: a channel
//! reserves the number there, then connects in its own workspace.

#[cfg(test)]
mod fixtures;
mod release_number;
mod reserve_number;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::{AppId, ChannelId, WorkspaceId};

pub use release_number::ReleaseNumber;
pub use reserve_number::ReserveNumber;

/// How it was shown that the workspace may speak for the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnershipProof {
    /// A call to the platform with the workspace's token read the number.
    Graph,
    /// The administrator waived it.
    Waived,
}

/// A workspace took the number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NumberReserved {
    /// The platform's id of the number (not the number).
    pub phone_number_id: String,
    /// Whose it is now.
    pub workspace: WorkspaceId,
    /// Which channel speaks for it.
    pub channel: ChannelId,
    /// The app whose secret must sign what arrives for it.
    pub app: AppId,
    /// Whether the app is the installation's.
    pub installation_app: bool,
    /// How that was shown.
    pub proof: OwnershipProof,
}

/// It is free again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NumberReleased {
    /// The platform's id of the number.
    pub phone_number_id: String,
    /// Whose it was.
    pub workspace: WorkspaceId,
    /// Which channel spoke for it.
    pub channel: ChannelId,
}

events! {
    /// What happened to the ownership of a number.
    Number {
        1 "number_reserved" @1 NumberReserved(NumberReserved) by [reserve_number::ReserveNumber],
        2 "number_released" @1 NumberReleased(NumberReleased) by [release_number::ReleaseNumber],
    }
}

/// What the history of a number amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Whose it is, and the app that must sign for it; none while it is free.
    pub owner: Option<NumberReserved>,
    /// Under which channel each workspace had it last.
    pub channels: BTreeMap<WorkspaceId, ChannelId>,
}

/// The ownership of a platform's number.
#[derive(Clone, Copy, Debug)]
pub struct Number;

impl Aggregate for Number {
    const KIND: StreamKind = StreamKind::Number;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::NumberReserved(reserved) => {
                state.channels.insert(reserved.workspace, reserved.channel);
                state.owner = Some(reserved.clone());
            }
            Event::NumberReleased(_) => state.owner = None,
        }
    }
}
