//! The channels of the workspace.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::channel::Channel;
use convolog_domain::{ChannelId, StreamKind};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::wire::time;
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::settings;

/// `GET /api/v1/channels`
pub(super) struct AllChannels;

/// A channel.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Channel")]
pub(super) struct ChannelRow {
    /// Which one.
    id: Uuid,
    /// What kind of channel.
    #[serde(rename = "type")]
    kind: Kind,
    /// What its people call it.
    name: String,
    /// The agent that answers on it.
    agent_id: Option<Uuid>,
    /// When it was first connected.
    created_at: String,
}

/// What kind of channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "ChannelType")]
enum Kind {
    /// A widget on a site.
    Website,
    /// Telegram.
    Telegram,
    /// WhatsApp.
    Whatsapp,
    /// Messenger.
    Messenger,
    /// Viber.
    Viber,
    /// E-mail.
    Email,
    /// Slack.
    Slack,
    /// Discord.
    Discord,
    /// Text messages.
    Sms,
    /// Calls.
    Voice,
}

impl Kind {
    /// The kind that a platform of ours is.
    fn of(platform: &str) -> Option<Self> {
        Some(match platform {
            "website" => Self::Website,
            "telegram" => Self::Telegram,
            "whatsapp" => Self::Whatsapp,
            "messenger" => Self::Messenger,
            "viber" => Self::Viber,
            "email" => Self::Email,
            "slack" => Self::Slack,
            "discord" => Self::Discord,
            "sms" => Self::Sms,
            "voice" => Self::Voice,
            _ => return None,
        })
    }
}

impl Read for AllChannels {
    const DECLARATION: Declaration =
        Declaration::get("/api/v1/channels", "channels", "List channels")
            .describing("Those that are connected, in the order in which they were made.")
            .group("Channels")
            .access(Access::AnyKey(Scope::Read))
            .answers(StatusCode::OK, "The channels.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Vec<ChannelRow>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (app, workspace) = (&call.app, call.workspace());
        let mut rows = Vec::new();
        for id in settings::all(app, workspace, StreamKind::Channel)? {
            let state = app.engine().load::<Channel>(workspace, id)?.state;
            let Some(connected) = state.live() else { continue };
            let kind = Kind::of(&connected.platform).ok_or_else(|| {
                Problem::internal("naming a platform as Avelto does", &std::fmt::Error)
            })?;
            let begun = settings::existing(app, workspace, StreamKind::Channel, id, "channel")?;
            let agent = app.engine().agent_of_channel(workspace, ChannelId(id))?;
            rows.push(ChannelRow {
                id,
                kind,
                name: connected.name.clone(),
                agent_id: agent.map(|agent| agent.0),
                created_at: time(begun.at),
            });
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use convolog_domain::limits::PLATFORMS;

    use super::*;

    #[test]
    fn every_platform_has_its_kind() {
        for platform in PLATFORMS {
            let kind = serde_json::to_value(Kind::of(platform)).unwrap();
            assert_eq!(kind, platform.to_uppercase());
        }
    }
}
