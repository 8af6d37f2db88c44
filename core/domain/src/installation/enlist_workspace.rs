//! Enter a workspace in the directory.

use super::{Installation, State, WorkspaceEnlisted};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::refusal::Refusal;

/// The administrator's directory has the workspace from now on. What it has already changes
/// nothing, so that the set-up that follows can be tried again.
///
/// Who: Convolog, on behalf of the administrator who sets a workspace up. Refuses: the nil id,
/// which stands for the installation itself.
#[derive(Clone, Copy, Debug)]
pub struct EnlistWorkspace {
    /// Which workspace.
    pub workspace: WorkspaceId,
}

impl Command for EnlistWorkspace {
    type Aggregate = Installation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { workspace } = self;
        if workspace == WorkspaceId::INSTALLATION {
            return Err(Refusal::field("id", "the nil id stands for the whole installation"));
        }
        if state.workspaces.contains(&workspace) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(WorkspaceEnlisted { workspace })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installation::fixtures::WORKSPACE;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const ENLIST: EnlistWorkspace = EnlistWorkspace { workspace: WORKSPACE };
    const ENLISTED: WorkspaceEnlisted = WorkspaceEnlisted { workspace: WORKSPACE };

    #[test]
    fn a_workspace_is_entered_once() {
        given::<Installation>([]).when(ENLIST).then([ENLISTED.into()]);
        given::<Installation>([ENLISTED.into()]).when(ENLIST).then([]);
    }

    #[test]
    fn the_installation_is_no_workspace() {
        given::<Installation>([])
            .when(EnlistWorkspace { workspace: WorkspaceId::INSTALLATION })
            .refused(RefusalCode::InvalidField)
            .at("id");
    }
}
