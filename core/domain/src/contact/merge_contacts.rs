//! Two contacts turn out to be one person.
//!
//! Two streams, so two commands for one commit: the survivor absorbs, the other merges. Each checks
//! its own side; with both versions expected, no ring of merges can come about, because only a
//! contact that stands for itself can absorb or be merged.

use super::{Contact, ContactAbsorbed, ContactMerged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::event::StreamKind;
use crate::ids::ContactId;
use crate::refusal::{Refusal, RefusalCode};

/// The survivor's side: this contact goes on for the other as well.
///
/// Who: a key with the scope `write`, or Convolog when one message names identities of both.
/// Refuses: a contact that is not known (`not_found`), one and the same contact (`invalid_field`),
/// a survivor that was merged itself (`not_allowed_now`) or whose data was erased (`erased`),
/// another that was absorbed before (`already_exists`).
#[derive(Clone, Copy, Debug)]
pub struct AbsorbContact {
    /// The one that goes on; the stream that this is decided on.
    pub survivor: ContactId,
    /// The other one.
    pub other: ContactId,
}

impl Command for AbsorbContact {
    type Aggregate = Contact;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        not_the_same(self.survivor, self.other)?;
        stands_for_itself(state)?;
        if state.absorbed.contains(&self.other) {
            return Err(Refusal::new(
                RefusalCode::AlreadyExists,
                "these two contacts were merged before",
            ));
        }
        Ok(vec![Decision::new(ContactAbsorbed { other: self.other })])
    }
}

/// The other side: this contact is carried on by the survivor.
///
/// Who and when: as for [`AbsorbContact`], in the same commit. Refuses: a contact that is not known
/// (`not_found`), one and the same contact (`invalid_field`), a contact that was merged before
/// (`not_allowed_now`) or whose data was erased (`erased`).
#[derive(Clone, Copy, Debug)]
pub struct MergeContact {
    /// The one that is carried on; the stream that this is decided on.
    pub contact: ContactId,
    /// The one that goes on for both.
    pub survivor: ContactId,
}

impl Command for MergeContact {
    type Aggregate = Contact;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        not_the_same(self.contact, self.survivor)?;
        stands_for_itself(state)?;
        Ok(vec![Decision::new(ContactMerged { into: self.survivor })])
    }
}

fn not_the_same(one: ContactId, other: ContactId) -> Result<(), Refusal> {
    if one == other {
        return Err(Refusal::field("other", "a contact cannot be merged with itself"));
    }
    Ok(())
}

fn stands_for_itself(state: &State) -> Result<(), Refusal> {
    let refusal = if !state.created {
        Refusal::new(RefusalCode::NotFound, "there is no such contact")
    } else if state.erased {
        Refusal::new(RefusalCode::Erased, "the data of this contact was erased")
    } else if let Some(into) = state.merged_into {
        let detail =
            format!("this contact was merged into {into}; merge that one, or undo the merge first");
        let refusal = Refusal::new(RefusalCode::NotAllowedNow, detail);
        refusal.because_of(StreamKind::Contact, into.0)
    } else {
        return Ok(());
    };
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::fixtures::{A, B, C, created, erased};
    use crate::testing::given;

    const ABSORB: AbsorbContact = AbsorbContact { survivor: A, other: B };
    const MERGE: MergeContact = MergeContact { contact: B, survivor: A };

    #[test]
    fn the_survivor_absorbs_and_the_other_merges() {
        given::<Contact>([created()]).when(ABSORB).then([ContactAbsorbed { other: B }.into()]);
        given::<Contact>([created()]).when(MERGE).then([ContactMerged { into: A }.into()]);
    }

    #[test]
    fn nobody_merges_with_themselves() {
        given::<Contact>([created()])
            .when(AbsorbContact { survivor: A, other: A })
            .refused(RefusalCode::InvalidField);
        given::<Contact>([created()])
            .when(MergeContact { contact: A, survivor: A })
            .refused(RefusalCode::InvalidField);
    }

    #[test]
    fn who_was_merged_neither_absorbs_nor_merges_again() {
        let merged = || [created(), ContactMerged { into: C }.into()];
        given::<Contact>(merged())
            .when(ABSORB)
            .refused(RefusalCode::NotAllowedNow)
            .because_of(StreamKind::Contact, C.0);
        given::<Contact>(merged())
            .when(MERGE)
            .refused(RefusalCode::NotAllowedNow)
            .because_of(StreamKind::Contact, C.0);
    }

    #[test]
    fn who_was_erased_stays_out_of_it() {
        given::<Contact>([created(), erased()]).when(ABSORB).refused(RefusalCode::Erased);
        given::<Contact>([created(), erased()]).when(MERGE).refused(RefusalCode::Erased);
    }

    #[test]
    fn who_is_not_known_cannot_be_merged() {
        given::<Contact>([]).when(ABSORB).refused(RefusalCode::NotFound);
        given::<Contact>([]).when(MERGE).refused(RefusalCode::NotFound);
    }

    #[test]
    fn the_same_one_is_absorbed_once_and_others_besides() {
        let before = || [created(), ContactAbsorbed { other: B }.into()];
        given::<Contact>(before()).when(ABSORB).refused(RefusalCode::AlreadyExists);
        given::<Contact>(before())
            .when(AbsorbContact { survivor: A, other: C })
            .then([ContactAbsorbed { other: C }.into()]);
    }

    #[test]
    fn a_survivor_can_be_merged_in_turn() {
        given::<Contact>([created(), ContactAbsorbed { other: C }.into()])
            .when(MERGE)
            .then([ContactMerged { into: A }.into()]);
    }
}
