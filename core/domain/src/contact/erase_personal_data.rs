//! Erase what is known of a person.

use super::{Contact, KeptStop, PersonalDataErased, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::PersonId;
use crate::limits::ERASURE_REASONS;
use crate::refusal::Refusal;
use crate::validate;

/// Nothing that is sealed for this contact can be opened from now on: the caller destroys the key
/// and the identities' entries in the vault once this event is durable. That something was said,
/// when and in which order stays provable. A person who is several contacts (see
/// `State::absorbed`) is erased by one such command for each.
///
/// Who: the administrator, or a key with the scope `manage`. Refuses: a contact that is not known
/// (`not_found`), one whose data was erased before (`erased`), one under legal hold (`legal_hold`), a
/// reason that is not one of [`ERASURE_REASONS`].
#[derive(Clone, Debug)]
pub struct ErasePersonalData {
    /// The member of the staff who asked for it, if one did.
    pub by: Option<PersonId>,
    /// One of [`ERASURE_REASONS`].
    pub reason: String,
    /// What they did not want to be sent, all their contacts together: the vault keeps a mark of it.
    pub stops: Vec<KeptStop>,
}

impl Command for ErasePersonalData {
    type Aggregate = Contact;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_not_be_erased()?;
        if let Some(hold) = &state.hold {
            return Err(hold.refusal());
        }
        let reason = validate::one_of("reason", &self.reason, &ERASURE_REASONS)?;
        Ok(vec![Decision::new(PersonalDataErased { by: self.by, reason, stops: self.stops })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::contact::ContactMerged;
    use crate::contact::fixtures::{A, created, erased, held, released};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const ASKED_BY: Option<PersonId> = Some(PersonId(Uuid::from_u128(7)));

    fn erase(reason: &str) -> ErasePersonalData {
        ErasePersonalData { by: ASKED_BY, reason: reason.into(), stops: vec![] }
    }

    fn event(reason: &str) -> PersonalDataErased {
        PersonalDataErased { by: ASKED_BY, reason: reason.into(), stops: vec![] }
    }

    #[test]
    fn every_reason_of_the_list_is_recorded() {
        for reason in ERASURE_REASONS {
            given::<Contact>([created()])
                .when(erase(reason))
                .then([event(reason).into()])
                .sealing([]);
        }
    }

    #[test]
    fn a_reason_in_free_words_could_name_the_person() {
        given::<Contact>([created()])
            .when(erase("Maria asked for it"))
            .refused(RefusalCode::InvalidField)
            .at("reason")
            .allowing(ERASURE_REASONS);
    }

    #[test]
    fn a_merged_contact_can_be_erased() {
        given::<Contact>([created(), ContactMerged { into: A }.into()])
            .when(erase("requested"))
            .then([event("requested").into()]);
    }

    #[test]
    fn erased_is_erased() {
        given::<Contact>([created(), erased()])
            .when(erase("requested"))
            .refused(RefusalCode::Erased);
    }

    #[test]
    fn a_legal_hold_says_since_when_and_by_whom_it_stands() {
        let refused = given::<Contact>([created(), held()])
            .when(erase("requested"))
            .refused(RefusalCode::LegalHold);
        for said in ["litigation", "since 2026-", "by person 00000000-0000-0000-0000-0000000000"] {
            assert!(refused.0.detail.contains(said), "{}", refused.0.detail);
        }
        given::<Contact>([created(), held(), released()])
            .when(erase("requested"))
            .then([event("requested").into()]);
    }

    #[test]
    fn who_is_not_known_has_nothing_to_erase() {
        given::<Contact>([]).when(erase("requested")).refused(RefusalCode::NotFound);
    }
}
