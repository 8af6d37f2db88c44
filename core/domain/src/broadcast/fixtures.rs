//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{BroadcastCreated, BroadcastPaused, BroadcastStarted, Event, RecipientAdded};
use crate::ids::{BroadcastId, ChannelId, ContactId, WorkspaceId};
use crate::testing::NOW_SECONDS;

pub(super) const BROADCAST: BroadcastId = BroadcastId(Uuid::from_u128(1));
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(2));
pub(super) const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(3));
pub(super) const ANA: ContactId = ContactId(Uuid::from_u128(4));

/// In draft, with a name to fill in.
pub(super) fn created() -> Event {
    BroadcastCreated {
        name: "Spring".into(),
        channel: CHANNEL,
        kind: "template".into(),
        template: Some("spring_sale".into()),
        marketing: Some(true),
        per_minute: None,
        parameters: vec!["first_name".into()],
        sandbox: false,
    }
    .into()
}

/// One recipient.
pub(super) fn added() -> Event {
    RecipientAdded { number: 1, contact: ANA }.into()
}

/// It runs.
pub(super) fn started() -> Event {
    BroadcastStarted { from: NOW_SECONDS }.into()
}

/// It stands still.
pub(super) fn paused() -> Event {
    BroadcastPaused { reason: "asked".into() }.into()
}
