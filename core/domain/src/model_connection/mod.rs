//! How a workspace calls a model: where it is, which one, what it may cost.
//!
//! The address is sealed under the workspace's own key, because tokens stand in addresses; the host
//! is in the clear. The key lives in the vault. What a model is asked for an answer stands in the
//! conversation; here stands only what it was asked to see whether it answers.

mod add_model_connection;
mod change_model_connection;
#[cfg(test)]
mod fixtures;
mod record_model_check;
mod remove_model_connection;
mod settings;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::conversation::Effort;
use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::SecretRef;
use crate::ids::{ModelConnectionId, SecretId};
use crate::refusal::{Refusal, RefusalCode};

pub use add_model_connection::{AddModelConnection, ModelAddress};
pub use change_model_connection::ChangeModelConnection;
pub use record_model_check::RecordModelCheck;
pub use remove_model_connection::RemoveModelConnection;
pub use settings::{ConnectionChanges, ConnectionSettings, ModelBudget, TokenPrice};

/// A workspace can call a model. Sealed: the address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ModelConnectionAdded {
    /// How it is called, and what it may cost.
    pub settings: ConnectionSettings,
    /// The host and port of the address.
    pub host: String,
    /// The key, if it needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<SecretRef>,
}

/// It is called otherwise. Sealed: the address, if it changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ModelConnectionChanged {
    /// How it was called before.
    pub old_settings: ConnectionSettings,
    /// How it is called now.
    pub settings: ConnectionSettings,
    /// The host and port of the address.
    pub host: String,
    /// The number within the stream of the event that holds the address.
    pub address_at: u64,
    /// The new key, if it was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<SecretRef>,
}

/// It is not called any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ModelConnectionRemoved {}

/// It was tried.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ModelConnectionChecked {
    /// Which one.
    pub connection: ModelConnectionId,
    /// `ok`, or the code of its failure.
    pub outcome: String,
    /// When (seconds since 1970).
    pub at: i64,
    /// What it took.
    pub effort: Effort,
}

events! {
    /// What happened to a connection to a model.
    ModelConnection {
        1 "model_connection_added" @1 ModelConnectionAdded(ModelConnectionAdded) seals [Address]
            by [add_model_connection::AddModelConnection],
        2 "model_connection_changed" @1 ModelConnectionChanged(ModelConnectionChanged)
            seals [Address] by [change_model_connection::ChangeModelConnection],
        3 "model_connection_removed" @1 ModelConnectionRemoved(ModelConnectionRemoved)
            by [remove_model_connection::RemoveModelConnection],
        4 "model_connection_checked" @1 ModelConnectionChecked(ModelConnectionChecked)
            by [record_model_check::RecordModelCheck],
    }
}

/// What the history of a connection amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// How it is called; none before it was added.
    pub settings: Option<ConnectionSettings>,
    /// The host and port of the address.
    pub host: String,
    /// The number within the stream of the event that holds the address.
    pub address_at: u64,
    /// The key.
    pub key: Option<SecretRef>,
    /// Keys that open nothing any more.
    pub retired: Vec<SecretId>,
    /// What came of it when it was last tried.
    pub checked: Option<ModelConnectionChecked>,
    /// It is not called any more.
    pub removed: bool,
    /// Events in the stream.
    pub events: u64,
}

impl State {
    /// How a connection that can be used is called.
    pub fn usable(&self) -> Option<&ConnectionSettings> {
        self.settings.as_ref().filter(|_| !self.removed)
    }

    /// The same of one that must be there.
    fn existing(&self) -> Result<&ConnectionSettings, Refusal> {
        self.usable().ok_or_else(|| {
            Refusal::new(RefusalCode::NotFound, "there is no such connection to a model")
        })
    }
}

/// How a workspace calls a model.
#[derive(Clone, Copy, Debug)]
pub struct ModelConnection;

impl Aggregate for ModelConnection {
    const KIND: StreamKind = StreamKind::ModelConnection;
    type State = State;
    type Event = Event;
    const NAMES_SECRETS: bool = true;

    fn evolve(state: &mut State, event: &Event) {
        state.events += 1;
        match event {
            Event::ModelConnectionAdded(added) => {
                state.settings = Some(added.settings.clone());
                state.host.clone_from(&added.host);
                state.address_at = state.events;
                state.key.clone_from(&added.key);
            }
            Event::ModelConnectionChanged(changed) => {
                state.settings = Some(changed.settings.clone());
                state.host.clone_from(&changed.host);
                state.address_at = changed.address_at;
                if let Some(key) = &changed.key {
                    let old = state.key.replace(key.clone());
                    state.retired.extend(old.map(|old| old.id));
                }
            }
            Event::ModelConnectionRemoved(ModelConnectionRemoved {}) => {
                state.removed = true;
                state.retired.extend(state.key.take().map(|key| key.id));
            }
            Event::ModelConnectionChecked(checked) => state.checked = Some(checked.clone()),
        }
    }

    fn retired_secrets(state: &State) -> &[SecretId] {
        &state.retired
    }
}
