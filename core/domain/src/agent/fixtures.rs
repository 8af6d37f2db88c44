//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{AgentCreated, AgentPublished, AgentSettings, AgentUpdated, Event};
use crate::ids::{ChannelId, WorkspaceId};

/// Whose agent it is.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));

/// Channels.
pub(super) const DESK: ChannelId = ChannelId(Uuid::from_u128(21));
pub(super) const SHOP: ChannelId = ChannelId(Uuid::from_u128(22));

/// An agent on these channels.
pub(super) fn settings(channels: &[ChannelId]) -> AgentSettings {
    AgentSettings { channels: channels.to_vec(), ..AgentSettings::named("Mia") }
}

/// It was made.
pub(super) fn created(channels: &[ChannelId]) -> Event {
    AgentCreated { settings: settings(channels) }.into()
}

/// It got another version, with the instructions of the first.
pub(super) fn updated(version: u32, channels: &[ChannelId]) -> Event {
    AgentUpdated { version, settings: settings(channels), instructions_at: 1 }.into()
}

/// Its first version was published.
pub(super) fn published(channels: &[ChannelId]) -> Event {
    AgentPublished {
        old_version: None,
        version: 1,
        old_channels: vec![],
        channels: channels.to_vec(),
    }
    .into()
}
