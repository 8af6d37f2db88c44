//! Let a person go.

use super::{Person, PersonRemoved, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// Somebody no longer works for the workspace; nobody can act in their name from now on. What they
/// did stays in history.
///
/// Who: the administrator, or a key with the scope `manage`. Refuses: a person who was never added
/// (`not_found`), or who left before (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct RemovePerson;

impl Command for RemovePerson {
    type Aggregate = Person;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.role.is_none() {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such person"));
        }
        if state.removed {
            return Err(Refusal::new(RefusalCode::NotAllowedNow, "this person was removed before"));
        }
        Ok(vec![Decision::new(PersonRemoved {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{Event, PersonAdded, Role};
    use crate::testing::given;

    fn added() -> Event {
        PersonAdded { role: Role::Owner }.into()
    }

    #[test]
    fn a_person_can_leave() {
        given::<Person>([added()]).when(RemovePerson).then([PersonRemoved {}.into()]);
    }

    #[test]
    fn nobody_leaves_who_never_came() {
        given::<Person>([]).when(RemovePerson).refused(RefusalCode::NotFound);
    }

    #[test]
    fn nobody_leaves_twice() {
        given::<Person>([added(), PersonRemoved {}.into()])
            .when(RemovePerson)
            .refused(RefusalCode::NotAllowedNow);
    }
}
