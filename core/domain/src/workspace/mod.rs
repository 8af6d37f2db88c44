//! A tenant: everything else belongs to one.

use serde::{Deserialize, Serialize};

use crate::event::events;

/// A workspace was set up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WorkspaceCreated {
    /// What its people call it.
    pub name: String,
    /// The plan, which sets limits.
    pub plan: String,
}

/// It got another name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WorkspaceRenamed {
    /// The name before.
    pub old_name: String,
    /// The name now.
    pub name: String,
}

events! {
    /// What happened to a workspace.
    Workspace {
        1 "workspace_created" @1 WorkspaceCreated(WorkspaceCreated),
        2 "workspace_renamed" @1 WorkspaceRenamed(WorkspaceRenamed),
    }
}
