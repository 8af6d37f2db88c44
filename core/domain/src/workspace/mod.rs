//! A tenant: everything else belongs to one.

mod create_workspace;
mod rename_workspace;

use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};

pub use create_workspace::CreateWorkspace;
pub use rename_workspace::RenameWorkspace;

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

/// What the history of a workspace amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Name and plan as they are now; none before it was set up.
    pub settings: Option<WorkspaceCreated>,
}

/// A tenant.
#[derive(Clone, Copy, Debug)]
pub struct Workspace;

impl Aggregate for Workspace {
    const KIND: StreamKind = StreamKind::Workspace;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::WorkspaceCreated(created) => state.settings = Some(created.clone()),
            Event::WorkspaceRenamed(renamed) => {
                if let Some(settings) = &mut state.settings {
                    settings.name.clone_from(&renamed.name);
                }
            }
        }
    }
}
