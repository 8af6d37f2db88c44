//! Whose means answer for an agent: the model of the connection that it names, if that can be used at
//! this moment; else the built-in provider, and why.

use std::time::Duration;

use convolog_answer::{Connection, Patience, Protocol, ProviderChoice};
use convolog_domain::agent::AgentSettings;
use convolog_domain::model_connection::TokenPrice;
use convolog_domain::{ModelConnectionId, WorkspaceId};
use convolog_engine::{Engine, EngineError, ModelAccess};
use reqwest::Url;
use secrecy::SecretString;

/// Whose means answer.
pub(super) struct Means {
    /// Who is asked first.
    pub(super) choice: ProviderChoice,
    /// The connection that the agent names.
    pub(super) connection: Option<ModelConnectionId>,
    /// What its tokens cost.
    pub(super) price: Option<TokenPrice>,
}

impl Means {
    /// The built-in provider, asked for by nobody else.
    const fn built_in() -> Self {
        Self { choice: ProviderChoice::BuiltIn, connection: None, price: None }
    }

    /// The built-in provider in place of a model that cannot be asked.
    fn instead(settings: &AgentSettings, code: &'static str) -> Self {
        let choice = match Protocol::named(&settings.provider) {
            Some(protocol) => ProviderChoice::Unavailable { provider: protocol.name(), code },
            None => ProviderChoice::BuiltIn,
        };
        Self { choice, connection: settings.connection, price: None }
    }
}

/// Whose means answer for an agent that is set like this. `full` if the workspace's plan allows no
/// more answers: then nothing is spent on a model.
pub(super) async fn means(
    engine: &Engine,
    workspace: WorkspaceId,
    settings: &AgentSettings,
    full: bool,
) -> Result<Means, EngineError> {
    let Some(id) = settings.connection else {
        return Ok(match settings.provider.as_str() {
            "built_in" => Means::built_in(),
            _ => Means::instead(settings, "no_connection"),
        });
    };
    if full {
        return Ok(Means::instead(settings, "plan_limit_reached"));
    }
    let reading = engine.clone();
    let access = tokio::task::spawn_blocking(move || reading.model_access(workspace, id));
    let access = access.await.map_err(|_| EngineError::Interrupted("reading a connection"))??;
    let Some(access) = access else { return Ok(Means::instead(settings, "connection_removed")) };
    if let Some(budget) = &access.settings.budget {
        let (tokens, cost) = engine.used_of_model(workspace, id).await?;
        if budget.is_exhausted(tokens, cost) {
            return Ok(Means::instead(settings, "budget_exhausted"));
        }
    }
    let price = access.settings.price.clone();
    Ok(match connection(access, Some(settings)) {
        Ok(connection) => {
            Means { choice: ProviderChoice::Outside(connection), connection: Some(id), price }
        }
        Err(code) => Means::instead(settings, code),
    })
}

/// A connection as its client needs it, with what an agent sets beside it.
///
/// # Errors
/// Why it cannot be used, in a word of a kind.
pub(crate) fn connection(
    access: ModelAccess,
    agent: Option<&AgentSettings>,
) -> Result<Connection, &'static str> {
    let ModelAccess { settings, base_url, key } = access;
    let protocol = Protocol::named(&settings.provider).ok_or("unknown_provider")?;
    let base_url = base_url.and_then(|url| Url::parse(url.expose()).ok()).ok_or("refused")?;
    let key = match key {
        Some(None) => return Err("key_missing"),
        Some(Some(key)) => Some(SecretString::clone(&key)),
        None => None,
    };
    let timeout = Duration::from_millis(settings.timeout_milliseconds.into());
    Ok(Connection {
        protocol,
        base_url,
        model: agent.and_then(|agent| agent.model.clone()).unwrap_or(settings.model),
        key,
        temperature_percent: agent.and_then(|agent| agent.temperature_percent),
        max_tokens: agent.and_then(|agent| agent.max_tokens),
        patience: Patience { request: timeout, reply: timeout, ..Patience::default() },
    })
}
