//! What a decision may know besides the state: the time, and ids drawn beforehand.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The time and the randomness of one decision. Deciding twice with equal contexts gives equal events.
#[derive(Clone, Debug)]
pub struct Ctx {
    now: i64,
    seed: [u8; 32],
    drawn: u64,
}

impl Ctx {
    /// A context for a decision made at `now` (microseconds since 1970, UTC), whose ids come from `seed`.
    pub const fn new(now: i64, seed: [u8; 32]) -> Self {
        Self { now, seed, drawn: 0 }
    }

    /// When the decision is made, in microseconds since 1970, UTC.
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// When the decision is made, in whole seconds since 1970, UTC.
    pub const fn now_seconds(&self) -> i64 {
        self.now.div_euclid(1_000_000)
    }

    /// The next id. As random as the seed.
    pub fn next_id(&mut self) -> Uuid {
        let digest =
            Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes()).finalize();
        self.drawn = self.drawn.wrapping_add(1);
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_draw_equal_ids_and_no_id_twice() {
        let (mut a, mut b) = (Ctx::new(1, [7; 32]), Ctx::new(1, [7; 32]));
        let drawn: Vec<_> = (0..100).map(|_| a.next_id()).collect();
        assert!(drawn.iter().all(|id| *id == b.next_id()));
        assert_eq!(drawn.iter().collect::<std::collections::BTreeSet<_>>().len(), 100);
    }
}
