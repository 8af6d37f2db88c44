//! Deliver something again.

use uuid::Uuid;

use super::{Delivery, RedeliveryRequested, Selection, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::REDELIVERIES_MAX;
use crate::refusal::{Refusal, RefusalCode};

/// A job delivers again what is selected, to this endpoint only, beside what is new. Every event
/// keeps its id and gets a fresh signature; what was erased meanwhile is marked erased. It is
/// retried like anything else.
///
/// Who: a key with the scope `manage`, for a subscription that is there. Refuses: an event that the
/// subscriber could not have been told of (`not_found`, whether it is another workspace's or there is
/// none), a range that ends before it begins or lies beyond what there is, and more than
/// [`REDELIVERIES_MAX`] jobs that go on at a time.
#[derive(Clone, Copy, Debug)]
pub struct RequestRedelivery {
    /// Names the job.
    pub job: Uuid,
    /// What.
    pub selection: Selection,
    /// The newest position there is.
    pub head: u64,
    /// How many events of the selection the caller found that the subscriber asks for.
    pub events: u64,
}

impl Command for RequestRedelivery {
    type Aggregate = Delivery;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { job, selection, head, events } = self;
        let upto = match selection {
            Selection::Event(_) if events == 0 => {
                let detail = "this webhook is told of no event at that position";
                return Err(Refusal::new(RefusalCode::NotFound, detail));
            }
            Selection::Event(position) => position,
            Selection::Range(after, upto) if after >= upto || after >= head => {
                return Err(Refusal::field(
                    "upto_position",
                    "comes after after_position, which is before the newest position",
                ));
            }
            Selection::Range(_, upto) => upto.min(head),
            Selection::Failed(after) | Selection::Since(after) if after > head => {
                return Err(Refusal::field("after_position", "is past the newest position"));
            }
            Selection::Failed(_) | Selection::Since(_) => head,
        };
        if state.jobs.iter().filter(|job| job.end.is_none()).count() >= REDELIVERIES_MAX {
            let detail = format!(
                "{REDELIVERIES_MAX} redeliveries go on for this webhook; wait for one to end, or cancel one"
            );
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        let at = ctx.now();
        Ok(vec![Decision::new(RedeliveryRequested { job, selection, upto, events, at })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOW_SECONDS, given};

    fn request(n: u128, selection: Selection) -> RequestRedelivery {
        RequestRedelivery { job: Uuid::from_u128(n), selection, head: 100, events: 3 }
    }

    fn requested(n: u128, selection: Selection, upto: u64) -> RedeliveryRequested {
        let at = NOW_SECONDS * 1_000_000;
        RedeliveryRequested { job: Uuid::from_u128(n), selection, upto, events: 3, at }
    }

    #[test]
    fn each_selection_ends_where_it_says_or_at_the_newest_position() {
        for (selection, upto) in [
            (Selection::Event(7), 7),
            (Selection::Range(3, 9), 9),
            (Selection::Range(3, 900), 100),
            (Selection::Failed(0), 100),
            (Selection::Since(99), 100),
        ] {
            given::<Delivery>([])
                .when(request(1, selection))
                .then([requested(1, selection, upto).into()]);
        }
    }

    #[test]
    fn what_is_no_selection_is_refused() {
        for (selection, field) in [
            (Selection::Range(9, 9), "upto_position"),
            (Selection::Range(100, 200), "upto_position"),
            (Selection::Failed(101), "after_position"),
            (Selection::Since(101), "after_position"),
        ] {
            given::<Delivery>([])
                .when(request(1, selection))
                .refused(RefusalCode::InvalidField)
                .at(field);
        }
    }

    #[test]
    fn an_event_that_is_not_told_is_not_there() {
        for position in [0, 7, 101] {
            let unknown = RequestRedelivery { events: 0, ..request(1, Selection::Event(position)) };
            given::<Delivery>([]).when(unknown).refused(RefusalCode::NotFound);
        }
    }

    #[test]
    fn a_few_go_on_at_a_time() {
        let all = Selection::Since(0);
        let many = (1..).take(REDELIVERIES_MAX).map(|n| requested(n, all, 100).into());
        given::<Delivery>(many.collect::<Vec<_>>())
            .when(request(99, all))
            .refused(RefusalCode::NotAllowedNow);
    }
}
