//! What happens to agents: the rules that need more than the agent itself.

use convolog_domain::{
    AgentId, ChannelId, ClaimKey, ContactId, Event, Refusal, RefusalCode, StreamKind, WorkspaceId,
    agent::{Agent, CreateAgent, PublishAgent, State, UpdateAgent},
    appointment::Appointment,
    channel::Channel,
    conversation::Conversation,
    document::Document,
    lead::Lead,
};
use convolog_log::Position;
use uuid::Uuid;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::recorded::{Recorded, Stream};

impl Engine {
    /// Makes an agent.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says, or if a channel, a document or a connection to a
    /// model does not exist.
    pub async fn create_agent(
        &self,
        caller: &Caller,
        id: AgentId,
        mut command: CreateAgent,
        once: Option<&Once>,
        answer: impl Fn(&State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        command.settings = self.reached_by(caller.workspace, command.settings)?;
        self.channels_exist(caller.workspace, &command.settings.channels)?;
        self.documents_exist(caller.workspace, command.settings.documents.as_deref(), &[])?;
        self.execute_knowing(caller, id.0, command, once, answer).await
    }

    /// Gives an agent another version. Documents that it had may be removed by now.
    ///
    /// # Errors
    /// As [`Engine::create_agent`].
    pub async fn update_agent(
        &self,
        caller: &Caller,
        id: AgentId,
        mut command: UpdateAgent,
        once: Option<&Once>,
        answer: impl Fn(&State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let channels = command.changes.channels.as_deref().unwrap_or_default();
        self.channels_exist(caller.workspace, channels)?;
        let known = self.load::<Agent>(caller.workspace, id.0)?.state;
        let had = known.newest().and_then(|newest| newest.settings.documents.as_deref());
        let wanted = command.changes.documents.as_ref().and_then(|documents| documents.as_deref());
        self.documents_exist(caller.workspace, wanted, had.unwrap_or_default())?;
        let now = known.newest().map(|newest| &newest.settings);
        command.changes = self.reached_after(caller.workspace, command.changes, now)?;
        self.execute_knowing(caller, id.0, command, once, answer).await
    }

    /// Publishes a version of an agent.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says, or if another agent serves one of its channels.
    pub async fn publish_agent(
        &self,
        caller: &Caller,
        id: AgentId,
        command: PublishAgent,
        once: Option<&Once>,
        answer: impl Fn(&State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let loaded = self.load::<Agent>(caller.workspace, id.0)?;
            let (plan, events) = self.decide_on(caller, id.0, &loaded, command)?;
            for step in &plan.steps {
                self.served_by_nobody_else(caller.workspace, id, &step.decision.claims)?;
            }
            Ok((plan, answer(&loaded.state, &events)))
        })
        .await
    }

    /// The agent that is published on a channel.
    ///
    /// # Errors
    /// [`EngineError::Log`] if the index cannot be read.
    pub fn agent_of_channel(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
    ) -> Result<Option<AgentId>, EngineError> {
        let claim = self.claim_hash(workspace, &ClaimKey::ServedChannel(channel))?;
        Ok(self.log().holder(&claim)?.map(|holder| AgentId(holder.stream.id)))
    }

    /// Since where in the log it has been published there.
    ///
    /// # Errors
    /// [`EngineError::Log`] if the index cannot be read.
    pub fn served_since(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
    ) -> Result<Option<Position>, EngineError> {
        let claim = self.claim_hash(workspace, &ClaimKey::ServedChannel(channel))?;
        Ok(self.log().holder(&claim)?.map(|holder| holder.position))
    }

    /// Whether an event is about what an agent does: itself, the channels that it serves, what is said
    /// there, and whoever says it, with their leads and appointments.
    ///
    /// # Errors
    /// [`EngineError`] if log or vault cannot be read.
    pub fn concerns_agent(&self, agent: AgentId, event: &Recorded) -> Result<bool, EngineError> {
        let Stream { workspace, kind, id } = event.stream;
        match kind {
            StreamKind::Agent => Ok(id == agent.0),
            StreamKind::Channel => {
                let state = self.load::<Agent>(workspace, agent.0)?.state;
                Ok(state.serving.contains(&ChannelId(id)))
            }
            StreamKind::Conversation => self.is_of_agent(workspace, agent, id),
            StreamKind::Contact => self.talks_with(workspace, agent, ContactId(id)),
            StreamKind::Lead => self.lead_is_of_agent(workspace, agent, id),
            StreamKind::Appointment => {
                let state = self.load::<Appointment>(workspace, id)?.state;
                let Some(with) = state.booking.as_ref().map(|booking| booking.with) else {
                    return Ok(false);
                };
                Ok(match (with.conversation, with.contact, with.lead) {
                    (Some(conversation), ..) => {
                        self.is_of_agent(workspace, agent, conversation.0)?
                    }
                    (None, Some(contact), _) => self.talks_with(workspace, agent, contact)?,
                    (None, None, Some(lead)) => self.lead_is_of_agent(workspace, agent, lead.0)?,
                    (None, None, None) => false,
                })
            }
            _ => Ok(false),
        }
    }

    /// Whether a conversation began with an agent, or stands at a channel that it serves now.
    fn is_of_agent(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        conversation: Uuid,
    ) -> Result<bool, EngineError> {
        let state = self.load::<Conversation>(workspace, conversation)?.state;
        let Some(opened) = &state.opened else { return Ok(false) };
        Ok(opened.agent == Some(agent)
            || self.agent_of_channel(workspace, opened.channel)? == Some(agent))
    }

    fn lead_is_of_agent(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        lead: Uuid,
    ) -> Result<bool, EngineError> {
        let state = self.load::<Lead>(workspace, lead)?.state;
        let serving = &self.load::<Agent>(workspace, agent.0)?.state.serving;
        let channel = state.opened.as_ref().and_then(|opened| opened.channel);
        if channel.is_some_and(|channel| serving.contains(&channel)) {
            return Ok(true);
        }
        state.contact.map_or(Ok(false), |contact| self.talks_with(workspace, agent, contact))
    }

    /// Whether somebody has a conversation at a channel that an agent serves.
    fn talks_with(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        contact: ContactId,
    ) -> Result<bool, EngineError> {
        let state = self.load::<Agent>(workspace, agent.0)?.state;
        let contact = self.standing(workspace, contact)?;
        Ok(self.conversation_at(workspace, &state.serving, contact)?.is_some())
    }

    fn channels_exist(
        &self,
        workspace: WorkspaceId,
        channels: &[ChannelId],
    ) -> Result<(), EngineError> {
        for channel in channels {
            if self.load::<Channel>(workspace, channel.0)?.state.settings.is_none() {
                let detail = "names a channel that this workspace does not have";
                return Err(Refusal::field("channels", detail).into());
            }
        }
        Ok(())
    }

    fn documents_exist(
        &self,
        workspace: WorkspaceId,
        wanted: Option<&[Uuid]>,
        had: &[Uuid],
    ) -> Result<(), EngineError> {
        for document in wanted.unwrap_or_default().iter().filter(|id| !had.contains(id)) {
            let found = self.load::<Document>(workspace, *document)?.state;
            if found.latest.is_none() || found.removed {
                let detail = "names a document that this workspace does not have";
                return Err(Refusal::field("documents", detail).into());
            }
        }
        Ok(())
    }

    fn served_by_nobody_else(
        &self,
        workspace: WorkspaceId,
        id: AgentId,
        claims: &[ClaimKey],
    ) -> Result<(), EngineError> {
        for claim in claims {
            let ClaimKey::ServedChannel(channel) = claim else { continue };
            let serving = self.agent_of_channel(workspace, *channel)?.filter(|one| *one != id);
            if let Some(other) = serving {
                let detail = format!(
                    "agent {other} serves channel {channel}; archive it, or publish a version of \
                     it without that channel, first"
                );
                let refusal = Refusal::new(RefusalCode::OwnedByAnother, detail);
                return Err(refusal.because_of(StreamKind::Agent, other.0).into());
            }
        }
        Ok(())
    }
}
