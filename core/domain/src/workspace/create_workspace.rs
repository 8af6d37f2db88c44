//! Set up a workspace.

use super::{State, Workspace, WorkspaceCreated};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::PLANS;
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// A new tenant, to which people, keys, apps and channels can belong.
///
/// Who: the administrator. Refuses: a workspace that was set up before (`already_exists`), a name
/// that is not 1 to 100 characters on one line, a plan that is not one of [`PLANS`].
#[derive(Clone, Debug)]
pub struct CreateWorkspace {
    /// What its people call it.
    pub name: String,
    /// One of [`PLANS`].
    pub plan: String,
}

impl Command for CreateWorkspace {
    type Aggregate = Workspace;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.settings.is_some() {
            return Err(Refusal::new(
                RefusalCode::AlreadyExists,
                "this workspace was set up before",
            ));
        }
        let name = validate::name("name", &self.name)?;
        let plan = validate::one_of("plan", &self.plan, &PLANS)?;
        Ok(vec![Decision::new(WorkspaceCreated { name, plan })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::given;

    fn create(name: &str, plan: &str) -> CreateWorkspace {
        CreateWorkspace { name: name.into(), plan: plan.into() }
    }

    fn created(name: &str, plan: &str) -> WorkspaceCreated {
        WorkspaceCreated { name: name.into(), plan: plan.into() }
    }

    #[test]
    fn a_workspace_is_set_up_under_its_trimmed_name() {
        given::<Workspace>([])
            .when(create(" Padaria Sol ", "free"))
            .then([created("Padaria Sol", "free").into()])
            .claiming([]);
    }

    #[test]
    fn a_second_time_is_refused() {
        given::<Workspace>([created("A", "pro").into()])
            .when(create("A", "pro"))
            .refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn a_name_is_needed() {
        given::<Workspace>([])
            .when(create(" ", "free"))
            .refused(RefusalCode::InvalidField)
            .at("name");
    }

    #[test]
    fn an_unknown_plan_is_refused_with_the_plans_there_are() {
        given::<Workspace>([])
            .when(create("A", "gold"))
            .refused(RefusalCode::InvalidField)
            .at("plan")
            .allowing(PLANS);
    }
}
