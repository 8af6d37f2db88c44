//! Give a workspace another name.

use super::{State, Workspace, WorkspaceRenamed};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;
use crate::validate;

/// The workspace goes by another name from now on. The name it has already changes nothing.
///
/// Who: the administrator. Refuses: a workspace that was never set up (`not_found`), a name that is
/// not 1 to 100 characters on one line.
#[derive(Clone, Debug)]
pub struct RenameWorkspace {
    /// The new name.
    pub name: String,
}

impl Command for RenameWorkspace {
    type Aggregate = Workspace;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let settings = state.existing()?;
        let name = validate::name("name", &self.name)?;
        if name == settings.name {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(WorkspaceRenamed { old_name: settings.name.clone(), name })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::testing::given;
    use crate::workspace::{Event, WorkspaceCreated};

    fn created() -> Event {
        WorkspaceCreated { name: "Old".into(), plan: "pro".into() }.into()
    }

    fn renamed(old_name: &str, name: &str) -> WorkspaceRenamed {
        WorkspaceRenamed { old_name: old_name.into(), name: name.into() }
    }

    fn rename(name: &str) -> RenameWorkspace {
        RenameWorkspace { name: name.into() }
    }

    #[test]
    fn the_event_carries_both_names() {
        given::<Workspace>([created()]).when(rename("New")).then([renamed("Old", "New").into()]);
    }

    #[test]
    fn the_old_name_is_the_one_of_the_last_renaming() {
        given::<Workspace>([created(), renamed("Old", "New").into()])
            .when(rename("Newer"))
            .then([renamed("New", "Newer").into()]);
    }

    #[test]
    fn the_same_name_changes_nothing() {
        given::<Workspace>([created()]).when(rename(" Old ")).then([]);
    }

    #[test]
    fn what_was_never_set_up_cannot_be_renamed() {
        given::<Workspace>([]).when(rename("New")).refused(RefusalCode::NotFound);
    }

    #[test]
    fn a_name_of_101_characters_is_refused() {
        given::<Workspace>([created()])
            .when(rename(&"x".repeat(101)))
            .refused(RefusalCode::InvalidField)
            .at("name");
    }
}
