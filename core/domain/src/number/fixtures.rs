//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{NumberReleased, NumberReserved, OwnershipProof, ReleaseNumber, ReserveNumber};
use crate::ids::{AppId, ChannelId, WorkspaceId};

/// The platform's id of the number.
pub(super) const NUMBER: &str = "106540352242922";

const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));
const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(2));
const APP: AppId = AppId(Uuid::from_u128(3));

/// The workspace takes the number.
pub(super) fn reserve() -> ReserveNumber {
    ReserveNumber {
        phone_number_id: NUMBER.into(),
        workspace: WORKSPACE,
        channel: CHANNEL,
        app: APP,
        installation_app: false,
        proof: OwnershipProof::Graph,
    }
}

/// It took the number.
pub(super) fn reserved() -> NumberReserved {
    NumberReserved {
        phone_number_id: NUMBER.into(),
        workspace: WORKSPACE,
        channel: CHANNEL,
        app: APP,
        installation_app: false,
        proof: OwnershipProof::Graph,
    }
}

/// It lets go of the number.
pub(super) fn release() -> ReleaseNumber {
    ReleaseNumber { workspace: WORKSPACE, channel: CHANNEL }
}

/// It let go of the number.
pub(super) fn released() -> NumberReleased {
    NumberReleased { phone_number_id: NUMBER.into(), workspace: WORKSPACE, channel: CHANNEL }
}
