//! Give a broadcast up.

use super::{Broadcast, BroadcastCancelled, State, Status};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nothing more of it is ever said; its messages that wait are taken back. What the platform has, or
/// may have, stays.
///
/// Who: a key with the scope `write`. Refuses: one that does not exist (`not_found`), that was given up
/// or with which everybody was dealt (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CancelBroadcast;

impl Command for CancelBroadcast {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let open = [Status::Draft, Status::Running, Status::Paused];
        state.must_be(&open, "there is nothing left to cancel")?;
        Ok(vec![Decision::new(BroadcastCancelled {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{added, created, paused, started};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn it_is_given_up_once() {
        for before in [
            vec![created()],
            vec![created(), added(), started()],
            vec![created(), added(), started(), paused()],
        ] {
            given::<Broadcast>(before).when(CancelBroadcast).then([BroadcastCancelled {}.into()]);
        }
        given::<Broadcast>([created(), BroadcastCancelled {}.into()])
            .when(CancelBroadcast)
            .refused(RefusalCode::NotAllowedNow);
    }
}
