//! At least one value of every event of deliveries.

use convolog_domain::Event;
use convolog_domain::delivery::{
    Attempt, AttemptOutcome, Begun, DeliveriesAttempted, EndpointHealthChanged, EndpointProbed,
    HealthReason, HealthStatus, JobPlace, ProbeRequested, RedeliveryCancelled, RedeliveryFinished,
    RedeliveryRequested, Selection,
};

use crate::samples::id;

/// 2026-01-01T00:00:00Z.
const AT: i64 = 1_767_225_600_000_000;

/// One that went well, and one that did not.
fn attempts() -> [Attempt; 2] {
    let attempt = Attempt {
        position: 41,
        event: id(60),
        code: 2_050,
        try_number: 1,
        at: AT,
        outcome: AttemptOutcome::Delivered,
        status: Some(204),
        milliseconds: 12,
        next_at: None,
        job: None,
        holds: false,
    };
    let failed = Attempt {
        position: 42,
        outcome: AttemptOutcome::Slowed,
        status: Some(429),
        next_at: Some(AT + 5_100_000),
        job: Some(id(61)),
        holds: true,
        ..attempt.clone()
    };
    [attempt, failed]
}

/// Every event, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let [attempt, failed] = attempts();
    let begun = Begun { position: 43, event: id(62), code: 2_050, job: None, holds: true };
    vec![
        DeliveriesAttempted {
            cursor: 43,
            attempts: vec![attempt, failed],
            begun: vec![begun],
            jobs: vec![JobPlace { job: id(61), place: 42 }],
            slowed_until: Some(AT + 60_000_000),
        }
        .into(),
        EndpointHealthChanged {
            old_status: HealthStatus::Degraded,
            status: HealthStatus::Paused,
            reason: HealthReason::AlwaysFails,
            at: AT,
            next_at: Some(AT + 3_600_000_000),
            event: None,
            topic: None,
        }
        .into(),
        EndpointHealthChanged {
            old_status: HealthStatus::Healthy,
            status: HealthStatus::Disabled,
            reason: HealthReason::Gone,
            at: AT,
            next_at: None,
            event: Some(id(60)),
            topic: Some("message_received".into()),
        }
        .into(),
        ProbeRequested { probe: id(63) }.into(),
        EndpointProbed {
            probe: id(63),
            at: AT,
            outcome: AttemptOutcome::TimedOut,
            status: None,
            milliseconds: 15_000,
        }
        .into(),
        RedeliveryRequested {
            job: id(61),
            selection: Selection::Range(10, 90),
            upto: 90,
            events: 7,
            at: AT,
        }
        .into(),
        RedeliveryCancelled { job: id(61), dropped: vec![42] }.into(),
        RedeliveryFinished { job: id(61), delivered: 6, failed: 1 }.into(),
    ]
}
