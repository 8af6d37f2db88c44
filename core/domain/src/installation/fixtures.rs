//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::AccountLinked;
use crate::ids::{AppId, ChannelId, WorkspaceId};

/// A workspace.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));
/// Another one.
pub(super) const OTHER_WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(2));
/// An app.
pub(super) const APP: AppId = AppId(Uuid::from_u128(3));
/// A channel.
pub(super) const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(4));
/// A business account.
pub(super) const ACCOUNT: &str = "102290129340398";

/// The channel was linked to the account.
pub(super) fn linked() -> AccountLinked {
    AccountLinked { waba_id: ACCOUNT.into(), workspace: WORKSPACE, channel: CHANNEL, app: APP }
}
