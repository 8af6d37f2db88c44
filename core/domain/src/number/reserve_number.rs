//! Take a platform's number for a channel.

use super::{Number, NumberReserved, OwnershipProof, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::event::StreamKind;
use crate::ids::{AppId, ChannelId, WorkspaceId};
use crate::limits::{PLATFORM_ID_DIGITS_MAX, PLATFORM_ID_DIGITS_MIN};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// A workspace speaks for the number from now on, and only what this app signs is accepted for it.
/// The first half of reserve-then-connect: the channel connects in a later commit, so taking what
/// the same channel took already, with the same app, changes nothing and lets it try again.
///
/// Who: Convolog, on behalf of somebody who connects a channel and has shown that the number is
/// theirs. Refuses: a number of another workspace (`owned_by_another`, without saying whose), one
/// that another channel or app of the same workspace holds (`already_exists`), an id that is not 5
/// to 20 digits. Takes the installation-wide claim on the number.
#[derive(Clone, Debug)]
pub struct ReserveNumber {
    /// The platform's id of the number (not the number).
    pub phone_number_id: String,
    /// Who takes it.
    pub workspace: WorkspaceId,
    /// Which channel will speak for it.
    pub channel: ChannelId,
    /// The app whose secret must sign what arrives for it.
    pub app: AppId,
    /// Whether the app is the installation's.
    pub installation_app: bool,
    /// How ownership was shown.
    pub proof: OwnershipProof,
}

impl Command for ReserveNumber {
    type Aggregate = Number;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let phone_number_id = validate::digits(
            "phone_number_id",
            &self.phone_number_id,
            PLATFORM_ID_DIGITS_MIN..=PLATFORM_ID_DIGITS_MAX,
        )?;
        match &state.owner {
            None => {
                let Self { workspace, channel, app, installation_app, proof, .. } = self;
                let claim = ClaimKey::Number(phone_number_id.clone());
                let reserved = NumberReserved {
                    phone_number_id,
                    workspace,
                    channel,
                    app,
                    installation_app,
                    proof,
                };
                Ok(vec![Decision::new(reserved).claiming(claim)])
            }
            Some(owner) if owner.workspace != self.workspace => Err(Refusal {
                field: Some("phone_number_id"),
                ..Refusal::new(
                    RefusalCode::OwnedByAnother,
                    "another workspace has connected this number; it must disconnect it first",
                )
            }),
            Some(owner) if owner.channel == self.channel && owner.app == self.app => Ok(Vec::new()),
            Some(owner) => {
                let detail =
                    "a channel of this workspace has this number; disconnect that channel first";
                let refusal = Refusal::new(RefusalCode::AlreadyExists, detail);
                let refusal = refusal.because_of(StreamKind::Channel, owner.channel.0);
                Err(Refusal { field: Some("phone_number_id"), ..refusal })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::number::fixtures::{NUMBER, released, reserve, reserved};
    use crate::testing::given;

    #[test]
    fn a_free_number_is_taken_and_claimed() {
        given::<Number>([])
            .when(reserve())
            .then([reserved().into()])
            .claiming([ClaimKey::Number(NUMBER.into())]);
    }

    #[test]
    fn the_same_channel_may_take_it_again_and_nothing_happens() {
        given::<Number>([reserved().into()]).when(reserve()).then([]);
    }

    #[test]
    fn another_workspace_is_told_that_it_is_taken() {
        let refused = given::<Number>([reserved().into()])
            .when(ReserveNumber { workspace: WorkspaceId(Uuid::from_u128(99)), ..reserve() })
            .refused(RefusalCode::OwnedByAnother);
        refused.at("phone_number_id");
        // But not by which channel: it is not theirs to know.
        assert_eq!(refused.0.other, None);
    }

    #[test]
    fn another_channel_or_app_of_the_workspace_must_wait_for_its_release() {
        let other_channel = ReserveNumber { channel: ChannelId(Uuid::from_u128(99)), ..reserve() };
        let other_app = ReserveNumber { app: AppId(Uuid::from_u128(99)), ..reserve() };
        for command in [other_channel, other_app] {
            given::<Number>([reserved().into()])
                .when(command)
                .refused(RefusalCode::AlreadyExists)
                .at("phone_number_id")
                .because_of(StreamKind::Channel, reserve().channel.0);
        }
    }

    #[test]
    fn a_released_number_can_go_to_somebody_else() {
        let workspace = WorkspaceId(Uuid::from_u128(99));
        given::<Number>([reserved().into(), released().into()])
            .when(ReserveNumber { workspace, ..reserve() })
            .then([NumberReserved { workspace, ..reserved() }.into()])
            .claiming([ClaimKey::Number(NUMBER.into())]);
    }

    #[test]
    fn what_is_no_id_is_refused() {
        given::<Number>([])
            .when(ReserveNumber { phone_number_id: "+49 1".into(), ..reserve() })
            .refused(RefusalCode::InvalidField)
            .at("phone_number_id");
    }
}
