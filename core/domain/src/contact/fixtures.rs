//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{
    ContactCreated, Event, LegalHoldPlaced, LegalHoldReleased, OptedIn, OptedOut,
    PersonalDataErased, PreferenceScope, PreferenceSource,
};
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
    PersonalDataErased { by: None, reason: "requested".into(), stops: vec![] }.into()
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

/// They wrote STOP.
pub(super) fn opted_out(at: i64) -> Event {
    let (scope, source) = (PreferenceScope::Marketing, PreferenceSource::Words);
    let (message, code, reason, by, key) = (None, None, None, None, None);
    OptedOut { scope, source, at, message, code, reason, by, key }.into()
}

/// They wrote START.
pub(super) fn opted_in(at: i64) -> Event {
    let (scope, source) = (PreferenceScope::All, PreferenceSource::Words);
    let (message, reason, by, key) = (None, None, None, None);
    OptedIn { scope, source, at, message, reason, by, key }.into()
}
