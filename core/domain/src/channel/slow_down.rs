//! Send more slowly with a number, because the platform said so.

use super::{Channel, ChannelSlowed, State};
use crate::conversation::Slows;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Seconds for which quiet makes the next wait a first one again.
const QUIET_SECONDS: i64 = 60;

/// The platform refused a message because too much is sent with this number, or by its account: the
/// next one waits, each time in a row twice as long. While a number waits already, what was under way
/// and is refused too adds nothing.
///
/// Who: the sender. Refuses: a channel that is not connected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlowDown {
    /// The platform's error code.
    pub code: i64,
}

impl Command for SlowDown {
    type Aggregate = Channel;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.connected_settings()?;
        let (code, at) = (self.code, ctx.now_seconds());
        let Some(slows) = Slows::by(code) else { return Ok(Vec::new()) };
        if state.slowed.as_ref().is_some_and(|slowed| slowed.until > at) {
            return Ok(Vec::new());
        }
        let (first, most) = match slows {
            Slows::Number => (1, 60),
            Slows::Account => (10, 600),
        };
        let recent = state.slowed.as_ref().filter(|slowed| at < slowed.until + QUIET_SECONDS);
        let step = recent.map_or(0, |slowed| slowed.step.saturating_add(1));
        let wait = 2_i64.saturating_pow(step).saturating_mul(first).min(most);
        Ok(vec![Decision::new(ChannelSlowed { code, at, until: at + wait, step })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::fixtures::connected;
    use crate::testing::{NOW_SECONDS, given};

    fn slowed(code: i64, at: i64, wait: i64, step: u32) -> ChannelSlowed {
        ChannelSlowed { code, at, until: at + wait, step }
    }

    #[test]
    fn each_time_in_a_row_waits_twice_as_long() {
        let now = NOW_SECONDS;
        let begun = || connected().into();
        let slow = SlowDown { code: 130_429 };
        given::<Channel>([begun()]).when(slow).then([slowed(130_429, now, 1, 0).into()]);
        let before = slowed(130_429, now - 3, 2, 1);
        given::<Channel>([begun(), before.into()])
            .when(slow)
            .then([slowed(130_429, now, 4, 2).into()]);
        let long_ago = slowed(130_429, now - 300, 2, 9);
        given::<Channel>([begun(), long_ago.into()])
            .when(slow)
            .then([slowed(130_429, now, 1, 0).into()]);
        let now_already = slowed(130_429, now, 1, 0);
        given::<Channel>([begun(), now_already.into()]).when(slow).then([]);
        let account = SlowDown { code: 80_007 };
        given::<Channel>([begun()]).when(account).then([slowed(80_007, now, 10, 0).into()]);
        given::<Channel>([begun()]).when(SlowDown { code: 131_056 }).then([]);
        let many = slowed(80_007, now - 9, 5, 40);
        given::<Channel>([begun(), many.into()])
            .when(account)
            .then([slowed(80_007, now, 600, 41).into()]);
    }
}
