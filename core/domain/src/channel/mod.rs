//! A connected number of a workspace, and what the platform says about it.

mod connect_channel;
mod disconnect_channel;
#[cfg(test)]
mod fixtures;
mod replace_token;
mod resume_sending;
mod stop_sending;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::{Hash32, SecretRef};
use crate::ids::{AppId, ContactId, SecretId};
use crate::refusal::{Refusal, RefusalCode};

pub use connect_channel::ConnectChannel;
pub use disconnect_channel::DisconnectChannel;
pub use replace_token::ReplaceToken;
pub use resume_sending::ResumeSending;
pub use stop_sending::StopSending;

/// A number was connected. Sealed for the workspace: the number as people dial it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChannelConnected {
    /// The platform: `whatsapp`.
    pub platform: String,
    /// What its people call it.
    pub name: String,
    /// The app whose secret signs what arrives.
    pub app: AppId,
    /// Whether the app is the installation's.
    pub installation_app: bool,
    /// The platform's id of the number.
    pub phone_number_id: String,
    /// The platform's id of the business account.
    pub waba_id: String,
    /// The token with which Convolog sends.
    pub access_token: Option<SecretRef>,
    /// Where the platform's API is.
    pub graph_url: String,
}

/// The token was replaced.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChannelTokenReplaced {
    /// The new token.
    pub access_token: SecretRef,
}

/// The number was disconnected; what was said stays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChannelDisconnected {}

/// The platform refuses whatever is sent with the number until somebody puts something right.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SendingStopped {
    /// Its error code, if it gave one.
    pub code: Option<i64>,
    /// When (seconds since 1970).
    pub at: i64,
}

/// What stood in the way was put right.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SendingResumed {}

/// The platform said something that is neither a message nor a status (account, template, flow,
/// call, group, preference … updates). Sealed whole: the element, for whom it names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NoticeReceived {
    /// The platform's field, such as `account_update`.
    pub field: String,
    /// The kind within the field, if it names one.
    pub event: Option<String>,
    /// The platform's time, if it gives one (seconds since 1970).
    pub at: Option<i64>,
    /// The contact it is about, if it is about one.
    pub contact: Option<ContactId>,
    /// Error codes in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<i64>,
    /// Keyed hash of the canonical element.
    pub fragment: Hash32,
}

events! {
    /// What happened to a channel.
    Channel {
        1 "channel_connected" @1 ChannelConnected(ChannelConnected) seals [Identity]
            by [connect_channel::ConnectChannel],
        2 "channel_token_replaced" @1 ChannelTokenReplaced(ChannelTokenReplaced)
            by [replace_token::ReplaceToken],
        3 "channel_disconnected" @1 ChannelDisconnected(ChannelDisconnected)
            by [disconnect_channel::DisconnectChannel],
        4 "notice_received" @1 NoticeReceived(NoticeReceived) seals [Fragment] by [intake],
        5 "sending_stopped" @1 SendingStopped(SendingStopped) by [stop_sending::StopSending],
        6 "sending_resumed" @1 SendingResumed(SendingResumed) by [resume_sending::ResumeSending],
    }
}

/// What the history of a channel amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Number, app, token and address as they are now; none before it was first connected.
    pub settings: Option<ChannelConnected>,
    /// Whether it is connected now.
    pub connected: bool,
    /// Nothing is sent until somebody puts something right.
    pub stopped: bool,
    /// Tokens that nothing is sent with any more, oldest first.
    pub retired: Vec<SecretId>,
}

impl State {
    /// The settings, if the channel is connected.
    pub fn live(&self) -> Option<&ChannelConnected> {
        self.settings.as_ref().filter(|_| self.connected)
    }

    /// The token leaves: another one takes its place, or nothing is sent any more.
    fn retire_token(&mut self) {
        let token = self.settings.as_mut().and_then(|settings| settings.access_token.take());
        self.retired.extend(token.map(|token| token.id));
    }

    /// The settings of a channel that must be connected for what is asked.
    fn connected_settings(&self) -> Result<&ChannelConnected, Refusal> {
        let settings = self
            .settings
            .as_ref()
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such channel"))?;
        if self.connected {
            return Ok(settings);
        }
        Err(Refusal::new(
            RefusalCode::NotAllowedNow,
            "this channel is disconnected; connect it again first",
        ))
    }
}

/// A connected number of a workspace.
#[derive(Clone, Copy, Debug)]
pub struct Channel;

impl Aggregate for Channel {
    const KIND: StreamKind = StreamKind::Channel;
    type State = State;
    type Event = Event;
    const NAMES_SECRETS: bool = true;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::ChannelConnected(connected) => {
                state.retire_token();
                state.settings = Some(connected.clone());
                state.connected = true;
                state.stopped = false;
            }
            Event::SendingStopped(_) => state.stopped = true,
            Event::SendingResumed(_) => state.stopped = false,
            Event::ChannelTokenReplaced(replaced) => {
                state.retire_token();
                state.stopped = false;
                if let Some(settings) = &mut state.settings {
                    settings.access_token = Some(replaced.access_token.clone());
                }
            }
            Event::ChannelDisconnected(ChannelDisconnected {}) => {
                state.retire_token();
                state.connected = false;
            }
            // What the platform says about a channel decides nothing.
            Event::NoticeReceived(_) => {}
        }
    }

    fn retired_secrets(state: &State) -> &[SecretId] {
        &state.retired
    }
}
