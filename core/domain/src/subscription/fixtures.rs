//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{Address, Event, SubscriptionCreated, SubscriptionDeleted, SubscriptionSettings};
use crate::hash::SecretRef;
use crate::ids::{SecretId, WorkspaceId};

/// Whose subscription it is.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));

/// The `n`th secret.
pub(super) fn secret(n: u128) -> SecretRef {
    SecretRef { id: SecretId(Uuid::from_u128(n)), fingerprint: format!("fp{n}") }
}

/// Conversations that began.
pub(super) fn settings() -> SubscriptionSettings {
    SubscriptionSettings {
        name: "CRM".into(),
        events: vec!["conversation_opened".into()],
        order: "ordered".into(),
        ..SubscriptionSettings::default()
    }
}

/// An address.
pub(super) fn address(url: &str) -> Address {
    Address { url: url.into(), plain_http_allowed: false }
}

/// It was created with secret 1.
pub(super) fn created() -> Event {
    let host = "crm.example.com".to_owned();
    SubscriptionCreated { settings: settings(), host, secret: secret(1) }.into()
}

/// It was deleted.
pub(super) fn deleted() -> Event {
    SubscriptionDeleted {}.into()
}
