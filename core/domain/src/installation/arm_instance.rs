//! Let one instance act on the outside world.

use super::{Installation, InstanceArmed, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::INSTANCE_CHARS_MAX;
use crate::refusal::Refusal;
use crate::validate;

/// This instance may send, deliver and fetch from now on, and whichever could before may not. The
/// instance that is armed already changes nothing.
///
/// Who: the administrator. Refuses: a missing instance.
#[derive(Clone, Debug)]
pub struct ArmInstance {
    /// A hash of what tells this instance from a copy of it, at most [`INSTANCE_CHARS_MAX`]
    /// characters.
    pub instance: String,
}

impl Command for ArmInstance {
    type Aggregate = Installation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let instance = validate::line("instance", &self.instance, INSTANCE_CHARS_MAX)?;
        if state.armed.as_ref() == Some(&instance) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(InstanceArmed { instance })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installation::InstanceDisarmed;
    use crate::refusal::RefusalCode;
    use crate::testing::{given, state_of};

    fn arm(instance: &str) -> ArmInstance {
        ArmInstance { instance: instance.into() }
    }

    fn armed(instance: &str) -> InstanceArmed {
        InstanceArmed { instance: instance.into() }
    }

    #[test]
    fn a_new_installation_is_disarmed_until_somebody_arms_it() {
        assert_eq!(State::default().armed, None);
        given::<Installation>([]).when(arm("one")).then([armed("one").into()]);
    }

    #[test]
    fn one_instance_at_a_time() {
        given::<Installation>([armed("one").into()]).when(arm("two")).then([armed("two").into()]);
        let state = state_of::<Installation>([armed("one").into(), armed("two").into()]);
        assert_eq!(state.armed.as_deref(), Some("two"));
    }

    #[test]
    fn arming_the_armed_one_changes_nothing() {
        given::<Installation>([armed("one").into()]).when(arm("one")).then([]);
    }

    #[test]
    fn after_disarming_the_same_one_can_be_armed_again() {
        let disarmed = InstanceDisarmed { reason: "restored".into() };
        given::<Installation>([armed("one").into(), disarmed.into()])
            .when(arm("one"))
            .then([armed("one").into()]);
    }

    #[test]
    fn an_instance_is_needed() {
        given::<Installation>([]).when(arm("")).refused(RefusalCode::InvalidField).at("instance");
    }
}
