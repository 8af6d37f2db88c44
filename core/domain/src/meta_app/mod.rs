//! A Meta app: the secrets that sign what the platform posts, and the token of the handshake.
//!
//! It belongs to a workspace, or to the installation (nil workspace), whose secrets no tenant supplies.

use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::hash::SecretRef;

/// An app was registered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppSecretAdded {
    /// The new secret.
    pub secret: SecretRef,
}

/// A secret is no longer accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppSecretRetired {
    /// The old secret.
    pub secret: SecretRef,
}

/// Another token of the handshake.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppVerifyTokenReplaced {
    /// The new token.
    pub verify_token: SecretRef,
}

events! {
    /// What happened to a Meta app.
    MetaApp {
        1 "app_registered" @1 AppRegistered(AppRegistered),
        2 "app_secret_added" @1 AppSecretAdded(AppSecretAdded),
        3 "app_secret_retired" @1 AppSecretRetired(AppSecretRetired),
        4 "app_verify_token_replaced" @1 AppVerifyTokenReplaced(AppVerifyTokenReplaced),
    }
}
