//! A connected number of a workspace, and what the platform says about it.

mod connect_channel;
mod disconnect_channel;
mod finish_template_sync;
#[cfg(test)]
mod fixtures;
mod replace_token;
mod request_template_sync;
mod resume_sending;
mod set_limits;
mod set_read_marks;
mod slow_down;
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
pub use finish_template_sync::FinishTemplateSync;
pub use replace_token::ReplaceToken;
pub use request_template_sync::RequestTemplateSync;
pub use resume_sending::ResumeSending;
pub use set_limits::SetLimits;
pub use set_read_marks::SetReadMarks;
pub use slow_down::SlowDown;
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

/// What a number's customers see while an agent answers them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadMarks {
    /// Nothing: their message is not marked.
    #[default]
    Off,
    /// That it is read.
    Read,
    /// That it is read, and that somebody writes.
    Typing,
}

/// What a number's customers see while an agent answers them is another thing now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadMarksChanged {
    /// Before.
    pub old: ReadMarks,
    /// Now.
    pub new: ReadMarks,
}

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

/// The templates of the channel's business account are to be read from the platform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateSyncRequested {
    /// When it was asked for (seconds since 1970).
    pub at: i64,
    /// It was asked for with a test key: nothing is read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sandbox: bool,
}

/// The templates of the channel's business account were read, or could not be.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct TemplateSyncFinished {
    /// When (seconds since 1970).
    pub at: i64,
    /// Templates on the platform's list.
    pub seen: u32,
    /// Templates of which something was not known.
    pub recorded: u32,
    /// Templates that are not on it any more.
    pub gone: u32,
    /// The list was read to its end.
    pub complete: bool,
    /// The HTTP status of the answer that ended it early, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The platform's error code, if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
}

/// How much may be sent with a number, as the platform or somebody here says. What is not named stays.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ChannelLimitsChanged {
    /// When (seconds since 1970).
    pub at: i64,
    /// Messages a second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages_a_second: Option<u32>,
    /// The portfolio's tier, in the platform's word: `tier_250`, `tier_2k` … `tier_unlimited`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// People to whom the portfolio may write first within 24 hours; none with a tier: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_a_day: Option<u64>,
}

/// The platform said that too much is sent with a number, or by its account: nothing is, until then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChannelSlowed {
    /// The platform's error code.
    pub code: i64,
    /// When (seconds since 1970).
    pub at: i64,
    /// Until when (seconds since 1970).
    pub until: i64,
    /// How often it was said in a row before, from 0: each time waits twice as long.
    pub step: u32,
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
        7 "template_sync_requested" @1 TemplateSyncRequested(TemplateSyncRequested)
            by [request_template_sync::RequestTemplateSync],
        8 "template_sync_finished" @1 TemplateSyncFinished(TemplateSyncFinished)
            by [finish_template_sync::FinishTemplateSync],
        9 "channel_limits_changed" @1 ChannelLimitsChanged(ChannelLimitsChanged)
            by [intake, set_limits::SetLimits],
        10 "channel_slowed" @1 ChannelSlowed(ChannelSlowed) by [slow_down::SlowDown],
        11 "read_marks_changed" @1 ReadMarksChanged(ReadMarksChanged)
            by [set_read_marks::SetReadMarks],
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
    /// What its customers see while an agent answers them.
    pub marks: ReadMarks,
    /// Tokens that nothing is sent with any more, oldest first.
    pub retired: Vec<SecretId>,
    /// The newest reading of its account's templates.
    pub template_sync: Option<TemplateSync>,
    /// How much may be sent.
    pub limits: Limits,
    /// Nothing is sent before then.
    pub slowed: Option<ChannelSlowed>,
}

/// How much may be sent with a number.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// Messages a second; none: as many as the platform usually allows.
    pub messages_a_second: Option<u32>,
    /// The portfolio's tier, if it is known, and when it was told.
    pub tier: Option<Tier>,
}

/// To how many people a portfolio may write first within 24 hours.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Tier {
    /// When that was told (seconds since 1970).
    pub at: i64,
    /// The platform's word.
    pub word: String,
    /// How many people; none: no limit.
    pub people: Option<u64>,
}

impl Limits {
    fn changed(&mut self, changed: &ChannelLimitsChanged) {
        if changed.messages_a_second.is_some() {
            self.messages_a_second = changed.messages_a_second;
        }
        if let Some(word) = &changed.tier {
            let tier = Tier { at: changed.at, word: word.clone(), people: changed.people_a_day };
            // The newest counts, in whatever order they were heard.
            if self.tier.as_ref().is_none_or(|known| *known <= tier) {
                self.tier = Some(tier);
            }
        }
    }
}

/// How many people a tier of the platform means, by its word; none if it says nothing, none inside if
/// there is no limit.
pub fn people_of_tier(word: &str) -> Option<Option<u64>> {
    let word = word.trim().to_ascii_lowercase();
    let word = word.strip_prefix("tier_").unwrap_or(&word);
    if word == "unlimited" {
        return Some(None);
    }
    let (digits, thousands) = match word.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => (word, 1),
    };
    let number: u64 = digits.parse().ok()?;
    // The old interface gave no limit as a number that is none.
    number.checked_mul(thousands).filter(|people| *people > 0).map(Some)
}

/// A reading of the templates of the platform.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateSync {
    /// When and how it was asked for.
    pub requested: TemplateSyncRequested,
    /// How it ended; none while it goes on.
    pub finished: Option<TemplateSyncFinished>,
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
            Event::ReadMarksChanged(changed) => state.marks = changed.new,
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
            Event::TemplateSyncRequested(requested) => {
                let requested = requested.clone();
                state.template_sync = Some(TemplateSync { requested, finished: None });
            }
            Event::TemplateSyncFinished(finished) => {
                if let Some(sync) = &mut state.template_sync {
                    sync.finished = Some(finished.clone());
                }
            }
            Event::ChannelLimitsChanged(changed) => state.limits.changed(changed),
            Event::ChannelSlowed(slowed) => state.slowed = Some(slowed.clone()),
            // What the platform says about a channel decides nothing.
            Event::NoticeReceived(_) => {}
        }
    }

    fn retired_secrets(state: &State) -> &[SecretId] {
        &state.retired
    }
}
