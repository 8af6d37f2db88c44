//! Let a broadcast stand still.

use super::{Broadcast, BroadcastPaused, State, Status};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::PAUSE_REASONS;
use crate::refusal::Refusal;
use crate::validate;

/// Nothing more of it is asked for, and nothing that waits leaves, until somebody resumes it. What was
/// handed to the platform is on its way.
///
/// Who: a key with the scope `write`; the broadcaster, when the plan allows no more messages, its
/// template cannot be sent, or what it says cannot be read any more. Refuses: one that does not exist (`not_found`) or does not run (`not_allowed_now`), a reason that is not one
/// of [`PAUSE_REASONS`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PauseBroadcast {
    /// Why, one of [`PAUSE_REASONS`].
    pub reason: String,
}

impl Command for PauseBroadcast {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_be(&[Status::Running], "only what runs can be paused")?;
        let reason = validate::one_of("reason", &self.reason, &PAUSE_REASONS)?;
        Ok(vec![Decision::new(BroadcastPaused { reason })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{added, created, paused, started};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn pause(reason: &str) -> PauseBroadcast {
        PauseBroadcast { reason: reason.into() }
    }

    #[test]
    fn only_what_runs_is_paused() {
        given::<Broadcast>([created(), added(), started()])
            .when(pause("asked"))
            .then([paused().into()]);
        given::<Broadcast>([created(), added(), started(), paused()])
            .when(pause("asked"))
            .refused(RefusalCode::NotAllowedNow);
        given::<Broadcast>([created()]).when(pause("asked")).refused(RefusalCode::NotAllowedNow);
        given::<Broadcast>([created(), added(), started()])
            .when(pause("because"))
            .refused(RefusalCode::InvalidField)
            .allowing(PAUSE_REASONS);
    }
}
