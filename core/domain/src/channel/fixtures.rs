//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{ChannelConnected, ConnectChannel};
use crate::hash::SecretRef;
use crate::ids::{AppId, SecretId, WorkspaceId};

/// Whose channel it is.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));

/// The number as people dial it (a range kept for fiction).
pub(super) const DIALLED: &str = "+1 (202) 555-0123";

const APP: AppId = AppId(Uuid::from_u128(3));

/// The `n`th access token.
pub(super) fn token(n: u128) -> SecretRef {
    SecretRef { id: SecretId(Uuid::from_u128(n)), fingerprint: format!("fp{n}") }
}

/// A channel with token 1 is to be connected.
pub(super) fn connect() -> ConnectChannel {
    ConnectChannel {
        workspace: WORKSPACE,
        platform: "whatsapp".into(),
        name: "Counter".into(),
        app: APP,
        installation_app: false,
        phone_number_id: "106540352242922".into(),
        waba_id: "102290129340398".into(),
        display_phone_number: DIALLED.into(),
        access_token: Some(token(1)),
        graph_url: "https://graph.facebook.com".into(),
        plain_http_allowed: false,
    }
}

/// It was connected.
pub(super) fn connected() -> ChannelConnected {
    ChannelConnected {
        platform: "whatsapp".into(),
        name: "Counter".into(),
        app: APP,
        installation_app: false,
        phone_number_id: "106540352242922".into(),
        waba_id: "102290129340398".into(),
        access_token: Some(token(1)),
        graph_url: "https://graph.facebook.com".into(),
    }
}
