//! How fast a number may send: so many messages in any second.

use std::collections::HashMap;

use convolog_domain::ChannelId;
use convolog_log::Timestamp;
use parking_lot::Mutex;

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// The turns of every number.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When a number would send its next message if they were evenly spread.
    even: Mutex<HashMap<ChannelId, i64>>,
}

impl Pace {
    /// Takes a turn now, or says when to come again. Messages of broadcasts leave a quarter of a
    /// number's turns to whoever is in a conversation, who never waits for them.
    pub(super) fn take(
        &self,
        channel: ChannelId,
        (a_second, bulk): (u32, bool),
        now: Timestamp,
    ) -> Result<(), Timestamp> {
        // Between two messages; by how much they may run ahead of being evenly spread.
        let apart = SECOND / i64::from(a_second.max(1));
        let ahead = SECOND - apart;
        let ahead = if bulk { ahead * 3 / 4 } else { ahead };
        let mut turns = self.even.lock();
        let even = turns.entry(channel).or_insert(now.0);
        let earliest = even.saturating_sub(ahead);
        if now.0 < earliest {
            return Err(Timestamp(earliest));
        }
        *even = now.0.max(*even).saturating_add(apart);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_number_sends_no_faster_than_it_may_and_no_other_waits_for_it() {
        for a_second in [80, 20] {
            let (pace, one, other) =
                (Pace::default(), ChannelId(Uuid::from_u128(1)), ChannelId(Uuid::from_u128(2)));
            let now = Timestamp(5_000_000);
            for _ in 0..a_second {
                assert_eq!(pace.take(one, (a_second, false), now), Ok(()));
            }
            let next = Timestamp(now.0 + SECOND / i64::from(a_second));
            assert_eq!(pace.take(one, (a_second, false), now), Err(next));
            assert_eq!(pace.take(other, (a_second, false), now), Ok(()));
            assert_eq!(pace.take(one, (a_second, false), next), Ok(()));
            let third = Timestamp(next.0 + SECOND / i64::from(a_second));
            assert_eq!(pace.take(one, (a_second, false), next), Err(third));
        }
    }

    #[test]
    fn whoever_is_in_a_conversation_does_not_wait_for_a_broadcast() {
        let (pace, number) = (Pace::default(), ChannelId(Uuid::from_u128(1)));
        let (now, many, one) = (Timestamp(5_000_000), (80, true), (80, false));
        let mut sent = 0;
        while pace.take(number, many, now).is_ok() {
            sent += 1;
        }
        assert!((1..80).contains(&sent), "{sent}");
        for _ in sent..80 {
            assert_eq!(pace.take(number, one, now), Ok(()));
        }
        let soon = Timestamp(now.0 + SECOND / 80);
        assert!(pace.take(number, many, soon).is_err(), "conversations first");
        assert_eq!(pace.take(number, one, soon), Ok(()));
    }
}
