//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{
    Begun, DeliveriesAttempted, EndpointHealthChanged, HealthReason, HealthStatus,
    RedeliveryRequested, Selection,
};
use crate::ids::WorkspaceId;

/// Whose subscription it is.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));

/// Its health changed at 0.
pub(super) fn health(
    old_status: HealthStatus,
    status: HealthStatus,
    reason: HealthReason,
) -> EndpointHealthChanged {
    EndpointHealthChanged::new(old_status, (status, reason, None), 0)
}

/// The `n`th job, up to this position.
pub(super) fn job(n: u128, upto: u64) -> RedeliveryRequested {
    let (job, selection) = (Uuid::from_u128(n), Selection::Since(0));
    RedeliveryRequested { job, selection, upto, events: 1, at: 0 }
}

/// An event was begun with, for itself or for a job.
pub(super) fn begun_by(position: u64, job: Option<u128>) -> DeliveriesAttempted {
    let event = Uuid::from_u128(position.into());
    let begun =
        vec![Begun { position, event, code: 1, job: job.map(Uuid::from_u128), holds: false }];
    DeliveriesAttempted {
        cursor: position,
        attempts: vec![],
        begun,
        jobs: vec![],
        slowed_until: None,
    }
}
