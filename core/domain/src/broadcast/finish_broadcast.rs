//! Say that everybody was dealt with.

use super::{Broadcast, BroadcastFinished, State, Status};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Every recipient was written to or passed over, and no message of it waits any more. What becomes of
/// the messages is still told.
///
/// Who: the broadcaster. Refuses: a broadcast that does not exist (`not_found`) or does not run
/// (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FinishBroadcast;

impl Command for FinishBroadcast {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_be(&[Status::Running], "only what runs comes to an end")?;
        Ok(vec![Decision::new(BroadcastFinished {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{added, created, paused, started};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn what_runs_comes_to_an_end() {
        given::<Broadcast>([created(), added(), started()])
            .when(FinishBroadcast)
            .then([BroadcastFinished {}.into()]);
        given::<Broadcast>([created(), added(), started(), paused()])
            .when(FinishBroadcast)
            .refused(RefusalCode::NotAllowedNow);
    }
}
