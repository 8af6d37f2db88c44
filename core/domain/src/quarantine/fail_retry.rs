//! A change from the quarantine still has no owner.

use super::{Quarantine, Reason, RetryFailed, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// A quarantined change was tried again and could still not be accepted; it waits on, with the
/// reason of this try. Recorded even if the reason is the same, for somebody tried.
///
/// Who: Convolog, when it tries again after a fix. Refuses: a change that was never quarantined
/// (`not_found`), or that was accepted before (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct FailRetry {
    /// Why.
    pub reason: Reason,
}

impl Command for FailRetry {
    type Aggregate = Quarantine;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_be_open()?;
        Ok(vec![Decision::new(RetryFailed { reason: self.reason })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quarantine::fixtures::{accepted, quarantined, retry_failed};
    use crate::refusal::RefusalCode;
    use crate::testing::{given, state_of};

    const FAIL: FailRetry = FailRetry { reason: Reason::NumberNotOfApp };

    #[test]
    fn the_newest_reason_is_the_one_that_shows() {
        let failed = retry_failed(Reason::NumberNotOfApp);
        given::<Quarantine>([quarantined()]).when(FAIL).then([failed.clone().into()]);
        let state = state_of::<Quarantine>([quarantined(), failed.into()]);
        assert_eq!((state.open, state.reason), (true, Some(Reason::NumberNotOfApp)));
    }

    #[test]
    fn every_try_is_recorded() {
        let failed = || retry_failed(Reason::NumberNotOfApp);
        given::<Quarantine>([quarantined(), failed().into()]).when(FAIL).then([failed().into()]);
    }

    #[test]
    fn what_was_accepted_is_not_tried_again() {
        given::<Quarantine>([quarantined(), accepted().into()])
            .when(FAIL)
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn what_was_never_set_aside_is_not_tried() {
        given::<Quarantine>([]).when(FAIL).refused(RefusalCode::NotFound);
    }
}
