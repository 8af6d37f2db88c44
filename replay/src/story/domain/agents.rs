//! What happens to agents, as a story tells it.

use convolog_domain::agent::{
    AgentChanges, AgentSettings, ArchiveAgent, CreateAgent, PauseAgent, PublishAgent, ResumeAgent,
    UpdateAgent,
};
use convolog_domain::{AgentId, ChannelId, Refusal};

use super::Stopped;
use super::commands::{Call, made, outcome, unexpected};
use crate::story::command::Command;
use crate::story::host::Outcome;

impl Call<'_> {
    pub(super) async fn of_agents(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller, once) = (self.engine, &self.caller, self.once.as_ref());
        let workspace = caller.workspace;
        match command.clone() {
            Command::CreateAgent { name, instructions, channels } => {
                let id = AgentId(self.new_id());
                let channels = channels.into_iter().map(ChannelId).collect();
                let settings = AgentSettings { channels, ..AgentSettings::named(name) };
                let instructions = instructions.into();
                let command = CreateAgent { workspace, settings, instructions };
                let answer = |_: &_, events: &[_]| made(id.0)(events);
                Ok(outcome(engine.create_agent(caller, id, command, once, answer).await?))
            }
            Command::UpdateAgent { agent, instructions, provider, language } => {
                let language = language.map(Some);
                let changes = AgentChanges { provider, language, ..AgentChanges::default() };
                let instructions = instructions.map(Into::into);
                let command = UpdateAgent { workspace, changes, instructions };
                let answer = |_: &_, events: &[_]| made(agent)(events);
                let id = AgentId(agent);
                Ok(outcome(engine.update_agent(caller, id, command, once, answer).await?))
            }
            Command::Agent { agent, action, version } => match action.as_str() {
                "publish" => {
                    let answer = |_: &_, events: &[_]| made(agent)(events);
                    let (id, command) = (AgentId(agent), PublishAgent { version });
                    Ok(outcome(engine.publish_agent(caller, id, command, once, answer).await?))
                }
                "pause" => self.execute(agent, PauseAgent, 200).await,
                "resume" => self.execute(agent, ResumeAgent, 200).await,
                "archive" => self.execute(agent, ArchiveAgent, 200).await,
                _ => Err(Refusal::field("action", "is not known").into()),
            },
            other => Err(unexpected(&other)),
        }
    }
}
