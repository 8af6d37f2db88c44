//! An agent: who answers, how, on which channels. Every version is kept; one may be published.
//!
//! Instructions are sealed under the workspace's own key. An event that leaves them as they were
//! names the event that holds them, so that no decision has to read them.

mod archive_agent;
mod changes;
mod create_agent;
#[cfg(test)]
mod fixtures;
mod pause_agent;
mod publish_agent;
mod resume_agent;
mod settings;
mod update_agent;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::ChannelId;
use crate::refusal::{Refusal, RefusalCode};

pub use archive_agent::ArchiveAgent;
pub use changes::AgentChanges;
pub use create_agent::CreateAgent;
pub use pause_agent::PauseAgent;
pub use publish_agent::PublishAgent;
pub use resume_agent::ResumeAgent;
pub use settings::{AgentSettings, HandoffRules, OpenHours, ReplyLimits};
pub use update_agent::UpdateAgent;

/// An agent was made: its version 1. Sealed: its instructions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentCreated {
    /// What it is set to.
    pub settings: AgentSettings,
}

/// An agent got another version. Sealed: its instructions, if they changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentUpdated {
    /// The number of the version.
    pub version: u32,
    /// What it is set to.
    pub settings: AgentSettings,
    /// The number within the stream of the event that holds the instructions.
    pub instructions_at: u64,
}

/// A version answers from now on. Claims its channels.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentPublished {
    /// The version that answered before.
    pub old_version: Option<u32>,
    /// The version that answers now.
    pub version: u32,
    /// The channels that were served before.
    pub old_channels: Vec<ChannelId>,
    /// The channels that are served now.
    pub channels: Vec<ChannelId>,
}

/// A published agent is silent for a while. It keeps its channels.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentPaused {
    /// The published version.
    pub version: u32,
}

/// A paused agent answers again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentResumed {
    /// The published version.
    pub version: u32,
}

/// An agent answers never again. Gives its channels back; its versions stay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentArchived {
    /// The version that was published.
    pub old_version: Option<u32>,
    /// The channels that were served.
    pub old_channels: Vec<ChannelId>,
}

events! {
    /// What happened to an agent.
    Agent {
        1 "agent_created" @1 AgentCreated(AgentCreated) seals [Instructions]
            by [create_agent::CreateAgent],
        2 "agent_updated" @1 AgentUpdated(AgentUpdated) seals [Instructions]
            by [update_agent::UpdateAgent],
        3 "agent_published" @1 AgentPublished(AgentPublished) by [publish_agent::PublishAgent],
        4 "agent_paused" @1 AgentPaused(AgentPaused) by [pause_agent::PauseAgent],
        5 "agent_resumed" @1 AgentResumed(AgentResumed) by [resume_agent::ResumeAgent],
        6 "agent_archived" @1 AgentArchived(AgentArchived) by [archive_agent::ArchiveAgent],
    }
}

/// One version of an agent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// What it is set to.
    pub settings: AgentSettings,
    /// The number within the stream of its own event.
    pub made_at: u64,
    /// The number within the stream of the event that holds its instructions.
    pub instructions_at: u64,
}

/// What the history of an agent amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Every version, the first one first; empty before the agent was made.
    pub versions: Vec<Version>,
    /// The number of the version that answers.
    pub published: Option<u32>,
    /// The channels that are served.
    pub serving: BTreeSet<ChannelId>,
    /// It is silent for a while.
    pub paused: bool,
    /// It answers never again.
    pub archived: bool,
    /// Events in the stream.
    pub events: u64,
}

impl State {
    /// The newest version; none before the agent was made.
    pub fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// The version with this number.
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// The newest version of an agent that must exist.
    fn existing(&self) -> Result<&Version, Refusal> {
        self.newest().ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such agent"))
    }

    /// The newest version of an agent that must exist and not be archived.
    fn usable(&self) -> Result<&Version, Refusal> {
        let newest = self.existing()?;
        if self.archived {
            let detail = "this agent is archived; make another one";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(newest)
    }

    /// The published version of an agent that must have one.
    fn published(&self) -> Result<u32, Refusal> {
        self.usable()?;
        let detail = "this agent is not published; publish it first";
        self.published.ok_or_else(|| Refusal::new(RefusalCode::NotAllowedNow, detail))
    }
}

/// An agent.
#[derive(Clone, Copy, Debug)]
pub struct Agent;

impl Aggregate for Agent {
    const KIND: StreamKind = StreamKind::Agent;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        state.events += 1;
        let made_at = state.events;
        match event {
            Event::AgentCreated(created) => state.versions.push(Version {
                number: 1,
                settings: created.settings.clone(),
                made_at,
                instructions_at: made_at,
            }),
            Event::AgentUpdated(updated) => state.versions.push(Version {
                number: updated.version,
                settings: updated.settings.clone(),
                made_at,
                instructions_at: updated.instructions_at,
            }),
            Event::AgentPublished(published) => {
                state.published = Some(published.version);
                state.serving = published.channels.iter().copied().collect();
            }
            Event::AgentPaused(_) => state.paused = true,
            Event::AgentResumed(_) => state.paused = false,
            Event::AgentArchived(_) => {
                state.archived = true;
                state.published = None;
                state.serving.clear();
            }
        }
    }
}
