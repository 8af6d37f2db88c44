//! How many deliveries an endpoint, or a host, gets within a second: a bucket that fills by the
//! engine's clock.

/// Microseconds of a second, which is also what one delivery costs.
const SECOND: i64 = 1_000_000;

/// Holds as much as a second brings; empty at first, so that a restart begins gently.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bucket {
    /// Millionths of deliveries that it holds.
    holds: i64,
    /// When it was last looked at (microseconds since 1970); none before it ever was.
    at: Option<i64>,
}

impl Bucket {
    /// One that holds as much as it may at so many a second.
    pub(super) fn full(rate: u16) -> Self {
        Self { holds: i64::from(rate) * SECOND, at: None }
    }

    /// Whether a delivery may be begun with now, at so many a second.
    pub(super) fn has_one(&mut self, now: i64, rate: u16) -> bool {
        let rate = i64::from(rate.max(1));
        // The first one goes at once.
        let more = self.at.map_or(SECOND, |at| now.saturating_sub(at).max(0).saturating_mul(rate));
        self.holds = self.holds.saturating_add(more).min(rate * SECOND);
        self.at = self.at.max(Some(now));
        self.holds >= SECOND
    }

    /// One was begun with. Whoever takes more than it holds waits for that as well.
    pub(super) const fn take(&mut self) {
        self.holds = self.holds.saturating_sub(SECOND);
    }

    /// When the next one may be begun with; none if one may be now.
    pub(super) fn next_at(&self, rate: u16) -> Option<i64> {
        let missing = SECOND.saturating_sub(self.holds);
        let rate = i64::from(rate.max(1));
        let wait = (missing.saturating_add(rate) - 1) / rate;
        self.at.filter(|_| missing > 0).map(|at| at.saturating_add(wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_a_second_as_it_says_and_no_more() {
        let (mut bucket, mut begun) = (Bucket::default(), Vec::new());
        for now in (0..3 * SECOND).step_by(10_000) {
            while bucket.has_one(now, 5) {
                bucket.take();
                begun.push(now);
            }
        }
        assert_eq!(begun.first(), Some(&0));
        assert!((14..=16).contains(&begun.len()), "{begun:?}");
        for window in begun.windows(6) {
            assert!(window[5] - window[0] >= SECOND, "{window:?}");
        }
    }

    #[test]
    fn what_was_saved_up_is_a_second_at_most_and_it_says_when_it_goes_on() {
        let mut bucket = Bucket::default();
        assert!(bucket.has_one(0, 2));
        bucket.take();
        assert!(!bucket.has_one(0, 2));
        assert_eq!(bucket.next_at(2), Some(SECOND / 2));
        let later = 3_600 * SECOND;
        let mut burst = 0;
        while bucket.has_one(later, 2) {
            bucket.take();
            burst += 1;
        }
        assert_eq!((burst, bucket.next_at(2)), (2, Some(later + SECOND / 2)));
        // A clock that goes back gives nothing.
        assert!(!bucket.has_one(0, 2));
    }
}
