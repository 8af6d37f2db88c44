//! When a failed delivery is tried again.

use super::AttemptOutcome;
use crate::ctx::Ctx;

/// Seconds until the second, third … attempt: the schedule that Standard Webhooks gives as an
/// example, 75 hours and 35 minutes in all.
pub const RETRY_SECONDS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// How often an event is tried.
pub const TRIES_MAX: u16 = 10;

/// The longest that a receiver may ask for with `Retry-After`.
const RETRY_AFTER_SECONDS_MAX: i64 = 3_600;

/// How long an endpoint is left alone that asks for patience without saying how much.
const SLOWED_SECONDS: i64 = 60;

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// What follows an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Follows {
    /// When this event is tried again; none if it is not.
    pub(super) next_at: Option<i64>,
    /// Until when nothing is sent to the endpoint.
    pub(super) slowed_until: Option<i64>,
}

/// What follows the attempt of this number that ended at `ended`. Jitter is only added, at most a tenth
/// of the delay, so that the published times are minimums.
pub(super) fn follows(
    outcome: AttemptOutcome,
    try_number: u16,
    ended: i64,
    retry_after: Option<u32>,
    ctx: &mut Ctx,
) -> Follows {
    let asked = retry_after.map_or(SLOWED_SECONDS, i64::from).min(RETRY_AFTER_SECONDS_MAX);
    let patience = (outcome == AttemptOutcome::Slowed).then_some(asked);
    let slowed_until = patience.map(|seconds| ended.saturating_add(seconds * SECOND));
    let delay = usize::from(try_number.saturating_sub(1));
    let delay = RETRY_SECONDS.get(delay).filter(|_| !outcome.ends(try_number));
    let next_at = delay.map(|seconds| {
        let delay = (*seconds).max(patience.unwrap_or(0)) * SECOND;
        ended.saturating_add(delay).saturating_add(jitter(delay / 10, ctx))
    });
    Follows { next_at, slowed_until }
}

/// Between nothing and `most`.
fn jitter(most: i64, ctx: &mut Ctx) -> i64 {
    let drawn = ctx.next_id().as_u128() % (u128::try_from(most).unwrap_or(0) + 1);
    i64::try_from(drawn).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(outcome: AttemptOutcome, tries: u16, retry_after: Option<u32>, seed: u8) -> Follows {
        follows(outcome, tries, 0, retry_after, &mut Ctx::new(0, [seed; 32]))
    }

    #[test]
    fn each_delay_is_at_least_what_is_published_and_at_most_a_tenth_more() {
        let mut drawn = std::collections::BTreeSet::new();
        for seed in 0..50 {
            for (tries, seconds) in (1..).zip(RETRY_SECONDS) {
                let next = after(AttemptOutcome::TimedOut, tries, None, seed).next_at.unwrap();
                let least = seconds * SECOND;
                assert!((least..=least + least / 10).contains(&next), "{tries}: {next}");
                drawn.insert(next);
            }
        }
        assert!(drawn.len() > 400, "jitter is drawn anew each time");
    }

    #[test]
    fn the_tenth_attempt_is_the_last() {
        assert!(after(AttemptOutcome::Rejected, 9, None, 1).next_at.is_some());
        assert_eq!(after(AttemptOutcome::Rejected, TRIES_MAX, None, 1).next_at, None);
    }

    #[test]
    fn what_is_delivered_or_not_wanted_is_not_tried_again() {
        for done in [AttemptOutcome::Delivered, AttemptOutcome::Aborted, AttemptOutcome::Unsendable]
        {
            let nothing = Follows { next_at: None, slowed_until: None };
            assert_eq!(after(done, 1, Some(9), 1), nothing);
        }
    }

    #[test]
    fn patience_that_is_asked_for_is_granted_up_to_an_hour() {
        let slowed = after(AttemptOutcome::Slowed, 1, Some(120), 1);
        assert_eq!(slowed.slowed_until, Some(120 * SECOND));
        assert!(slowed.next_at.unwrap() >= 120 * SECOND);
        let greedy = after(AttemptOutcome::Slowed, 1, Some(999_999), 1);
        assert_eq!(greedy.slowed_until, Some(3_600 * SECOND));
        let silent = after(AttemptOutcome::Slowed, 1, None, 1);
        assert_eq!(silent.slowed_until, Some(60 * SECOND));
        assert!(silent.next_at >= silent.slowed_until, "it is not due before the endpoint is");
        let endless = after(AttemptOutcome::Slowed, 1, Some(u32::MAX), 1);
        assert_eq!(endless.slowed_until, greedy.slowed_until);
        // Any other failure that names a time is no reason to leave the endpoint alone.
        assert_eq!(after(AttemptOutcome::Rejected, 1, Some(120), 1).slowed_until, None);
    }
}
