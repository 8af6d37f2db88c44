//! The case is over: the person may be erased again.

use super::{Contact, LegalHoldReleased, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{KeyId, PersonId};
use crate::refusal::{Refusal, RefusalCode};

/// The legal hold on this contact ends.
///
/// Who: a key with the scope `manage`, or the administrator. Refuses: a contact that is not known
/// (`not_found`), one that is not held itself (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct ReleaseLegalHold {
    /// The member of the staff who asked for it, if one did.
    pub by: Option<PersonId>,
    /// The key that it came with, if one was used.
    pub key: Option<KeyId>,
}

impl Command for ReleaseLegalHold {
    type Aggregate = Contact;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if !state.created {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such contact"));
        }
        if state.hold.is_none() {
            return Err(Refusal::new(
                RefusalCode::NotAllowedNow,
                "no legal hold stands on this contact",
            ));
        }
        let Self { by, key } = self;
        Ok(vec![Decision::new(LegalHoldReleased { by, key })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::fixtures::{HELD_BY, created, held, released};
    use crate::testing::given;

    const RELEASE: ReleaseLegalHold = ReleaseLegalHold { by: HELD_BY, key: None };

    #[test]
    fn a_hold_ends() {
        given::<Contact>([created(), held()])
            .when(RELEASE)
            .then([LegalHoldReleased { by: HELD_BY, key: None }.into()])
            .sealing([]);
    }

    #[test]
    fn what_is_not_held_cannot_be_released() {
        given::<Contact>([created()]).when(RELEASE).refused(RefusalCode::NotAllowedNow);
        given::<Contact>([created(), held(), released()])
            .when(RELEASE)
            .refused(RefusalCode::NotAllowedNow);
        given::<Contact>([]).when(RELEASE).refused(RefusalCode::NotFound);
    }
}
