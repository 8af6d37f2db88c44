//! The Merkle tree of RFC 6962 over all records, kept as its frontier.
//!
//! Owns the peaks: the roots of the complete subtrees from the left, enough to add a leaf and to
//! name the root. Proofs are built elsewhere from leaves and stored subtree hashes.

use sha2::{Digest, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// Leaves under one stored subtree hash.
pub const SUBTREE_LEAVES: u64 = 256;

/// The tree so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frontier {
    size: u64,
    /// Left to right, largest first; one for each set bit of `size`.
    peaks: Vec<Hash>,
}

impl Frontier {
    /// A frontier read back; `None` if `peaks` cannot belong to `size` leaves.
    pub fn from_parts(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        let expected = usize::try_from(size.count_ones()).ok()?;
        (peaks.len() == expected).then_some(Self { size, peaks })
    }

    /// How many leaves there are.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, largest first.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf. Returns the root of the aligned subtree of [`SUBTREE_LEAVES`] leaves that this
    /// leaf completed, if it did.
    pub fn push(&mut self, leaf: Hash) -> Option<Hash> {
        let mut carry = leaf;
        let mut width = 1_u64;
        let mut subtree = None;
        while self.size & width != 0 {
            let Some(left) = self.peaks.pop() else { break };
            carry = node_hash(&left, &carry);
            width <<= 1;
            if width == SUBTREE_LEAVES {
                subtree = Some(carry);
            }
        }
        self.peaks.push(carry);
        self.size += 1;
        subtree
    }

    /// Adds the root of an aligned subtree of [`SUBTREE_LEAVES`] leaves in the place of its leaves.
    /// False, and nothing is added, where no such subtree can begin.
    #[must_use]
    pub fn push_subtree(&mut self, root: Hash) -> bool {
        if !self.size.is_multiple_of(SUBTREE_LEAVES) {
            return false;
        }
        let mut carry = root;
        let mut width = SUBTREE_LEAVES;
        while self.size & width != 0 {
            let Some(left) = self.peaks.pop() else { break };
            carry = node_hash(&left, &carry);
            width <<= 1;
        }
        self.peaks.push(carry);
        self.size += SUBTREE_LEAVES;
        true
    }

    /// The root; of no leaves, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return Sha256::digest([]).into() };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962 §2.1, over leaf hashes.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                node_hash(&by_definition(&leaves[..split]), &by_definition(&leaves[split..]))
            }
        }
    }

    #[test]
    fn frontier_root_is_the_root_by_definition() {
        let leaves: Vec<Hash> =
            (0..600_u32).map(|n| Sha256::digest(n.to_be_bytes()).into()).collect();
        let mut frontier = Frontier::default();
        assert_eq!(
            hex::encode(frontier.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        for (n, leaf) in leaves.iter().enumerate() {
            let subtree = frontier.push(*leaf);
            assert_eq!(frontier.root(), by_definition(&leaves[..=n]), "after {} leaves", n + 1);
            let complete = (n + 1) % 256 == 0;
            assert_eq!(subtree, complete.then(|| by_definition(&leaves[n + 1 - 256..=n])));
        }
    }

    #[test]
    fn subtrees_stand_for_their_leaves() {
        let leaves: Vec<Hash> =
            (0..1_100_u32).map(|n| Sha256::digest(n.to_be_bytes()).into()).collect();
        let (mut whole, mut short) = (Frontier::default(), Frontier::default());
        for leaf in &leaves[..1_024] {
            if let Some(subtree) = whole.push(*leaf) {
                assert!(short.push_subtree(subtree));
                assert_eq!(short, whole);
            }
        }
        short.push(leaves[1_024]);
        let before = short.clone();
        assert!(!short.push_subtree(leaves[0]), "no subtree begins within another");
        assert_eq!(short, before);
    }

    #[test]
    fn a_frontier_with_a_wrong_number_of_peaks_is_refused() {
        assert_eq!(Frontier::from_parts(3, vec![[0; 32]]), None);
        assert!(Frontier::from_parts(3, vec![[0; 32]; 2]).is_some());
    }
}
