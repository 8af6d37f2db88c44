//! What is to be changed of an agent's settings.

use uuid::Uuid;

use super::{AgentSettings, HandoffRules, OpenHours, ReplyLimits};
use crate::ids::{ChannelId, ModelConnectionId};

/// What is left out stays as it is, whoever set it and when; none inside takes a value away.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AgentChanges {
    /// What the staff calls it.
    pub name: Option<String>,
    /// Who answers.
    pub provider: Option<String>,
    /// The provider's name of the model.
    pub model: Option<Option<String>>,
    /// How freely it answers, in hundredths.
    pub temperature_percent: Option<u16>,
    /// Tokens of one answer.
    pub max_tokens: Option<u32>,
    /// The language it answers in.
    pub language: Option<Option<String>>,
    /// The time zone of its hours.
    pub time_zone: Option<Option<String>>,
    /// When it answers.
    pub business_hours: Option<Vec<OpenHours>>,
    /// The channels it serves once it is published.
    pub channels: Option<Vec<ChannelId>>,
    /// The documents it answers from.
    pub documents: Option<Option<Vec<Uuid>>>,
    /// When a person takes over.
    pub handoff: Option<HandoffRules>,
    /// How much it says.
    pub replies: Option<ReplyLimits>,
    /// The connection by which its model is reached.
    pub connection: Option<Option<ModelConnectionId>>,
}

impl AgentChanges {
    /// The settings with these changes.
    #[must_use]
    pub fn onto(self, old: AgentSettings) -> AgentSettings {
        AgentSettings {
            name: self.name.unwrap_or(old.name),
            provider: self.provider.unwrap_or(old.provider),
            model: self.model.unwrap_or(old.model),
            temperature_percent: self.temperature_percent.or(old.temperature_percent),
            max_tokens: self.max_tokens.or(old.max_tokens),
            language: self.language.unwrap_or(old.language),
            time_zone: self.time_zone.unwrap_or(old.time_zone),
            business_hours: self.business_hours.unwrap_or(old.business_hours),
            channels: self.channels.unwrap_or(old.channels),
            documents: self.documents.unwrap_or(old.documents),
            handoff: self.handoff.unwrap_or(old.handoff),
            replies: self.replies.unwrap_or(old.replies),
            connection: self.connection.unwrap_or(old.connection),
        }
    }
}
