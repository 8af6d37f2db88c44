//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::AppRegistered;
use crate::hash::SecretRef;
use crate::ids::SecretId;

/// The `n`th secret.
pub(super) fn secret(n: u128) -> SecretRef {
    SecretRef { id: SecretId(Uuid::from_u128(n)), fingerprint: format!("fp{n}") }
}

/// An app with secret 1 and verify token 100.
pub(super) fn registered() -> AppRegistered {
    AppRegistered {
        name: "Shop".into(),
        secret: secret(1),
        verify_token: secret(100),
        graph_version: "v25.0".into(),
    }
}
