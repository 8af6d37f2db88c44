//! A Meta app: the secrets that sign what the platform posts, and the token of the handshake.
//!
//! It belongs to a workspace, or to the installation (nil workspace), whose secrets no tenant supplies.

mod add_app_secret;
#[cfg(test)]
mod fixtures;
mod register_app;
mod replace_verify_token;
mod retire_app_secret;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::SecretRef;
use crate::ids::SecretId;

pub use add_app_secret::AddAppSecret;
pub use register_app::RegisterApp;
pub use replace_verify_token::ReplaceVerifyToken;
pub use retire_app_secret::RetireAppSecret;

/// An app was registered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppRegistered {
    /// What its owner calls it.
    pub name: String,
    /// The secret that signs posts.
    pub secret: SecretRef,
    /// What the platform repeats in the handshake.
    pub verify_token: SecretRef,
    /// The version of the Graph API it is subscribed with, such as `v25.0`.
    pub graph_version: String,
}

/// A second secret is accepted from now on (rotation).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppSecretAdded {
    /// The new secret.
    pub secret: SecretRef,
}

/// A secret is no longer accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppSecretRetired {
    /// The old secret.
    pub secret: SecretRef,
}

/// Another token of the handshake.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppVerifyTokenReplaced {
    /// The new token.
    pub verify_token: SecretRef,
}

events! {
    /// What happened to a Meta app.
    MetaApp {
        1 "app_registered" @1 AppRegistered(AppRegistered) by [register_app::RegisterApp],
        2 "app_secret_added" @1 AppSecretAdded(AppSecretAdded) by [add_app_secret::AddAppSecret],
        3 "app_secret_retired" @1 AppSecretRetired(AppSecretRetired)
            by [retire_app_secret::RetireAppSecret],
        4 "app_verify_token_replaced" @1 AppVerifyTokenReplaced(AppVerifyTokenReplaced)
            by [replace_verify_token::ReplaceVerifyToken],
    }
}

/// What the history of an app amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The secrets that may sign, oldest first. Empty before the app was registered, then one or
    /// two.
    pub secrets: Vec<SecretRef>,
    /// The token of the handshake; none before the app was registered.
    pub verify_token: Option<SecretRef>,
    /// The version of the platform's API; none before the app was registered.
    pub graph_version: Option<String>,
    /// Secrets and tokens that are not accepted any more, oldest first.
    pub retired: Vec<SecretId>,
}

impl State {
    /// Whether the app was registered.
    pub fn registered(&self) -> bool {
        self.verify_token.is_some()
    }
}

/// A Meta app.
#[derive(Clone, Copy, Debug)]
pub struct MetaApp;

impl Aggregate for MetaApp {
    const KIND: StreamKind = StreamKind::MetaApp;
    type State = State;
    type Event = Event;
    const NAMES_SECRETS: bool = true;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::AppRegistered(registered) => {
                state.secrets = vec![registered.secret.clone()];
                state.verify_token = Some(registered.verify_token.clone());
                state.graph_version = Some(registered.graph_version.clone());
            }
            Event::AppSecretAdded(added) => state.secrets.push(added.secret.clone()),
            Event::AppSecretRetired(retired) => {
                state.secrets.retain(|secret| secret.id != retired.secret.id);
                state.retired.push(retired.secret.id);
            }
            Event::AppVerifyTokenReplaced(replaced) => {
                let old = state.verify_token.replace(replaced.verify_token.clone());
                state.retired.extend(old.map(|token| token.id));
            }
        }
    }

    fn retired_secrets(state: &State) -> &[SecretId] {
        &state.retired
    }
}
