//! Say which contact a lead is.

use super::{Lead, LeadLinked, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::ContactId;
use crate::refusal::{Refusal, RefusalCode};

/// It turned out which contact a lead is: what they say and what is known of them belong together,
/// and are erased together. Takes a claim on the contact, so that nobody is two leads.
///
/// Who: a key with the scope `write`, or Convolog when somebody writes whose number a lead has.
/// Refuses: a lead that is not known (`not_found`), that was merged or is another contact already
/// (`not_allowed_now`), or that was erased (`erased`). Linking the same contact again changes
/// nothing. That the contact exists stands in another stream; the caller looks there.
#[derive(Clone, Copy, Debug)]
pub struct LinkContact {
    /// The contact.
    pub contact: ContactId,
}

impl Command for LinkContact {
    type Aggregate = Lead;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let subject = state.stands()?;
        match state.contact {
            Some(contact) if contact == self.contact => return Ok(Vec::new()),
            Some(_) => {
                return Err(Refusal::new(
                    RefusalCode::NotAllowedNow,
                    "this lead is another contact; merge the contacts if they are one person",
                ));
            }
            None => {}
        }
        let decision = Decision::new(LeadLinked { contact: self.contact });
        // A number that was promised to the lead may have become the contact of the same name.
        let known = subject == self.contact.into();
        let claim = ClaimKey::Lead(self.contact.into());
        Ok(vec![if known { decision } else { decision.claiming(claim) }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::fixtures::{A, CONTACT, erased, merged, opened};
    use crate::testing::given;

    const LINK: LinkContact = LinkContact { contact: CONTACT };

    fn linked(contact: ContactId) -> super::super::Event {
        LeadLinked { contact }.into()
    }

    #[test]
    fn a_contact_is_one_lead() {
        given::<Lead>([opened()])
            .when(LINK)
            .then([linked(CONTACT).into()])
            .claiming([ClaimKey::Lead(CONTACT.into())]);
        given::<Lead>([opened(), linked(CONTACT)]).when(LINK).then([]);
    }

    #[test]
    fn the_contact_that_took_over_the_leads_own_key_needs_no_second_claim() {
        let contact = ContactId(A.0);
        given::<Lead>([opened()])
            .when(LinkContact { contact })
            .then([linked(contact).into()])
            .claiming([]);
    }

    #[test]
    fn nobody_turns_into_somebody_else() {
        given::<Lead>([opened(), linked(ContactId(A.0))])
            .when(LINK)
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn what_is_not_there_is_nobody() {
        given::<Lead>([]).when(LINK).refused(RefusalCode::NotFound);
        given::<Lead>([opened(), merged()]).when(LINK).refused(RefusalCode::NotAllowedNow);
        given::<Lead>([opened(), erased()]).when(LINK).refused(RefusalCode::Erased);
    }
}
