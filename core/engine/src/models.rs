//! Calling models: what the caller of one needs, and what an agent that names a connection must be.

use std::sync::Arc;

use convolog_domain::agent::{AgentChanges, AgentSettings};
use convolog_domain::model_connection::{ConnectionSettings, ModelConnection};
use convolog_domain::{Content, ModelConnectionId, Refusal, Sensitive, StreamKind, WorkspaceId};
use secrecy::SecretString;

use crate::disclose::{Disclose, Disclosure};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::recorded::{Recorded, Stream};

/// The provider of agents that name no connection.
const BUILT_IN: &str = "built_in";

/// Everything that is needed to call the model of a connection.
#[derive(Clone, Debug)]
pub struct ModelAccess {
    /// How it is called, and what it may cost.
    pub settings: ConnectionSettings,
    /// Where it is; none if that cannot be opened any more.
    pub base_url: Option<Sensitive>,
    /// The key; none inside if it is not in the vault.
    pub key: Option<Option<Arc<SecretString>>>,
}

impl Engine {
    /// What is needed to call the model of a connection; none if it is not there (any more). Reads
    /// the log.
    ///
    /// # Errors
    /// [`EngineError::Log`] if the log cannot be read.
    pub fn model_access(
        &self,
        workspace: WorkspaceId,
        id: ModelConnectionId,
    ) -> Result<Option<ModelAccess>, EngineError> {
        let state = self.load::<ModelConnection>(workspace, id.0)?.state;
        let Some(settings) = state.usable().cloned() else { return Ok(None) };
        let base_url = self.model_address(workspace, id, state.address_at)?;
        let of_vault = |id: uuid::Uuid| self.vault().secret(workspace.0, id);
        let key = state.key.as_ref().map(|key| of_vault(key.id.0));
        Ok(Some(ModelAccess { settings, base_url, key }))
    }

    /// The address that the event of this number of a connection holds.
    ///
    /// # Errors
    /// [`EngineError::Log`] if the log cannot be read.
    pub fn model_address(
        &self,
        workspace: WorkspaceId,
        id: ModelConnectionId,
        number: u64,
    ) -> Result<Option<Sensitive>, EngineError> {
        let stream = Stream::new(workspace, StreamKind::ModelConnection, id.0).key();
        let records = self.log().read_stream(&stream, number.saturating_sub(1), 1)?;
        let Some(record) = records.first() else { return Ok(None) };
        let opened = self.open(&Recorded::read(record)?);
        Ok(opened.into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Address(address)) => Some(address.text),
            _ => None,
        }))
    }

    /// Who answers for an agent that names a connection is the connection's provider.
    pub(crate) fn reached_by(
        &self,
        workspace: WorkspaceId,
        mut settings: AgentSettings,
    ) -> Result<AgentSettings, EngineError> {
        if let Some(id) = settings.connection {
            let provider = self.provider_of(workspace, id)?;
            if ![BUILT_IN, provider.as_str()].contains(&settings.provider.as_str()) {
                return Err(other_provider(&provider).into());
            }
            settings.provider = provider;
        }
        Ok(settings)
    }

    /// The same for changes of an agent that is set like this.
    pub(crate) fn reached_after(
        &self,
        workspace: WorkspaceId,
        mut changes: AgentChanges,
        now: Option<&AgentSettings>,
    ) -> Result<AgentChanges, EngineError> {
        let had = now.and_then(|now| now.connection);
        match changes.connection.unwrap_or(had) {
            Some(id) if changes.connection.is_some() || changes.provider.is_some() => {
                let provider = self.provider_of(workspace, id)?;
                if changes.provider.as_ref().is_some_and(|wanted| *wanted != provider) {
                    return Err(other_provider(&provider).into());
                }
                changes.provider = Some(provider);
            }
            None if had.is_some() => {
                changes.provider.get_or_insert_with(|| BUILT_IN.to_owned());
            }
            _ => {}
        }
        Ok(changes)
    }

    fn provider_of(
        &self,
        workspace: WorkspaceId,
        id: ModelConnectionId,
    ) -> Result<String, EngineError> {
        let state = self.load::<ModelConnection>(workspace, id.0)?.state;
        state.usable().map(|settings| settings.provider.clone()).ok_or_else(|| {
            let detail = "names a connection to a model that this workspace does not have";
            Refusal::field("connection_id", detail).into()
        })
    }
}

fn other_provider(provider: &str) -> Refusal {
    let detail = format!(
        "is {provider} for an agent with this connection; leave it out, or take the connection away"
    );
    Refusal::field("provider", detail)
}
