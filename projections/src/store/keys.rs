//! How keys are made: one byte names the table, numbers are big-endian, so that the order of the
//! bytes is the order of the values.

use std::ops::Bound;

use uuid::Uuid;

use super::{Walk, end_of};

/// The cursor and what else is known of a store as a whole.
pub(crate) const META: u8 = 0x00;
/// Rows.
pub(crate) const ROWS: u8 = 0x01;
/// Parked streams.
pub(crate) const PARKED: u8 = 0x02;

/// Builds a key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key(Vec<u8>);

impl Key {
    /// A key of a table.
    pub(crate) fn of(table: u8) -> Self {
        Self(vec![table])
    }

    /// A key, or part of one, of no table yet.
    pub(crate) const fn part() -> Self {
        Self(Vec::new())
    }

    #[must_use]
    pub(crate) fn uuid(mut self, id: Uuid) -> Self {
        self.0.extend_from_slice(id.as_bytes());
        self
    }

    #[must_use]
    pub(crate) fn u8(mut self, n: u8) -> Self {
        self.0.push(n);
        self
    }

    /// A text without the NUL character, and one after it, so that no text begins another.
    #[must_use]
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0);
        self
    }

    #[must_use]
    pub(crate) fn u16(mut self, n: u16) -> Self {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    #[must_use]
    pub(crate) fn u64(mut self, n: u64) -> Self {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    /// A signed number, moved up so that negative ones come first.
    #[must_use]
    pub(crate) fn i64(mut self, n: i64) -> Self {
        let [first, rest @ ..] = n.to_be_bytes();
        self.0.push(first ^ 0x80);
        self.0.extend_from_slice(&rest);
        self
    }

    #[must_use]
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Where a row lies.
pub(crate) fn row(key: &[u8]) -> Vec<u8> {
    Key::of(ROWS).bytes(key).done()
}

/// The keys that a walk over a prefix sees.
pub(crate) fn bounds(
    prefix: &[u8],
    after: Option<&[u8]>,
    walk: Walk,
) -> (Bound<Vec<u8>>, Bound<Vec<u8>>) {
    let mut start = Bound::Included(prefix.to_vec());
    let mut end = end_of(prefix).map_or(Bound::Unbounded, Bound::Excluded);
    match (after, walk) {
        (Some(after), Walk::Forward) if after >= prefix => start = Bound::Excluded(after.to_vec()),
        (Some(after), Walk::Backward) if !beyond(&end, after) => {
            end = Bound::Excluded(after.to_vec());
        }
        _ => {}
    }
    (start, end)
}

fn beyond(end: &Bound<Vec<u8>>, key: &[u8]) -> bool {
    matches!(end, Bound::Excluded(end) if key > end.as_slice())
}

/// Whether nothing can lie between the bounds (maps panic when asked for such a range).
pub(crate) fn is_empty(start: &Bound<Vec<u8>>, end: &Bound<Vec<u8>>) -> bool {
    match (start, end) {
        (Bound::Included(start) | Bound::Excluded(start), Bound::Excluded(end)) => start >= end,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_bytes_is_the_order_of_the_numbers() {
        let numbers = [i64::MIN, -1_000_000, -1, 0, 1, 1_700_000_000, i64::MAX];
        let keys: Vec<_> = numbers.iter().map(|n| Key::part().i64(*n).done()).collect();
        assert!(keys.is_sorted());
    }
}
