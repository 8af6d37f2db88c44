//! Record what a key called within a minute.

use super::{Calls, State, Usage, UsageRecorded};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Seconds of a minute: the stretch that one event counts.
const MINUTE_SECONDS: i64 = 60;

/// A minute is over, and this is what a key called in it. Where nothing was called, nothing is
/// recorded.
///
/// Who: Convolog, at the end of each minute and when it stops. Refuses: what is not the beginning of
/// a minute. A clock that was set back does not turn history around: what was called is then counted
/// in the newest minute there is.
#[derive(Clone, Copy, Debug)]
pub struct RecordUsage {
    /// When the minute began, in whole seconds since 1970.
    pub minute: i64,
    /// What was called.
    pub calls: Calls,
}

impl Command for RecordUsage {
    type Aggregate = Usage;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { minute, calls } = self;
        if minute.rem_euclid(MINUTE_SECONDS) != 0 {
            return Err(Refusal::field("minute", "must be the time at which a minute began"));
        }
        if calls.is_nothing() {
            return Ok(vec![]);
        }
        let minute = minute.max(state.minute);
        Ok(vec![Decision::new(UsageRecorded { minute, calls, before: state.total })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::testing::{given, state_of};

    const NINE: i64 = 1_795_251_600;

    fn reads(read: u64) -> Calls {
        Calls { read, ..Calls::default() }
    }

    fn recorded(minute: i64, calls: Calls, before: Calls) -> super::super::Event {
        UsageRecorded { minute, calls, before }.into()
    }

    #[test]
    fn the_first_minute_has_nothing_before_it() {
        given::<Usage>([]).when(RecordUsage { minute: NINE, calls: reads(3) }).then([recorded(
            NINE,
            reads(3),
            Calls::default(),
        )
        .into()]);
    }

    #[test]
    fn each_minute_carries_what_was_counted_before() {
        let first = recorded(NINE, reads(3), Calls::default());
        let second = recorded(NINE + 60, Calls { refused: 1, ..reads(2) }, reads(3));
        given::<Usage>([first.clone(), second.clone()])
            .when(RecordUsage { minute: NINE + 600, calls: reads(1) })
            .then([recorded(NINE + 600, reads(1), Calls { refused: 1, ..reads(5) }).into()]);
        let state = state_of::<Usage>([first, second]);
        assert_eq!((state.minute, state.total), (NINE + 60, Calls { refused: 1, ..reads(5) }));
    }

    #[test]
    fn a_minute_in_which_nothing_was_called_is_not_recorded() {
        given::<Usage>([]).when(RecordUsage { minute: NINE, calls: Calls::default() }).then([]);
    }

    #[test]
    fn the_rest_of_a_minute_is_recorded_after_a_restart_in_it() {
        given::<Usage>([recorded(NINE, reads(3), Calls::default())])
            .when(RecordUsage { minute: NINE, calls: reads(4) })
            .then([recorded(NINE, reads(4), reads(3)).into()]);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_turn_history_around() {
        given::<Usage>([recorded(NINE, reads(3), Calls::default())])
            .when(RecordUsage { minute: NINE - 3_600, calls: reads(1) })
            .then([recorded(NINE, reads(1), reads(3)).into()]);
    }

    #[test]
    fn a_time_within_a_minute_is_refused() {
        given::<Usage>([])
            .when(RecordUsage { minute: NINE + 1, calls: reads(1) })
            .refused(RefusalCode::InvalidField)
            .at("minute");
    }

    #[test]
    fn calls_since_an_earlier_count_are_the_difference() {
        let later = Calls { read: 5, write: 4, stream: 3, heavy: 2, refused: 1 };
        assert_eq!(later.plus(reads(2)).since(later), reads(2));
    }
}
