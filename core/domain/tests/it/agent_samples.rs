//! At least one value of every event of an agent, and of a conversation that an agent serves.

use convolog_domain::agent::{
    AgentArchived, AgentCreated, AgentPaused, AgentPublished, AgentResumed, AgentSettings,
    AgentUpdated, HandoffRules, OpenHours, ReplyLimits,
};
use convolog_domain::conversation::ConversationOpened;
use convolog_domain::{AgentId, Event};

use crate::samples::{CHANNEL, CONTACT, id};

pub(crate) fn full() -> AgentSettings {
    AgentSettings {
        name: "Mia".into(),
        provider: "openai_compatible".into(),
        model: Some("small".into()),
        temperature_percent: Some(30),
        max_tokens: Some(500),
        language: Some("pt-BR".into()),
        time_zone: Some("America/Sao_Paulo".into()),
        business_hours: vec![OpenHours { day: 1, opens: 540, closes: 1_080 }],
        channels: vec![CHANNEL],
        documents: Some(vec![id(30)]),
        handoff: HandoffRules {
            on_request: true,
            when_unsure: false,
            outside_hours: true,
            unknown_language: false,
            guess_when_unsure: false,
        },
        replies: ReplyLimits {
            per_hour: Some(20),
            in_a_row: Some(5),
            coalesce_milliseconds: 1_500,
        },
        connection: None,
    }
}

/// Every event, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let version = 2;
    vec![
        ConversationOpened { channel: CHANNEL, contact: CONTACT, agent: Some(AgentId(id(31))) }
            .into(),
        AgentCreated { settings: AgentSettings::named("Mia") }.into(),
        AgentUpdated { version, settings: full(), instructions_at: 1 }.into(),
        AgentPublished { old_version: None, version, old_channels: vec![], channels: vec![] }
            .into(),
        AgentPublished {
            old_version: Some(1),
            version,
            old_channels: vec![CHANNEL],
            channels: vec![CHANNEL],
        }
        .into(),
        AgentPaused { version }.into(),
        AgentResumed { version }.into(),
        AgentArchived { old_version: None, old_channels: vec![] }.into(),
        AgentArchived { old_version: Some(version), old_channels: vec![CHANNEL] }.into(),
    ]
}
