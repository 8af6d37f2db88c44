//! Ask whether the endpoint answers.

use super::{Delivery, ProbeRequested, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;
use uuid::Uuid;

/// A single message of the type `webhook.probe` is sent, whatever the endpoint's health; if it is
/// answered with 2xx, an endpoint that was paused by itself or disabled takes part again. While a
/// probe is under way, another one is not begun: the one that waits answers for both.
///
/// Who: a key with the scope `manage`, for a subscription that is there. Refuses: nothing.
#[derive(Clone, Copy, Debug)]
pub struct RequestProbe {
    /// Names it, if a new one is begun.
    pub probe: Uuid,
}

impl Command for RequestProbe {
    type Aggregate = Delivery;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.probe.as_ref().is_some_and(|probe| probe.result.is_none()) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(ProbeRequested { probe: self.probe })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::given;

    #[test]
    fn one_probe_is_under_way_at_a_time() {
        let requested = |n| ProbeRequested { probe: Uuid::from_u128(n) };
        given::<Delivery>([])
            .when(RequestProbe { probe: Uuid::from_u128(1) })
            .then([requested(1).into()]);
        given::<Delivery>([requested(1).into()])
            .when(RequestProbe { probe: Uuid::from_u128(2) })
            .then([]);
    }
}
