//! The installation itself: which instance may act on the outside world, and the directory of apps
//! and accounts that tells inbound posts to whom they belong.

mod arm_instance;
mod disarm_instance;
mod enlist_app;
mod enlist_workspace;
#[cfg(test)]
mod fixtures;
mod link_account;
mod unlink_account;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::{AppId, ChannelId, WorkspaceId};

pub use arm_instance::ArmInstance;
pub use disarm_instance::DisarmInstance;
pub use enlist_app::EnlistApp;
pub use enlist_workspace::EnlistWorkspace;
pub use link_account::LinkAccount;
pub use unlink_account::UnlinkAccount;

/// This instance may act from now on, and no other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InstanceArmed {
    /// A hash of what tells this instance from a copy of it.
    pub instance: String,
}

/// No instance may act.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InstanceDisarmed {
    /// Why.
    pub reason: String,
}

/// An app is about to be registered: its secrets are tried on posts from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppEnlisted {
    /// Whose app; nil for the installation's own.
    pub workspace: WorkspaceId,
    /// Which app.
    pub app: AppId,
}

/// A channel of this account is connected: changes that name only the account may go there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AccountUnlinked {
    /// The platform's id of the business account.
    pub waba_id: String,
    /// Which channel.
    pub channel: ChannelId,
}

/// A workspace exists: the directory for the administrator.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WorkspaceEnlisted {
    /// Which workspace.
    pub workspace: WorkspaceId,
}

events! {
    /// What happened to the installation.
    Installation {
        1 "instance_armed" @1 InstanceArmed(InstanceArmed) by [arm_instance::ArmInstance],
        2 "instance_disarmed" @1 InstanceDisarmed(InstanceDisarmed)
            by [disarm_instance::DisarmInstance],
        3 "app_enlisted" @1 AppEnlisted(AppEnlisted) by [enlist_app::EnlistApp],
        4 "account_linked" @1 AccountLinked(AccountLinked) by [link_account::LinkAccount],
        5 "account_unlinked" @1 AccountUnlinked(AccountUnlinked) by [unlink_account::UnlinkAccount],
        6 "workspace_enlisted" @1 WorkspaceEnlisted(WorkspaceEnlisted)
            by [enlist_workspace::EnlistWorkspace],
    }
}

/// A channel that changes of its account may go to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// Whose channel.
    pub workspace: WorkspaceId,
    /// Which channel.
    pub channel: ChannelId,
    /// The app whose secret must sign what arrives for it.
    pub app: AppId,
}

/// What the history of the installation amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The one instance that may act on the outside world; none may while this is empty.
    pub armed: Option<String>,
    /// Every app and whose it is (nil: the installation's own).
    pub apps: BTreeMap<AppId, WorkspaceId>,
    /// The connected channels of each business account, in the order of linking; no account
    /// without one.
    pub accounts: BTreeMap<String, Vec<Link>>,
    /// Every workspace.
    pub workspaces: BTreeSet<WorkspaceId>,
}

/// The installation itself.
#[derive(Clone, Copy, Debug)]
pub struct Installation;

impl Aggregate for Installation {
    const KIND: StreamKind = StreamKind::Installation;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::InstanceArmed(armed) => state.armed = Some(armed.instance.clone()),
            Event::InstanceDisarmed(_) => state.armed = None,
            Event::AppEnlisted(enlisted) => {
                state.apps.insert(enlisted.app, enlisted.workspace);
            }
            Event::AccountLinked(linked) => {
                let AccountLinked { waba_id, workspace, channel, app } = linked;
                unlink(state, waba_id, *channel);
                let link = Link { workspace: *workspace, channel: *channel, app: *app };
                state.accounts.entry(waba_id.clone()).or_default().push(link);
            }
            Event::AccountUnlinked(unlinked) => unlink(state, &unlinked.waba_id, unlinked.channel),
            Event::WorkspaceEnlisted(enlisted) => {
                state.workspaces.insert(enlisted.workspace);
            }
        }
    }
}

fn unlink(state: &mut State, waba_id: &str, channel: ChannelId) {
    if let Some(links) = state.accounts.get_mut(waba_id) {
        links.retain(|link| link.channel != channel);
        if links.is_empty() {
            state.accounts.remove(waba_id);
        }
    }
}
