//! Put a lead somewhere else on the board.

use super::{Lead, LeadMoved, Rank, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// A lead is put between two others of its stage; none is the edge of the board. Where nothing is
/// in between any more, because somebody else was faster, it goes just below the upper one.
///
/// Who: a key with the scope `write`, for itself or for a person. Refuses: a lead that is not known
/// (`not_found`), that was merged (`not_allowed_now`) or erased (`erased`). That the neighbours are
/// in the same stage stands in other streams; the caller looks there.
#[derive(Clone, Debug)]
pub struct MoveLead {
    /// The place of the lead above.
    pub above: Option<Rank>,
    /// The place of the lead below.
    pub below: Option<Rank>,
}

impl Command for MoveLead {
    type Aggregate = Lead;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.stands()?;
        let (above, below) = (self.above.as_ref(), self.below.as_ref());
        let is_above = above.is_none_or(|above| *above < state.rank);
        let is_below = below.is_none_or(|below| state.rank < *below);
        if is_above && is_below {
            return Ok(Vec::new());
        }
        let rank = Rank::between(above, below);
        Ok(vec![Decision::new(LeadMoved { old: state.rank.clone(), rank })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::lead::fixtures::{OPENED_AT, erased, merged, opened, rank};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn later(seconds: i64) -> Rank {
        Rank::on_top((OPENED_AT + seconds) * 1_000_000, Uuid::nil())
    }

    #[test]
    fn it_goes_between_its_new_neighbours() {
        let (above, below) = (Some(later(20)), Some(later(10)));
        let place = Rank::between(above.as_ref(), below.as_ref());
        given::<Lead>([opened()]).when(MoveLead { above, below }).then([LeadMoved {
            old: rank(),
            rank: place,
        }
        .into()]);
    }

    #[test]
    fn whoever_stands_there_stays() {
        given::<Lead>([opened()])
            .when(MoveLead { above: Some(later(10)), below: Some(later(-10)) })
            .then([]);
        given::<Lead>([opened()]).when(MoveLead { above: None, below: None }).then([]);
    }

    #[test]
    fn what_is_not_there_does_not_move() {
        let up = || MoveLead { above: None, below: Some(later(10)) };
        given::<Lead>([]).when(up()).refused(RefusalCode::NotFound);
        given::<Lead>([opened(), merged()]).when(up()).refused(RefusalCode::NotAllowedNow);
        given::<Lead>([opened(), erased()]).when(up()).refused(RefusalCode::Erased);
    }
}
