//! End a redelivery early.

use uuid::Uuid;

use super::{Delivery, RedeliveryCancelled, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// Nothing more of it is delivered, but for what is on its way at this moment. Ending one that ended
/// changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a job that this endpoint does not have
/// (`not_found`).
#[derive(Clone, Copy, Debug)]
pub struct CancelRedelivery {
    /// Which job.
    pub job: Uuid,
}

impl Command for CancelRedelivery {
    type Aggregate = Delivery;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let job = state.job(self.job).ok_or_else(|| {
            Refusal::new(RefusalCode::NotFound, "there is no such redelivery of this webhook")
        })?;
        if job.end.is_some() {
            return Ok(Vec::new());
        }
        let of_job = state.waiting.iter().filter(|(_, waiting)| waiting.job == Some(self.job));
        let dropped = of_job.map(|(position, _)| *position).collect();
        Ok(vec![Decision::new(RedeliveryCancelled { job: self.job, dropped })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::fixtures::{begun_by, job};
    use crate::testing::{given, state_of};

    #[test]
    fn it_ends_once_and_what_it_had_begun_with_is_dropped() {
        let cancelled = RedeliveryCancelled { job: Uuid::from_u128(1), dropped: vec![5] };
        let cancel = CancelRedelivery { job: Uuid::from_u128(1) };
        let before = [job(1, 9).into(), begun_by(5, Some(1)).into()];
        given::<Delivery>(before.clone()).when(cancel).then([cancelled.clone().into()]);
        let all = || before.clone().into_iter().chain([cancelled.clone().into()]);
        given::<Delivery>(all().collect::<Vec<_>>()).when(cancel).then([]);
        assert!(state_of::<Delivery>(all()).waiting.is_empty());
        given::<Delivery>([]).when(cancel).refused(RefusalCode::NotFound);
    }
}
