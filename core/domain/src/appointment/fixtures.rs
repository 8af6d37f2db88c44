//! What the tests of appointments begin with.

use uuid::Uuid;

use super::{AppointmentBooked, Slot, Times, What, With};
use crate::claim::ClaimKey;
use crate::ids::{ContactId, ServiceId, SubjectId};
use crate::service::Open;
use crate::service::fixtures::settings;

/// A Monday after the day of the tests, nine o'clock.
pub(super) const MONDAY: i64 = 1_767_603_600;

/// The service of the tests.
pub(super) const SERVICE: ServiceId = ServiceId(Uuid::from_u128(0x5));

/// With whom.
pub(super) const WITH: With = With {
    subject: SubjectId(Uuid::from_u128(0xC)),
    contact: Some(ContactId(Uuid::from_u128(0xC))),
    lead: None,
    conversation: None,
};

/// A time of the service, which is open on that Monday from nine to five.
pub(super) fn slot(starts_at: i64) -> Slot {
    let opens = vec![Open { from: MONDAY, until: MONDAY + 8 * 3_600 }];
    Slot { service: SERVICE, settings: settings(), opens, starts_at }
}

/// What is booked.
pub(super) fn what() -> What {
    What { service: SERVICE, staff: None }
}

/// Half an hour from then on.
pub(super) fn times(starts_at: i64) -> Times {
    let ends_at = starts_at + 1_800;
    Times { starts_at, ends_at, blocked_from: starts_at, blocked_until: ends_at }
}

/// It was booked for Monday, nine o'clock.
pub(super) fn booked() -> AppointmentBooked {
    AppointmentBooked { what: what(), with: WITH, times: times(MONDAY), remind_at: None }
}

/// The unique key of the five minutes around then.
pub(super) fn key(at: i64) -> ClaimKey {
    ClaimKey::Calendar(SERVICE.0, at.div_euclid(300))
}
