//! How fast a number may send: so many messages in any second.

use std::collections::HashMap;

use convolog_domain::ChannelId;
use convolog_log::Timestamp;
use parking_lot::Mutex;

/// Messages a second that a number may send (WhatsApp's default throughput, in and out together).
const A_SECOND: i64 = 80;
/// Microseconds between two messages.
const APART: i64 = 1_000_000 / A_SECOND;

/// Microseconds by which messages may run ahead of being evenly spread.
const AHEAD: i64 = 1_000_000 - APART;

/// The turns of every number.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When a number would send its next message if they were evenly spread.
    even: Mutex<HashMap<ChannelId, i64>>,
}

impl Pace {
    /// Takes a turn now, or says when to come again.
    pub(super) fn take(&self, channel: ChannelId, now: Timestamp) -> Result<(), Timestamp> {
        let mut turns = self.even.lock();
        let even = turns.entry(channel).or_insert(now.0);
        let earliest = even.saturating_sub(AHEAD);
        if now.0 < earliest {
            return Err(Timestamp(earliest));
        }
        *even = now.0.max(*even).saturating_add(APART);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_number_sends_no_faster_than_it_may_and_no_other_waits_for_it() {
        let (pace, one, other) =
            (Pace::default(), ChannelId(Uuid::from_u128(1)), ChannelId(Uuid::from_u128(2)));
        let now = Timestamp(5_000_000);
        for _ in 0..A_SECOND {
            assert_eq!(pace.take(one, now), Ok(()));
        }
        let next = Timestamp(now.0 + APART);
        assert_eq!(pace.take(one, now), Err(next));
        assert_eq!(pace.take(other, now), Ok(()));
        assert_eq!(pace.take(one, next), Ok(()));
        assert_eq!(pace.take(one, next), Err(Timestamp(next.0 + APART)));
    }
}
