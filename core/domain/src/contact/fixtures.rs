//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{ContactCreated, Event, LegalHoldPlaced, LegalHoldReleased, PersonalDataErased};
use crate::ids::{ContactId, PersonId};

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

/// Who places and releases holds.
pub(super) const HELD_BY: Option<PersonId> = Some(PersonId(Uuid::from_u128(9)));

/// Their data is held, since 2026-11-21.
pub(super) fn held() -> Event {
    let reason = "litigation".to_owned();
    LegalHoldPlaced { at: 1_795_251_600, by: HELD_BY, key: None, reason }.into()
}

/// Nobody holds it any more.
pub(super) fn released() -> Event {
    LegalHoldReleased { by: HELD_BY, key: None }.into()
}
