//! Let a paused subscription go on.

use super::{State, Subscription, SubscriptionResumed};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Delivery goes on where it stopped. If it is not paused, nothing happens.
///
/// Who: a key with the scope `manage`. Refuses: a subscription that was never created or was deleted
/// (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResumeSubscription;

impl Command for ResumeSubscription {
    type Aggregate = Subscription;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        if !state.paused {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(SubscriptionResumed {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::subscription::SubscriptionPaused;
    use crate::subscription::fixtures::{created, deleted};
    use crate::testing::given;

    #[test]
    fn it_goes_on() {
        given::<Subscription>([created(), SubscriptionPaused {}.into()])
            .when(ResumeSubscription)
            .then([SubscriptionResumed {}.into()]);
        given::<Subscription>([created()]).when(ResumeSubscription).then([]);
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for history in [vec![], vec![created(), deleted()]] {
            given::<Subscription>(history).when(ResumeSubscription).refused(RefusalCode::NotFound);
        }
    }
}
