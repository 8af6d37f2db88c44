//! Let no instance act on the outside world.

use super::{Installation, InstanceDisarmed, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;
use crate::validate;

/// Nobody may send, deliver or fetch until an instance is armed. Where none is armed this changes
/// nothing, so that restoring and importing can always disarm.
///
/// Who: the administrator, and Convolog itself on restore and import. Refuses: a reason that is not
/// 1 to 200 characters on one line.
#[derive(Clone, Debug)]
pub struct DisarmInstance {
    /// Why.
    pub reason: String,
}

impl Command for DisarmInstance {
    type Aggregate = Installation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let reason = validate::reason("reason", &self.reason)?;
        if state.armed.is_none() {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(InstanceDisarmed { reason })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installation::InstanceArmed;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn disarm(reason: &str) -> DisarmInstance {
        DisarmInstance { reason: reason.into() }
    }

    #[test]
    fn the_armed_instance_is_disarmed() {
        let disarmed = InstanceDisarmed { reason: "moving house".into() };
        given::<Installation>([InstanceArmed { instance: "one".into() }.into()])
            .when(disarm("moving house"))
            .then([disarmed.into()]);
    }

    #[test]
    fn where_nobody_is_armed_nothing_changes() {
        given::<Installation>([]).when(disarm("restored")).then([]);
    }

    #[test]
    fn a_reason_is_needed() {
        given::<Installation>([]).when(disarm("")).refused(RefusalCode::InvalidField).at("reason");
    }
}
