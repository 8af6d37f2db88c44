//! Give a workspace another plan.

use super::{State, Workspace, WorkspacePlanChanged};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::PLANS;
use crate::refusal::Refusal;
use crate::validate;

/// The workspace is limited by another plan from now on. Nothing is taken away: what is there stays
/// and counts. The plan it has already changes nothing.
///
/// Who: the administrator. Refuses: a workspace that was never set up (`not_found`), a plan that is
/// not one of [`PLANS`].
#[derive(Clone, Debug)]
pub struct ChangePlan {
    /// One of [`PLANS`].
    pub plan: String,
}

impl Command for ChangePlan {
    type Aggregate = Workspace;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let settings = state.existing()?;
        let plan = validate::one_of("plan", &self.plan, &PLANS)?;
        if plan == settings.plan {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(WorkspacePlanChanged { old_plan: settings.plan.clone(), plan })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::testing::given;
    use crate::workspace::{Event, WorkspaceCreated};

    fn created() -> Event {
        WorkspaceCreated { name: "Padaria Sol".into(), plan: "free".into() }.into()
    }

    fn changed(old_plan: &str, plan: &str) -> WorkspacePlanChanged {
        WorkspacePlanChanged { old_plan: old_plan.into(), plan: plan.into() }
    }

    fn change(plan: &str) -> ChangePlan {
        ChangePlan { plan: plan.into() }
    }

    #[test]
    fn the_event_carries_both_plans() {
        given::<Workspace>([created()]).when(change("pro")).then([changed("free", "pro").into()]);
        given::<Workspace>([created(), changed("free", "pro").into()])
            .when(change("business"))
            .then([changed("pro", "business").into()]);
    }

    #[test]
    fn the_plan_it_has_changes_nothing() {
        given::<Workspace>([created()]).when(change("free")).then([]);
        given::<Workspace>([created(), changed("free", "pro").into()]).when(change("pro")).then([]);
    }

    #[test]
    fn an_unknown_plan_is_refused_with_the_plans_there_are() {
        given::<Workspace>([created()])
            .when(change("gold"))
            .refused(RefusalCode::InvalidField)
            .at("plan")
            .allowing(PLANS);
    }

    #[test]
    fn what_was_never_set_up_has_no_plan() {
        given::<Workspace>([]).when(change("pro")).refused(RefusalCode::NotFound);
    }
}
