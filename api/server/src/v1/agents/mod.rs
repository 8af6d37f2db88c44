//! Agents: who answers, how, on which channels. Every version is kept.

mod create;
mod lifecycle;
mod read;
mod update;
mod wire;

pub(crate) use create::CreateAgent;
pub(crate) use lifecycle::{ArchiveAgent, PauseAgent, PublishAgent, ResumeAgent};
pub(crate) use read::{ListAgentVersions, ListAgents, ShowAgent};
pub(crate) use update::UpdateAgent;

use convolog_domain::agent::{Agent, State, Version};
use convolog_domain::{Aggregate, Content, Event, StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Recorded, Stream};
use convolog_log::Position;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::problem::{Outcome, Problem};
use crate::v1::wire::time;
use wire::SettingsView;

/// Events of an agent read at a time.
const STRETCH: usize = 500;

/// Whether an agent answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AgentStatus {
    /// It was never published.
    Draft,
    /// It answers.
    Published,
    /// It is silent for a while.
    Paused,
    /// It answers never again.
    Archived,
}

/// An agent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Agent")]
pub(crate) struct AgentView {
    /// Which one.
    pub(crate) id: Uuid,
    /// Whether it answers.
    status: AgentStatus,
    /// The number of its newest version.
    version: u32,
    /// The number of the version that answers.
    published_version: Option<u32>,
    /// The channels that it serves now: those of the published version.
    serving: Vec<Uuid>,
    /// What its newest version is set to.
    #[serde(flatten)]
    settings: SettingsView,
    /// What its newest version is told about its work; null in the answer to a command that left
    /// it as it was.
    instructions: Option<String>,
    /// When it was made; missing in the answer that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
}

/// A version of an agent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "AgentVersion")]
pub(crate) struct VersionView {
    /// Its number, from 1.
    version: u32,
    /// Whether it answers.
    published: bool,
    /// What it is set to.
    #[serde(flatten)]
    settings: SettingsView,
    /// What it is told about its work.
    instructions: Option<String>,
    /// When it was made.
    created_at: String,
}

impl AgentView {
    /// From a state; none before the agent was made.
    fn of(id: Uuid, state: &State, instructions: Option<String>) -> Option<Self> {
        let newest = state.newest()?;
        let status = match (state.archived, state.published, state.paused) {
            (true, ..) => AgentStatus::Archived,
            (false, None, _) => AgentStatus::Draft,
            (false, Some(_), true) => AgentStatus::Paused,
            (false, Some(_), false) => AgentStatus::Published,
        };
        Some(Self {
            id,
            status,
            version: newest.number,
            published_version: state.published,
            serving: state.serving.iter().map(|channel| channel.0).collect(),
            settings: SettingsView::from(&newest.settings),
            instructions,
            created_at: None,
        })
    }

    /// The agent after these events: the answer to a command.
    fn after(id: Uuid, before: &State, events: &[Event], told: Option<&str>) -> Option<Self> {
        let mut state = before.clone();
        for event in events {
            if let Event::Agent(event) = event {
                Agent::evolve(&mut state, event);
            }
        }
        Self::of(id, &state, told.map(str::to_owned))
    }
}

/// An agent as it stood: its state, and its events for what is sealed in them.
pub(crate) struct Stood {
    id: Uuid,
    state: State,
    events: Vec<Recorded>,
}

impl Stood {
    /// Folds an agent's stream up to a position.
    pub(crate) fn load(
        app: &App,
        workspace: WorkspaceId,
        id: Uuid,
        cut: Option<Position>,
    ) -> Outcome<Self> {
        let stream = Stream::new(workspace, StreamKind::Agent, id).key();
        let (mut stood, mut after) = (Self { id, state: State::default(), events: vec![] }, 0);
        loop {
            let records = app.engine().log().read_stream(&stream, after, STRETCH)?;
            let Some(last) = records.last() else { break };
            after = last.header.version;
            for record in &records {
                let event = Recorded::read(record)?;
                if cut.is_some_and(|cut| event.position > cut) {
                    break;
                }
                if let Event::Agent(event) = &event.event {
                    Agent::evolve(&mut stood.state, event);
                }
                stood.events.push(event);
            }
        }
        if stood.state.newest().is_none() {
            return Err(Problem::not_found("agent"));
        }
        Ok(stood)
    }

    fn event(&self, number: u64) -> Option<&Recorded> {
        self.events.iter().find(|event| event.version == number)
    }

    /// The state that its events amount to.
    pub(crate) const fn state(&self) -> &State {
        &self.state
    }

    /// What a version is told about its work; none if that cannot be opened.
    pub(crate) fn instructions(&self, app: &App, version: &Version) -> Option<String> {
        let event = self.event(version.instructions_at)?;
        app.engine().open(event).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Instructions(told)) => Some(told.text.0),
            _ => None,
        })
    }

    /// As the API shows it.
    pub(crate) fn view(&self, app: &App) -> Outcome<AgentView> {
        let instructions = self.state.newest().and_then(|newest| self.instructions(app, newest));
        let view = AgentView::of(self.id, &self.state, instructions);
        let view = view.ok_or_else(|| Problem::not_found("agent"))?;
        let created_at = self.events.first().map(|event| time(event.at));
        Ok(AgentView { created_at, ..view })
    }

    /// Its versions, the newest first.
    pub(crate) fn versions(&self, app: &App) -> Vec<VersionView> {
        let shown = |version: &Version| VersionView {
            version: version.number,
            published: self.state.published == Some(version.number),
            settings: SettingsView::from(&version.settings),
            instructions: self.instructions(app, version),
            created_at: self.event(version.made_at).map(|event| time(event.at)).unwrap_or_default(),
        };
        self.state.versions.iter().rev().map(shown).collect()
    }
}
