//! Set what a workspace wants to reach.

use super::{State, Target, TargetSet, Workspace};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::lead::{Period, Stage};
use crate::limits::TARGETS_MAX;
use crate::refusal::{Refusal, RefusalCode};

/// A workspace wants so many leads to come to a stage within a period, or leads worth so much. None
/// takes the target away. The target that is set already changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a workspace that does not exist (`not_found`), a
/// value that is no amount of money, more than [`TARGETS_MAX`] targets.
#[derive(Clone, Debug)]
pub struct SetTarget {
    /// Of which stage.
    pub stage: Stage,
    /// For when.
    pub period: Period,
    /// What is wanted.
    pub target: Option<Target>,
}

impl Command for SetTarget {
    type Aggregate = Workspace;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        let Self { stage, period, target } = self;
        let target = match target {
            Some(Target { count: None, value: None }) | None => None,
            Some(Target { count, value }) => Some(Target {
                count,
                value: value.map(|value| value.checked("value")).transpose()?,
            }),
        };
        let old = state.targets.get(&(stage, period)).cloned();
        if old == target {
            return Ok(Vec::new());
        }
        if old.is_none() && state.targets.len() >= TARGETS_MAX {
            return Err(Refusal::new(
                RefusalCode::NotAllowedNow,
                format!("a workspace has at most {TARGETS_MAX} targets; take one away first"),
            ));
        }
        Ok(vec![Decision::new(TargetSet { stage, period, old, target })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::Money;
    use crate::testing::given;
    use crate::workspace::{Event, WorkspaceCreated};

    fn created() -> Event {
        WorkspaceCreated { name: "Padaria Sol".into(), plan: "pro".into() }.into()
    }

    fn november() -> Period {
        "2026-11".parse().unwrap()
    }

    fn wanted(count: u64) -> Target {
        let value = Money { amount: 500_000, currency: "EUR".into() };
        Target { count: Some(count), value: Some(value) }
    }

    fn set(target: Option<Target>) -> SetTarget {
        SetTarget { stage: Stage::Won, period: november(), target }
    }

    fn event(old: Option<Target>, target: Option<Target>) -> TargetSet {
        TargetSet { stage: Stage::Won, period: november(), old, target }
    }

    #[test]
    fn a_target_is_set_changed_and_taken_away() {
        given::<Workspace>([created()]).when(set(Some(wanted(5)))).then([event(
            None,
            Some(wanted(5)),
        )
        .into()]);
        let before = || [created(), event(None, Some(wanted(5))).into()];
        given::<Workspace>(before()).when(set(Some(wanted(6)))).then([event(
            Some(wanted(5)),
            Some(wanted(6)),
        )
        .into()]);
        given::<Workspace>(before()).when(set(Some(wanted(5)))).then([]);
        let nothing = Some(Target { count: None, value: None });
        for target in [None, nothing] {
            given::<Workspace>(before())
                .when(set(target))
                .then([event(Some(wanted(5)), None).into()]);
        }
        given::<Workspace>([created()]).when(set(None)).then([]);
    }

    #[test]
    fn a_value_is_an_amount_of_money() {
        let value = Some(Money { amount: 1, currency: "euro".into() });
        given::<Workspace>([created()])
            .when(set(Some(Target { count: None, value })))
            .refused(RefusalCode::InvalidField)
            .at("value");
    }

    #[test]
    fn there_are_not_too_many() {
        let mut before = vec![created()];
        for year in (2000..).take(TARGETS_MAX) {
            let period = year.to_string().parse().unwrap();
            before.push(TargetSet { period, ..event(None, Some(wanted(1))) }.into());
        }
        given::<Workspace>(before.clone())
            .when(set(Some(wanted(1))))
            .refused(RefusalCode::NotAllowedNow);
        let known = SetTarget { period: "2000".parse().unwrap(), ..set(Some(wanted(2))) };
        given::<Workspace>(before).when(known).decided();
    }

    #[test]
    fn what_does_not_exist_wants_nothing() {
        given::<Workspace>([]).when(set(Some(wanted(1)))).refused(RefusalCode::NotFound);
    }
}
