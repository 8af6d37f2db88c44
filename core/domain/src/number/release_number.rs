//! Let go of a platform's number.

use super::{Number, NumberReleased, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{ChannelId, WorkspaceId};
use crate::refusal::{Refusal, RefusalCode};

/// The number is free again: what arrives for it goes to the quarantine, until somebody takes it.
///
/// Who: Convolog, on behalf of somebody who disconnects the channel. Refuses: a number that is free
/// or another workspace's (`not_found` for both, so that the answer tells nothing), one that
/// another channel of the workspace holds (`not_allowed_now`). Gives back the claim on the number.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseNumber {
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// Which channel speaks for it.
    pub channel: ChannelId,
}

impl Command for ReleaseNumber {
    type Aggregate = Number;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let owner =
            state.owner.as_ref().filter(|owner| owner.workspace == self.workspace).ok_or_else(
                || Refusal::new(RefusalCode::NotFound, "this workspace has no such number"),
            )?;
        if owner.channel != self.channel {
            return Err(Refusal::new(
                RefusalCode::NotAllowedNow,
                "another channel of this workspace has this number",
            ));
        }
        let phone_number_id = owner.phone_number_id.clone();
        let claim = ClaimKey::Number(phone_number_id.clone());
        let Self { workspace, channel } = self;
        Ok(vec![
            Decision::new(NumberReleased { phone_number_id, workspace, channel }).releasing(claim),
        ])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::number::fixtures::{NUMBER, release, released, reserved};
    use crate::testing::given;

    #[test]
    fn the_channel_that_holds_it_lets_go_of_it() {
        given::<Number>([reserved().into()])
            .when(release())
            .then([released().into()])
            .releasing([ClaimKey::Number(NUMBER.into())]);
    }

    #[test]
    fn free_or_anothers_the_answer_is_the_same() {
        let another = ReleaseNumber { workspace: WorkspaceId(Uuid::from_u128(99)), ..release() };
        let free = given::<Number>([]).when(release()).refused(RefusalCode::NotFound);
        let owned =
            given::<Number>([reserved().into()]).when(another).refused(RefusalCode::NotFound);
        assert_eq!(free.0, owned.0);
    }

    #[test]
    fn another_channel_of_the_workspace_cannot_let_go_of_it() {
        given::<Number>([reserved().into()])
            .when(ReleaseNumber { channel: ChannelId(Uuid::from_u128(99)), ..release() })
            .refused(RefusalCode::NotAllowedNow);
    }
}
