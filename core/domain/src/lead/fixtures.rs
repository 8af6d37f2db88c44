//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{
    Event, LeadErased, LeadMerged, LeadOpened, LeadStageChanged, Money, Opening, Rank, Stage,
};
use crate::ids::{ContactId, LeadId, SubjectId};
use crate::testing::NOW_SECONDS;

/// Two leads.
pub(super) const A: LeadId = LeadId(Uuid::from_u128(0xA));
/// The second.
pub(super) const B: LeadId = LeadId(Uuid::from_u128(0xB));
/// Whose key seals what is known of the first one.
pub(super) const SUBJECT: SubjectId = SubjectId(Uuid::from_u128(0xA));
/// A contact.
pub(super) const CONTACT: ContactId = ContactId(Uuid::from_u128(0xC));

/// When the lead of the tests was opened: an hour ago.
pub(super) const OPENED_AT: i64 = NOW_SECONDS - 3_600;

/// Its place on the board.
pub(super) fn rank() -> Rank {
    Rank::on_top(OPENED_AT * 1_000_000, A.0)
}

/// A lead was opened that is nobody's yet.
pub(super) fn opened() -> Event {
    LeadOpened {
        subject: SUBJECT,
        contact: None,
        opened_by: Opening::Command,
        source: "api".into(),
        channel: None,
        at: OPENED_AT,
        rank: rank(),
        external_id: None,
    }
    .into()
}

/// It came to a stage.
pub(super) fn came_to(from: Stage, to: Stage) -> Event {
    let (at, since) = (OPENED_AT + 60, OPENED_AT);
    LeadStageChanged { from, to, at, since, value: None, rank: rank(), again: false, rule: None }
        .into()
}

/// It was merged into another.
pub(super) fn merged() -> Event {
    LeadMerged { into: B, stage: Stage::New, value: None, at: OPENED_AT, since: OPENED_AT }.into()
}

/// What was known of it was erased.
pub(super) fn erased() -> Event {
    LeadErased { subjects: vec![SUBJECT], reason: None }.into()
}

/// So many cents of a euro.
pub(super) fn euros(amount: u64) -> Money {
    Money { amount, currency: "EUR".into() }
}
