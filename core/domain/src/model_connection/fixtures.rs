//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{
    AddModelConnection, ConnectionSettings, Event, ModelAddress, ModelBudget, ModelConnectionAdded,
    ModelConnectionRemoved, TokenPrice,
};
use crate::hash::SecretRef;
use crate::ids::{ModelConnectionId, SecretId, WorkspaceId};

/// Whose connection it is.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));
/// Which one.
pub(super) const CONNECTION: ModelConnectionId = ModelConnectionId(Uuid::from_u128(2));
/// Where the model is.
pub(super) const URL: &str = "https://models.example.com/v1";

/// The `n`th key.
pub(super) fn secret(n: u128) -> SecretRef {
    SecretRef { id: SecretId(Uuid::from_u128(n)), fingerprint: format!("fp{n}") }
}

/// A small model with a budget.
pub(super) fn settings() -> ConnectionSettings {
    ConnectionSettings {
        name: "Ours".into(),
        provider: "openai_compatible".into(),
        model: "small".into(),
        timeout_milliseconds: 20_000,
        budget: Some(ModelBudget { tokens: Some(1_000_000), cost: Some(5_000) }),
        price: Some(TokenPrice { currency: "EUR".into(), input: 300, output: 1_500 }),
    }
}

/// An address.
pub(super) fn address(url: &str) -> ModelAddress {
    ModelAddress { base_url: url.into(), plain_http_allowed: false }
}

/// Adds it.
pub(super) fn add(url: &str) -> AddModelConnection {
    AddModelConnection {
        workspace: WORKSPACE,
        settings: settings(),
        address: address(url),
        key: Some(secret(1)),
    }
}

/// It was added with key 1.
pub(super) fn added() -> Event {
    let host = "models.example.com".to_owned();
    ModelConnectionAdded { settings: settings(), host, key: Some(secret(1)) }.into()
}

/// It was removed.
pub(super) fn removed() -> Event {
    ModelConnectionRemoved {}.into()
}
