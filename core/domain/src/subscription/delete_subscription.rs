//! End a subscription.

use super::{State, Subscription, SubscriptionDeleted};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nothing is delivered any more, and its secrets leave the vault. Deleting it again is refused like anything else that is not there.
///
/// Who: a key with the scope `manage`. Refuses: a subscription that was never created or was deleted
/// (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DeleteSubscription;

impl Command for DeleteSubscription {
    type Aggregate = Subscription;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        Ok(vec![Decision::new(SubscriptionDeleted {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::subscription::fixtures::{created, deleted};
    use crate::testing::given;

    #[test]
    fn it_ends() {
        given::<Subscription>([created()])
            .when(DeleteSubscription)
            .then([SubscriptionDeleted {}.into()]);
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for history in [vec![], vec![created(), deleted()]] {
            given::<Subscription>(history).when(DeleteSubscription).refused(RefusalCode::NotFound);
        }
    }
}
