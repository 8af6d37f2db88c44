//! A filter over 64-bit fingerprints: says "not here" for certain or "perhaps".
//!
//! A blocked Bloom filter: 12 bits a key, all bits of a key in one cache line, so that asking a
//! volume that does not have it costs one memory access. About one in 200 answers is a false
//! "perhaps". Fingerprints must be spread evenly, as keyed hashes are.

/// Bytes of one line.
const LINE: usize = 64;
const BITS_PER_KEY: usize = 12;
const PROBES: u32 = 6;

/// Builds a filter over `keys`.
pub(crate) fn build_filter(keys: impl ExactSizeIterator<Item = u64>) -> Vec<u8> {
    let lines = (keys.len() * BITS_PER_KEY).div_ceil(LINE * 8).max(1);
    let mut filter = vec![0; lines * LINE];
    for key in keys {
        let at = line_of(key, lines) * LINE;
        for (byte, bit) in probes(key) {
            if let Some(byte) = filter.get_mut(at + byte) {
                *byte |= bit;
            }
        }
    }
    filter
}

/// Whether `key` may be among the keys of the filter.
pub(crate) fn may_contain(filter: &[u8], key: u64) -> bool {
    let lines = filter.len() / LINE;
    let at = line_of(key, lines) * LINE;
    probes(key).all(|(byte, bit)| filter.get(at + byte).is_some_and(|found| found & bit != 0))
}

/// The high half picks the line.
fn line_of(key: u64, lines: usize) -> usize {
    let lines = u64::try_from(lines).unwrap_or(u64::MAX);
    usize::try_from(((key >> 32) * lines) >> 32).unwrap_or(0)
}

/// Byte and bit of each probe within the line.
fn probes(key: u64) -> impl Iterator<Item = (usize, u8)> {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (0..PROBES).map(move |n| {
        let bit = (mixed >> (n * 9)) & 511;
        (usize::try_from(bit / 8).unwrap_or(0), 1 << (bit % 8))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn key(n: u32) -> u64 {
        let hash = Sha256::digest(n.to_be_bytes());
        u64::from_be_bytes(hash[..8].try_into().unwrap())
    }

    #[test]
    fn keys_are_found_and_few_others() {
        let keys: Vec<u64> = (0..20_000).map(key).collect();
        let filter = build_filter(keys.iter().copied());
        assert!(keys.iter().all(|key| may_contain(&filter, *key)));
        let wrong = (20_000..120_000).filter(|n| may_contain(&filter, key(*n))).count();
        assert!(wrong < 1_000, "{wrong} false answers in 100,000");
    }

    #[test]
    fn a_filter_of_nothing_contains_nothing() {
        let filter = build_filter(std::iter::empty::<u64>());
        assert!((0..100).all(|n| !may_contain(&filter, key(n))));
        assert!(!may_contain(&[], key(1)));
    }
}
