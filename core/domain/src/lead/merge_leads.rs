//! Two leads turn out to be one. Two streams, so two commands for one commit.

use super::{Lead, LeadAbsorbed, LeadMerged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::LeadId;
use crate::refusal::Refusal;

/// The survivor's side: this lead goes on for the other as well, in its own stage and with its own
/// value. Fields that it lacks are shown from the other.
///
/// Who: a key with the scope `write`, for itself or for a person. Refuses: a lead that is not known
/// (`not_found`), one and the same lead (`invalid_field`), a survivor that was merged itself
/// (`not_allowed_now`) or erased (`erased`).
#[derive(Clone, Copy, Debug)]
pub struct AbsorbLead {
    /// The one that goes on; the stream that this is decided on.
    pub survivor: LeadId,
    /// The other one.
    pub other: LeadId,
}

impl Command for AbsorbLead {
    type Aggregate = Lead;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        not_the_same(self.survivor, self.other)?;
        state.stands()?;
        Ok(vec![Decision::new(LeadAbsorbed { other: self.other })])
    }
}

/// The other side: this lead leaves its stage and is carried on by the survivor.
///
/// Who and when: as for [`AbsorbLead`], in the same commit. Refuses the same.
#[derive(Clone, Copy, Debug)]
pub struct MergeLead {
    /// The one that is carried on; the stream that this is decided on.
    pub lead: LeadId,
    /// The one that goes on for both.
    pub survivor: LeadId,
}

impl Command for MergeLead {
    type Aggregate = Lead;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        not_the_same(self.lead, self.survivor)?;
        state.stands()?;
        Ok(vec![Decision::new(LeadMerged {
            into: self.survivor,
            stage: state.stage,
            value: state.value.clone(),
            at: ctx.now_seconds(),
            since: state.since,
        })])
    }
}

fn not_the_same(one: LeadId, other: LeadId) -> Result<(), Refusal> {
    if one == other {
        return Err(Refusal::field("other", "a lead cannot be merged with itself"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::StreamKind;
    use crate::lead::fixtures::{A, B, OPENED_AT, came_to, erased, euros, merged, opened};
    use crate::lead::{LeadValued, Stage};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    const ABSORB: AbsorbLead = AbsorbLead { survivor: A, other: B };
    const MERGE: MergeLead = MergeLead { lead: A, survivor: B };

    #[test]
    fn the_survivor_absorbs_and_the_other_leaves_its_stage_with_its_value() {
        given::<Lead>([opened()]).when(ABSORB).then([LeadAbsorbed { other: B }.into()]);
        let (stage, value) = (Stage::Qualified, Some(euros(5)));
        let valued = LeadValued { stage, old: None, value: value.clone() };
        given::<Lead>([opened(), came_to(Stage::New, stage), valued.into()]).when(MERGE).then([
            LeadMerged { into: B, stage, value, at: NOW_SECONDS, since: OPENED_AT + 60 }.into(),
        ]);
    }

    #[test]
    fn nobody_merges_with_themselves() {
        given::<Lead>([opened()])
            .when(AbsorbLead { survivor: A, other: A })
            .refused(RefusalCode::InvalidField)
            .at("other");
        given::<Lead>([opened()])
            .when(MergeLead { lead: A, survivor: A })
            .refused(RefusalCode::InvalidField)
            .at("other");
    }

    #[test]
    fn who_was_merged_is_told_which_lead_goes_on() {
        given::<Lead>([opened(), merged()])
            .when(MergeLead { lead: A, survivor: LeadId(uuid::Uuid::from_u128(0xC)) })
            .refused(RefusalCode::NotAllowedNow)
            .because_of(StreamKind::Lead, B.0);
    }

    #[test]
    fn what_does_not_stand_for_itself_stays_out_of_it() {
        for (before, code) in [
            (vec![], RefusalCode::NotFound),
            (vec![opened(), merged()], RefusalCode::NotAllowedNow),
            (vec![opened(), erased()], RefusalCode::Erased),
        ] {
            given::<Lead>(before.clone()).when(ABSORB).refused(code);
            given::<Lead>(before).when(MERGE).refused(code);
        }
    }
}
