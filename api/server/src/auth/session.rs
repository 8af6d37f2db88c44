//! Who asks, once it is known.

use convolog_domain::person::Role;
use convolog_domain::{Actor, KeyId, PersonId, WorkspaceId};
use convolog_engine::Caller;
use convolog_log::Mode;
use uuid::Uuid;

use crate::problem::{Outcome, Problem};
use crate::surfaces::{NATIVE, Surface};

/// Who asks, in which workspace.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Who acts.
    pub actor: Actor,
    /// The person for whom a key acts, and what they may do.
    pub person: Option<(PersonId, Role)>,
    /// In which workspace; nil for the whole installation.
    pub workspace: WorkspaceId,
    /// For real or in the sandbox.
    pub mode: Mode,
    /// The key, if one was used.
    pub key: Option<KeyId>,
    /// The surface that the key was made for; the native one without a key.
    pub home: &'static Surface,
    /// It is the administrator.
    pub administrator: bool,
}

impl Session {
    /// Nobody in particular.
    pub const fn anonymous() -> Self {
        Self {
            actor: Actor::SYSTEM,
            person: None,
            workspace: WorkspaceId::INSTALLATION,
            mode: Mode::Live,
            key: None,
            home: &NATIVE,
            administrator: false,
        }
    }

    /// The administrator, in a workspace or (nil) in the installation.
    pub const fn administrator(workspace: WorkspaceId) -> Self {
        Self {
            actor: Actor::ADMINISTRATOR,
            person: None,
            workspace,
            mode: Mode::Live,
            key: None,
            home: &NATIVE,
            administrator: true,
        }
    }

    /// The same, as the engine records it.
    pub const fn caller(&self, request: Uuid) -> Caller {
        Caller {
            actor: self.actor,
            workspace: self.workspace,
            mode: self.mode,
            request: Some(request),
        }
    }

    /// The session within the workspace that the path names: the administrator may enter any that
    /// exists, a key only its own.
    pub fn within(&self, workspace: WorkspaceId, exists: bool) -> Outcome<Self> {
        let may = if self.administrator { exists } else { self.workspace == workspace };
        if may { Ok(Self { workspace, ..*self }) } else { Err(Problem::no_workspace()) }
    }
}
