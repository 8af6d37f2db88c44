//! Pass a recipient over.

use super::{Broadcast, RecipientSkipped, State, Status};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::BroadcastId;
use crate::limits::SKIP_REASONS;
use crate::refusal::Refusal;
use crate::validate;

/// A recipient is not written to: they do not want it, or cannot be. Their turn is over, as if they had
/// been.
///
/// Who: the broadcaster. Refuses: a broadcast that does not exist (`not_found`) or does not run
/// (`not_allowed_now`), a reason that is not one of [`SKIP_REASONS`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SkipRecipient {
    /// The stream that this is decided on.
    pub broadcast: BroadcastId,
    /// The how manieth, from 1.
    pub number: u32,
    /// Why, one of [`SKIP_REASONS`].
    pub reason: String,
}

impl Command for SkipRecipient {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_be(&[Status::Running], "nobody has their turn")?;
        let Self { broadcast, number, reason } = self;
        let reason = validate::one_of("reason", &reason, &SKIP_REASONS)?;
        let skipped = Decision::new(RecipientSkipped { number, reason });
        Ok(vec![skipped.claiming(ClaimKey::Turn(broadcast, number))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{BROADCAST, added, created, paused, started};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn whoever_is_passed_over_has_had_their_turn() {
        let skip = SkipRecipient { broadcast: BROADCAST, number: 1, reason: "opted_out".into() };
        given::<Broadcast>([created(), added(), started()])
            .when(skip.clone())
            .then([RecipientSkipped { number: 1, reason: "opted_out".into() }.into()])
            .claiming([ClaimKey::Turn(BROADCAST, 1)]);
        given::<Broadcast>([created(), added(), started(), paused()])
            .when(skip.clone())
            .refused(RefusalCode::NotAllowedNow);
        given::<Broadcast>([created(), added(), started()])
            .when(SkipRecipient { reason: "tired".into(), ..skip })
            .refused(RefusalCode::InvalidField);
    }
}
