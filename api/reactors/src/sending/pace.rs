//! How fast a number may send: so many messages a second, evenly spread.

use std::collections::HashMap;

use convolog_domain::ChannelId;
use convolog_log::Timestamp;
use parking_lot::Mutex;

/// Messages a second that a number may send (WhatsApp's default throughput, in and out together).
const A_SECOND: i64 = 80;
/// Microseconds between two messages.
const APART: i64 = 1_000_000 / A_SECOND;

/// The turns of every number.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When a number's next message may leave.
    next: Mutex<HashMap<ChannelId, i64>>,
}

impl Pace {
    /// Takes a turn now, or says when to come again.
    pub(super) fn take(&self, channel: ChannelId, now: Timestamp) -> Result<(), Timestamp> {
        let mut turns = self.next.lock();
        let next = turns.entry(channel).or_insert(now.0);
        if *next > now.0 {
            return Err(Timestamp(*next));
        }
        *next = now.0.saturating_add(APART);
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
        let now = Timestamp(1_000_000);
        assert_eq!(pace.take(one, now), Ok(()));
        assert_eq!(pace.take(one, now), Err(Timestamp(1_000_000 + APART)));
        assert_eq!(pace.take(other, now), Ok(()));
        assert_eq!(pace.take(one, Timestamp(1_000_000 + APART)), Ok(()));
    }
}
