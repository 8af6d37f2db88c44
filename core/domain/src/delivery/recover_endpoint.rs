//! Deliver again to an endpoint that was paused by itself or disabled.

use super::{Delivery, EndpointHealthChanged, HealthReason, HealthStatus, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Delivery goes on where it stopped. An endpoint that takes part stays as it is.
///
/// Who: a key with the scope `manage` that resumes the subscription. Refuses: nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecoverEndpoint;

impl Command for RecoverEndpoint {
    type Aggregate = Delivery;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let old_status = state.health.status;
        if !matches!(old_status, HealthStatus::Paused | HealthStatus::Disabled) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(EndpointHealthChanged {
            old_status,
            status: HealthStatus::Healthy,
            reason: HealthReason::Resumed,
            at: ctx.now(),
            next_at: None,
            event: None,
            topic: None,
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::fixtures::health;
    use crate::testing::{NOW_SECONDS, given};

    #[test]
    fn what_was_disabled_takes_part_again_and_what_was_not_stays() {
        let disabled = health(HealthStatus::Healthy, HealthStatus::Disabled, HealthReason::Gone);
        let back = EndpointHealthChanged {
            at: NOW_SECONDS * 1_000_000,
            ..health(HealthStatus::Disabled, HealthStatus::Healthy, HealthReason::Resumed)
        };
        given::<Delivery>([disabled.into()]).when(RecoverEndpoint).then([back.into()]);
        given::<Delivery>([]).when(RecoverEndpoint).then([]);
    }
}
