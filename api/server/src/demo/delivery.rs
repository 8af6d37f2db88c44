//! How the platform delivers: several changes in a body, some bodies twice, some out of order.
//!
//! The same in every demo, so that what people see can be talked about.

use super::posts::Change;

/// What a delivery is drawn from; any number will do.
const SEED: u64 = 0x5eed_0f0d_e112_d311;

/// Bodies to post in this order, each with its changes.
pub(super) fn plan(mut changes: Vec<Change>) -> Vec<Vec<Change>> {
    changes.sort_by_key(|change| change.at);
    let mut dice = Dice(SEED);
    let mut bodies: Vec<Vec<Change>> = Vec::new();
    for change in changes {
        match bodies.last_mut() {
            Some(last) if last.len() < 4 && dice.rolls(6) => last.push(change),
            _ => bodies.push(vec![change]),
        }
    }
    for n in 0..bodies.len() {
        let other = n + dice.up_to(3);
        if dice.rolls(5) && other < bodies.len() {
            bodies.swap(n, other);
        }
    }
    let mut delivered: Vec<Vec<Change>> = Vec::new();
    let mut again: Vec<Vec<Change>> = Vec::new();
    for body in bodies {
        if dice.rolls(7) {
            again.push(body.clone());
        }
        delivered.push(body);
        if dice.rolls(3) {
            delivered.extend(again.pop());
        }
    }
    delivered.extend(again);
    delivered
}

/// Small numbers in a fixed sequence (xorshift).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// 1 to `most`.
    fn up_to(&mut self, most: u64) -> usize {
        usize::try_from(self.next() % most).unwrap_or(0) + 1
    }

    /// Once in `n` times.
    fn rolls(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn nothing_is_missing_and_some_come_twice_late_and_together() {
        let change = |at| Change { at, field: "messages".into(), value: Value::Null };
        let bodies = plan((0..200).map(change).collect());
        let mut times: Vec<i64> = bodies.iter().flatten().map(|change| change.at).collect();
        assert!(!times.is_sorted(), "some come late");
        assert!(times.len() > 210, "some come twice");
        assert!(bodies.iter().any(|body| body.len() > 1), "some come together");
        times.sort_unstable();
        times.dedup();
        assert_eq!(times, (0..200).collect::<Vec<_>>());
    }
}
