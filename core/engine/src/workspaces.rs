//! Changing a workspace: its name and its plan, in one commit.

use convolog_domain::WorkspaceId;
use convolog_domain::workspace::{ChangePlan, RenameWorkspace, Workspace};
use convolog_log::Position;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::Answer;
use crate::plan::Plan;

/// What is to be different about a workspace; what is not named stays.
#[derive(Clone, Debug, Default)]
pub struct WorkspaceChanges {
    /// What its people call it.
    pub name: Option<String>,
    /// What limits it.
    pub plan: Option<String>,
}

impl Engine {
    /// Changes the workspace of the caller.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`RenameWorkspace`] and [`ChangePlan`] say; nothing changed then.
    pub async fn change_workspace(
        &self,
        caller: &Caller,
        changes: &WorkspaceChanges,
    ) -> Result<Position, EngineError> {
        let decide = || Ok((self.decide_workspace(caller, changes)?, Answer::none()));
        Ok(self.commit_once(caller, None, decide).await?.position)
    }

    /// The two know nothing of each other: both are decided on the workspace as it stands.
    fn decide_workspace(
        &self,
        caller: &Caller,
        changes: &WorkspaceChanges,
    ) -> Result<Plan, EngineError> {
        let id: WorkspaceId = caller.workspace;
        let loaded = self.load::<Workspace>(id, id.0)?;
        let WorkspaceChanges { name, plan } = changes.clone();
        let mut whole = Plan::default();
        if let Some(name) = name {
            whole = self.decide_on(caller, id.0, &loaded, RenameWorkspace { name })?.0;
        }
        if let Some(plan) = plan {
            let other = self.decide_on(caller, id.0, &loaded, ChangePlan { plan })?.0;
            whole.steps.extend(other.steps);
            whole.requires = other.requires;
        }
        Ok(whole)
    }
}
