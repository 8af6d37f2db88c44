//! Channels: the numbers at which people write to a workspace.

mod change;
mod connect;
mod disconnect;
mod read;
mod resume;

pub(crate) use change::ChangeChannel;
pub(crate) use connect::ConnectChannel;
pub(crate) use disconnect::DisconnectChannel;
pub(crate) use read::{ListChannels, ShowChannel};
pub(crate) use resume::ResumeSending;

use convolog_domain::channel::{Channel, ChannelConnected, ReadMarks, State};
use convolog_domain::limits::{MESSAGES_A_SECOND, PLATFORMS};
use convolog_domain::{Content, StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Recorded};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::settings::Setting;
use super::wire::{seconds, time};
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// A connected number.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Channel")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own in the API")]
pub(crate) struct ChannelView {
    /// Which one.
    pub(crate) id: Uuid,
    /// The platform.
    #[serde(rename = "type")]
    pub(crate) platform: String,
    /// What its people call it.
    pub(crate) name: String,
    /// Whether it is connected now.
    pub(crate) connected: bool,
    /// The platform's id of the number.
    pub(crate) phone_number_id: String,
    /// The platform's id of the business account.
    pub(crate) waba_id: String,
    /// The number as people dial it.
    pub(crate) display_phone_number: Option<String>,
    /// The app whose secret signs what arrives.
    pub(crate) app_id: Uuid,
    /// Whether the app is the installation's.
    pub(crate) installation_app: bool,
    /// Whether there is a token to send with.
    pub(crate) can_send: bool,
    /// Whether nothing is sent until somebody puts something right: the platform refused the token, a
    /// payment or the registration.
    pub(crate) sending_stopped: bool,
    /// What its customers see while an agent answers them.
    pub(crate) read_marks: ReadMarks,
    /// Where the platform's API is.
    pub(crate) graph_url: String,
    /// How much may be sent.
    pub(crate) limits: LimitsView,
    /// When it was first connected; missing in the answer that connects it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
}

/// How much may be sent with a number.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChannelLimits")]
pub(crate) struct LimitsView {
    /// Messages a second: 80, or 20 for a number that is used on a phone as well.
    messages_a_second: u32,
    /// The portfolio's tier, in the platform's word; null if it was not told.
    tier: Option<String>,
    /// People to whom the portfolio may write first within 24 hours, all its numbers together; null if
    /// it was not told, or there is no limit. Beyond it messages wait.
    people_a_day: Option<u64>,
    /// The platform said that too much is sent: nothing is, until then.
    slowed_until: Option<String>,
}

impl LimitsView {
    fn of(state: &State) -> Self {
        let (limits, slowed) = (&state.limits, state.slowed.as_ref());
        Self {
            messages_a_second: limits.messages_a_second.unwrap_or(MESSAGES_A_SECOND),
            tier: limits.tier.as_ref().map(|tier| tier.word.clone()),
            people_a_day: limits.tier.as_ref().and_then(|tier| tier.people),
            slowed_until: slowed.map(|slowed| seconds(slowed.until)),
        }
    }
}

impl ChannelView {
    fn of(id: Uuid, settings: &ChannelConnected, connected: bool) -> Self {
        Self {
            id,
            platform: settings.platform.clone(),
            name: settings.name.clone(),
            connected,
            phone_number_id: settings.phone_number_id.clone(),
            waba_id: settings.waba_id.clone(),
            display_phone_number: None,
            app_id: settings.app.0,
            installation_app: settings.installation_app,
            can_send: settings.access_token.is_some(),
            sending_stopped: false,
            read_marks: ReadMarks::Off,
            graph_url: settings.graph_url.clone(),
            limits: LimitsView::of(&State::default()),
            created_at: None,
        }
    }
}

impl Setting for ChannelView {
    const KIND: StreamKind = StreamKind::Channel;
    const NAME: &'static str = "channel";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let loaded = app.engine().load::<Channel>(workspace, id)?;
        let settings = loaded.state.settings.as_ref();
        let settings = settings.ok_or_else(|| Problem::not_found("channel"))?;
        let number = app.engine().open(begun).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Identity(identity)) => Some(identity.value.0),
            _ => None,
        });
        Ok(Self {
            display_phone_number: number,
            sending_stopped: loaded.state.stopped,
            limits: LimitsView::of(&loaded.state),
            read_marks: loaded.state.marks,
            created_at: Some(time(begun.at)),
            ..Self::of(id, settings, loaded.state.connected)
        })
    }
}

/// The platforms, as the schema lists them.
pub(crate) fn platforms(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": PLATFORMS })
}
