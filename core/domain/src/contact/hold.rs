//! A legal hold as refusals tell it: since when, by whom, why.

use std::fmt;

use uuid::Uuid;

use super::LegalHoldPlaced;
use super::calendar::Utc;
use crate::actor::ActorKind;
use crate::refusal::{Refusal, RefusalCode};

/// A legal hold that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold(pub LegalHoldPlaced);

impl Hold {
    /// What whoever wants to erase is told.
    pub(super) fn refusal(&self) -> Refusal {
        let detail = format!("this person is under legal hold ({self}); release it first");
        Refusal::new(RefusalCode::LegalHold, detail)
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LegalHoldPlaced { at, reason, .. } = &self.0;
        write!(f, "{reason}, since {} by ", Utc(*at))?;
        match self.0.answerable() {
            (ActorKind::Administrator, _) => f.write_str("the administrator"),
            (kind, id) => write!(f, "{} {id}", kind.name()),
        }
    }
}

impl LegalHoldPlaced {
    /// Who answers for it: a person, a key, or the administrator.
    pub const fn answerable(&self) -> (ActorKind, Uuid) {
        match (self.by, self.key) {
            (Some(person), _) => (ActorKind::Person, person.0),
            (None, Some(key)) => (ActorKind::Key, key.0),
            (None, None) => (ActorKind::Administrator, Uuid::nil()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{KeyId, PersonId};

    #[test]
    fn whoever_placed_it_is_named_as_well_as_can_be() {
        let id = Uuid::from_u128(7);
        let hold = |by, key| Hold(LegalHoldPlaced { at: 0, by, key, reason: "audit".into() });
        let by = |hold: Hold| hold.to_string().split_once(" by ").unwrap().1.to_owned();
        let person = hold(Some(PersonId(id)), Some(KeyId(id)));
        assert_eq!(by(person), format!("person {id}"));
        assert_eq!(by(hold(None, Some(KeyId(id)))), format!("key {id}"));
        assert_eq!(by(hold(None, None)), "the administrator");
    }
}
