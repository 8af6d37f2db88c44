//! Two contacts were not one person after all.
//!
//! Two streams, so two commands for one commit, as for the merge that they undo.

use super::{Contact, ContactReleased, ContactUnmerged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::event::StreamKind;
use crate::ids::ContactId;
use crate::refusal::{Refusal, RefusalCode};

/// The merged contact's side: it stands for itself again. Allowed after an erasure too, for a
/// mistake is a mistake.
///
/// Who: a key with the scope `write`. Refuses: a contact that is not known (`not_found`), one that
/// is not merged into this other (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct UnmergeContact {
    /// The one it had been merged into.
    pub from: ContactId,
}

impl Command for UnmergeContact {
    type Aggregate = Contact;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        known(state)?;
        match state.merged_into {
            Some(into) if into == self.from => {}
            Some(into) => return Err(not_merged().because_of(StreamKind::Contact, into.0)),
            None => return Err(not_merged()),
        }
        Ok(vec![Decision::new(ContactUnmerged { from: self.from })])
    }
}

/// The survivor's side: it no longer goes on for the other.
///
/// Who and when: as for [`UnmergeContact`], in the same commit. Refuses: a contact that is not known
/// (`not_found`), one that did not absorb this other (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct ReleaseContact {
    /// The other one.
    pub other: ContactId,
}

impl Command for ReleaseContact {
    type Aggregate = Contact;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        known(state)?;
        if !state.absorbed.contains(&self.other) {
            return Err(not_merged());
        }
        Ok(vec![Decision::new(ContactReleased { other: self.other })])
    }
}

fn known(state: &State) -> Result<(), Refusal> {
    if state.created {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NotFound, "there is no such contact"))
}

fn not_merged() -> Refusal {
    Refusal::new(RefusalCode::NotAllowedNow, "these two contacts are not merged")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::fixtures::{A, B, C, created, erased};
    use crate::contact::{ContactAbsorbed, ContactMerged};
    use crate::testing::given;

    const UNMERGE: UnmergeContact = UnmergeContact { from: A };
    const RELEASE: ReleaseContact = ReleaseContact { other: B };

    #[test]
    fn both_sides_undo_the_merge() {
        given::<Contact>([created(), ContactMerged { into: A }.into()])
            .when(UNMERGE)
            .then([ContactUnmerged { from: A }.into()]);
        given::<Contact>([created(), ContactAbsorbed { other: B }.into()])
            .when(RELEASE)
            .then([ContactReleased { other: B }.into()]);
    }

    #[test]
    fn only_the_merge_that_was_made_can_be_undone() {
        given::<Contact>([created()]).when(UNMERGE).refused(RefusalCode::NotAllowedNow);
        given::<Contact>([created(), ContactMerged { into: C }.into()])
            .when(UNMERGE)
            .refused(RefusalCode::NotAllowedNow)
            .because_of(StreamKind::Contact, C.0);
        given::<Contact>([created(), ContactAbsorbed { other: C }.into()])
            .when(RELEASE)
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn a_merge_is_undone_once() {
        let merged_and_back =
            [created(), ContactMerged { into: A }.into(), ContactUnmerged { from: A }.into()];
        given::<Contact>(merged_and_back).when(UNMERGE).refused(RefusalCode::NotAllowedNow);
        let absorbed_and_back =
            [created(), ContactAbsorbed { other: B }.into(), ContactReleased { other: B }.into()];
        given::<Contact>(absorbed_and_back).when(RELEASE).refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn an_erasure_does_not_keep_a_wrong_merge() {
        given::<Contact>([created(), ContactMerged { into: A }.into(), erased()])
            .when(UNMERGE)
            .then([ContactUnmerged { from: A }.into()]);
    }

    #[test]
    fn who_is_not_known_was_never_merged() {
        given::<Contact>([]).when(UNMERGE).refused(RefusalCode::NotFound);
        given::<Contact>([]).when(RELEASE).refused(RefusalCode::NotFound);
    }
}
