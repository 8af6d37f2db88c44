//! Erase what is known of a lead.

use super::{Lead, LeadErased, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::SubjectId;
use crate::refusal::{Refusal, RefusalCode};

/// Nothing that is sealed for this lead can be opened from now on: the caller destroys the keys of
/// all its subjects. The event names those that are not the contact's, so that the erasure can be
/// applied again to a restored vault. That it was there, its stages, scores and values stay. Merged
/// leads are erased as well: their fields are sealed for subjects of their own.
///
/// Who: whoever erases the contact, or the lead itself. Refuses: a lead that is not known
/// (`not_found`), one that was erased before (`erased`).
#[derive(Clone, Copy, Debug)]
pub struct EraseLead;

impl Command for EraseLead {
    type Aggregate = Lead;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.opened.is_none() {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such lead"));
        }
        if state.erased {
            return Err(Refusal::new(
                RefusalCode::Erased,
                "what was known of this lead was erased before",
            ));
        }
        let contact = state.contact.map(SubjectId::from);
        let own = state.subjects.iter().copied().filter(|subject| Some(*subject) != contact);
        Ok(vec![Decision::new(LeadErased { subjects: own.collect() })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::LeadLinked;
    use crate::lead::fixtures::{CONTACT, SUBJECT, erased, merged, opened};
    use crate::testing::given;

    #[test]
    fn the_contact_is_erased_by_an_event_of_its_own() {
        given::<Lead>([opened(), LeadLinked { contact: CONTACT }.into()])
            .when(EraseLead)
            .then([LeadErased { subjects: vec![SUBJECT] }.into()]);
    }

    #[test]
    fn a_lead_is_erased_once_merged_or_not() {
        given::<Lead>([opened()])
            .when(EraseLead)
            .then([LeadErased { subjects: vec![SUBJECT] }.into()])
            .sealing([]);
        given::<Lead>([opened(), merged()])
            .when(EraseLead)
            .then([LeadErased { subjects: vec![SUBJECT] }.into()]);
        given::<Lead>([opened(), erased()]).when(EraseLead).refused(RefusalCode::Erased);
        given::<Lead>([]).when(EraseLead).refused(RefusalCode::NotFound);
    }
}
