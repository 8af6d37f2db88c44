//! Pause a subscription.

use super::{State, Subscription, SubscriptionPaused};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nothing is delivered until it is resumed; nothing is lost meanwhile. Pausing it again changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a subscription that was never created or was deleted
/// (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PauseSubscription;

impl Command for PauseSubscription {
    type Aggregate = Subscription;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        if state.paused {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(SubscriptionPaused {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::subscription::fixtures::{created, deleted};
    use crate::testing::given;

    #[test]
    fn it_is_paused_once() {
        let paused = SubscriptionPaused {};
        given::<Subscription>([created()]).when(PauseSubscription).then([paused.clone().into()]);
        given::<Subscription>([created(), paused.into()]).when(PauseSubscription).then([]);
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for history in [vec![], vec![created(), deleted()]] {
            given::<Subscription>(history).when(PauseSubscription).refused(RefusalCode::NotFound);
        }
    }
}
