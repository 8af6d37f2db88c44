//! Let a broadcast go on.

use super::{Broadcast, BroadcastResumed, State, Status};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// It goes on where it stood still.
///
/// Who: a key with the scope `write`. Refuses: one that does not exist (`not_found`) or does not stand
/// still (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResumeBroadcast;

impl Command for ResumeBroadcast {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_be(&[Status::Paused], "only what was paused can be resumed")?;
        Ok(vec![Decision::new(BroadcastResumed {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{added, created, paused, started};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn only_what_stands_still_goes_on() {
        given::<Broadcast>([created(), added(), started(), paused()])
            .when(ResumeBroadcast)
            .then([BroadcastResumed {}.into()]);
        given::<Broadcast>([created(), added(), started()])
            .when(ResumeBroadcast)
            .refused(RefusalCode::NotAllowedNow);
    }
}
