//! When a message counts as said: the order in which a conversation is shown.

use convolog_log::{Origin, Timestamp};
use serde::{Deserialize, Serialize};

/// Seconds in eight days: platforms redeliver for up to seven.
const PAST: i64 = 8 * 24 * 60 * 60;

/// Seconds by which a platform's clock may be ahead of ours.
const FUTURE: i64 = 60;

/// The second by which a message is ordered. Of two tellings of one message the smaller counts, so
/// that the order of arrival does not matter: a platform's second before our own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Shown {
    /// The platform's second.
    Platform(i64),
    /// The second it was recorded in, because the platform's cannot be right or is missing.
    Recorded(i64),
}

impl Shown {
    /// What orders a message. A live one counts from its platform's second only if that lies within
    /// eight days before and sixty seconds after the recording; imported history keeps its time.
    pub fn of(sent_at: Option<i64>, recorded: Timestamp, origin: Origin) -> Self {
        let now = seconds(recorded);
        match (sent_at, origin) {
            (Some(second), Origin::HistoryImport | Origin::LogImport) => Self::Platform(second),
            (Some(second), Origin::Live)
                if second >= now.saturating_sub(PAST) && second <= now.saturating_add(FUTURE) =>
            {
                Self::Platform(second)
            }
            _ => Self::Recorded(now),
        }
    }

    /// Seconds since 1970.
    pub const fn second(self) -> i64 {
        match self {
            Self::Platform(second) | Self::Recorded(second) => second,
        }
    }
}

/// The second that a time lies in.
pub fn seconds(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn live(sent_at: i64) -> Shown {
        Shown::of(Some(sent_at), Timestamp(NOW * 1_000_000 + 999_999), Origin::Live)
    }

    #[test]
    fn a_live_message_counts_from_its_platforms_second_if_that_can_be_right() {
        for plausible in [NOW, NOW + 60, NOW - PAST] {
            assert_eq!(live(plausible), Shown::Platform(plausible));
        }
        for not in [NOW + 61, NOW - PAST - 1, 0, i64::MIN, i64::MAX] {
            assert_eq!(live(not), Shown::Recorded(NOW));
        }
        let missing = Shown::of(None, Timestamp(NOW * 1_000_000), Origin::Live);
        assert_eq!(missing, Shown::Recorded(NOW));
    }

    #[test]
    fn imported_history_keeps_its_time() {
        let at = Timestamp(NOW * 1_000_000);
        assert_eq!(Shown::of(Some(5), at, Origin::HistoryImport), Shown::Platform(5));
        assert_eq!(Shown::of(None, at, Origin::HistoryImport), Shown::Recorded(NOW));
    }
}
