//! The installation itself: which instance may act on the outside world, and the directory of apps
//! and accounts that tells inbound posts to whom they belong.

use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::ids::{AppId, ChannelId, WorkspaceId};

/// This instance may act from now on, and no other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InstanceArmed {
    /// A hash of what tells this instance from a copy of it.
    pub instance: String,
}

/// No instance may act.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InstanceDisarmed {
    /// Why.
    pub reason: String,
}

/// An app is about to be registered: its secrets are tried on posts from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppEnlisted {
    /// Whose app; nil for the installation's own.
    pub workspace: WorkspaceId,
    /// Which app.
    pub app: AppId,
}

/// A channel of this account is connected: changes that name only the account may go there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccountLinked {
    /// The platform's id of the business account.
    pub waba_id: String,
    /// Whose channel.
    pub workspace: WorkspaceId,
    /// Which channel.
    pub channel: ChannelId,
    /// The app whose secret must sign what arrives for it.
    pub app: AppId,
}

/// A channel of this account was disconnected.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccountUnlinked {
    /// The platform's id of the business account.
    pub waba_id: String,
    /// Which channel.
    pub channel: ChannelId,
}

/// A workspace exists: the directory for the administrator.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WorkspaceEnlisted {
    /// Which workspace.
    pub workspace: WorkspaceId,
}

events! {
    /// What happened to the installation.
    Installation {
        1 "instance_armed" @1 InstanceArmed(InstanceArmed),
        2 "instance_disarmed" @1 InstanceDisarmed(InstanceDisarmed),
        3 "app_enlisted" @1 AppEnlisted(AppEnlisted),
        4 "account_linked" @1 AccountLinked(AccountLinked),
        5 "account_unlinked" @1 AccountUnlinked(AccountUnlinked),
        6 "workspace_enlisted" @1 WorkspaceEnlisted(WorkspaceEnlisted),
    }
}
