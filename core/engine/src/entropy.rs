//! Where ids and seeds come from.

use std::sync::atomic::{AtomicU64, Ordering};

use rand::Rng;

/// A source of randomness, so that tests and golden logs can fix it.
pub trait Entropy: Send + Sync {
    /// 32 fresh bytes.
    fn seed(&self) -> [u8; 32];
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn seed(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}

/// A counted sequence: the same in every run. For tests and golden logs only.
#[derive(Debug, Default)]
pub struct CountedEntropy(AtomicU64);

impl Entropy for CountedEntropy {
    fn seed(&self) -> [u8; 32] {
        let mut bytes = [0x5e; 32];
        let count = self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        for (to, from) in bytes.iter_mut().zip(count) {
            *to = from;
        }
        bytes
    }
}
