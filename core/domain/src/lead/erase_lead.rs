//! Erase what is known of a lead.

use super::{Lead, LeadErased, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::SubjectId;
use crate::limits::ERASURE_REASONS;
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// Nothing that is sealed for this lead can be opened from now on: the caller destroys the keys of
/// all its subjects. The event names those that are not the contact's, so that the erasure can be
/// applied again to a restored vault. That it was there, its stages, scores and values stay. Merged
/// leads are erased as well: their fields are sealed for subjects of their own. The id that another
/// system gave it is free again: whom that system tells of later is somebody new.
///
/// Who: whoever erases the contact; for a lead that no contact stands for the administrator, or a key
/// with the scope `manage`. Refuses: a lead that is not known (`not_found`), one that was erased
/// before (`erased`), a reason that is not one of [`ERASURE_REASONS`].
#[derive(Clone, Debug)]
pub struct EraseLead {
    /// One of [`ERASURE_REASONS`]; none if it goes with its contact.
    pub reason: Option<String>,
    /// To whom its numbers and addresses were promised, if they became nobody: their keys go too.
    pub promised: Vec<SubjectId>,
}

impl Command for EraseLead {
    type Aggregate = Lead;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Some(opened) = &state.opened else {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such lead"));
        };
        if state.erased {
            return Err(Refusal::new(
                RefusalCode::Erased,
                "what was known of this lead was erased before",
            ));
        }
        let checked = |reason: &String| validate::one_of("reason", reason, &ERASURE_REASONS);
        let reason = self.reason.as_ref().map(checked).transpose()?;
        let contact = state.contact.map(SubjectId::from);
        let own = state.subjects.iter().copied().filter(|subject| Some(*subject) != contact);
        let subjects = own.chain(self.promised).collect();
        let decision = Decision::new(LeadErased { subjects, reason });
        let known_elsewhere = opened.external_id.map(ClaimKey::LeadExternalId);
        Ok(vec![known_elsewhere.into_iter().fold(decision, Decision::releasing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Hash32;
    use crate::lead::fixtures::{CONTACT, SUBJECT, erased, merged, opened};
    use crate::lead::{Event, LeadLinked};
    use crate::testing::given;

    const WITH_CONTACT: EraseLead = EraseLead { reason: None, promised: Vec::new() };

    fn asked(reason: &str) -> EraseLead {
        EraseLead { reason: Some(reason.into()), promised: Vec::new() }
    }

    fn event(reason: Option<&str>) -> LeadErased {
        LeadErased { subjects: vec![SUBJECT], reason: reason.map(Into::into) }
    }

    #[test]
    fn the_contact_is_erased_by_an_event_of_its_own() {
        given::<Lead>([opened(), LeadLinked { contact: CONTACT }.into()])
            .when(WITH_CONTACT)
            .then([event(None).into()]);
    }

    #[test]
    fn those_to_whom_its_numbers_were_promised_are_named() {
        let promised = vec![CONTACT.into()];
        given::<Lead>([opened()]).when(EraseLead { promised, ..WITH_CONTACT }).then([LeadErased {
            subjects: vec![SUBJECT, CONTACT.into()],
            reason: None,
        }
        .into()]);
    }

    #[test]
    fn the_id_of_another_system_is_free_again() {
        let Event::LeadOpened(opened) = opened() else { unreachable!() };
        let hash = Hash32([7; 32]);
        let known = Event::LeadOpened(crate::lead::LeadOpened {
            external_id: Some(hash),
            ..opened.clone()
        });
        given::<Lead>([known])
            .when(WITH_CONTACT)
            .then([event(None).into()])
            .releasing([ClaimKey::LeadExternalId(hash)]);
        given::<Lead>([opened.into()]).when(WITH_CONTACT).then([event(None).into()]).releasing([]);
    }

    #[test]
    fn a_lead_is_erased_once_merged_or_not() {
        given::<Lead>([opened()]).when(WITH_CONTACT).then([event(None).into()]).sealing([]);
        given::<Lead>([opened(), merged()]).when(WITH_CONTACT).then([event(None).into()]);
        given::<Lead>([opened(), erased()]).when(WITH_CONTACT).refused(RefusalCode::Erased);
        given::<Lead>([]).when(WITH_CONTACT).refused(RefusalCode::NotFound);
    }

    #[test]
    fn who_asks_for_it_says_why_in_a_word_of_the_list() {
        given::<Lead>([opened()]).when(asked("requested")).then([event(Some("requested")).into()]);
        given::<Lead>([opened()])
            .when(asked("Diego wanted it"))
            .refused(RefusalCode::InvalidField)
            .at("reason")
            .allowing(ERASURE_REASONS);
    }
}
