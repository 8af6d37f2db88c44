//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{ContactCreated, Event, PersonalDataErased};
use crate::ids::ContactId;

/// Three contacts.
pub(super) const A: ContactId = ContactId(Uuid::from_u128(0xA));
/// The second.
pub(super) const B: ContactId = ContactId(Uuid::from_u128(0xB));
/// The third.
pub(super) const C: ContactId = ContactId(Uuid::from_u128(0xC));

/// Somebody is known.
pub(super) fn created() -> Event {
    ContactCreated {}.into()
}

/// Their data was erased.
pub(super) fn erased() -> Event {
    PersonalDataErased { by: None, reason: "requested".into() }.into()
}
