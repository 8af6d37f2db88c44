//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{ChangeAccepted, ChangeQuarantined, Event, Reason, RetryFailed};
use crate::hash::Hash32;
use crate::ids::{AppId, WorkspaceId};

/// Who accepts it in the end.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));

/// A change for a number that nobody has connected was set aside.
pub(super) fn quarantined() -> Event {
    ChangeQuarantined {
        reason: Reason::NumberUnknown,
        app: AppId(Uuid::from_u128(3)),
        phone_number_id: Some("106540352242922".into()),
        waba_id: Some("102290129340398".into()),
        field: Some("messages".into()),
        day: 20_454,
        fragment: Hash32([1; 32]),
        body_sha256: Hash32([2; 32]),
        evidence: None,
    }
    .into()
}

/// It was accepted.
pub(super) fn accepted() -> ChangeAccepted {
    ChangeAccepted { workspace: WORKSPACE }
}

/// It was tried in vain.
pub(super) fn retry_failed(reason: Reason) -> RetryFailed {
    RetryFailed { reason }
}
