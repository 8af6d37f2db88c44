//! Prints read models to text: for snapshots, and to compare a live one with a fresh rebuild.
//!
//! Rows, index entries and parked streams, sorted by key; the cursor is left out, because two
//! stores of the same history may have been synced at different moments.

use crate::fold::ReadModel;
use crate::parked::{self, Parked};
use crate::store::{Store, StoreError, Walk, decode_row, keys};

/// Entries read at a time.
const CHUNK: usize = 512;

/// The lines of a dump, in order.
pub struct Lines<'a> {
    store: &'a dyn Store,
    print: fn(&[u8], &[u8]) -> Result<String, StoreError>,
    chunk: std::vec::IntoIter<crate::store::Entry>,
    last: Option<Vec<u8>>,
    failed: bool,
}

/// The lines of the read model `M` in a store.
pub fn lines<M: ReadModel>(store: &dyn Store) -> Lines<'_> {
    // Everything lies behind the cursor, which has a key of one byte.
    let last = Some(vec![keys::META]);
    Lines { store, print: line::<M>, chunk: Vec::new().into_iter(), last, failed: false }
}

/// An entry of the read model `M`, in words.
pub(crate) fn line<M: ReadModel>(key: &[u8], value: &[u8]) -> Result<String, StoreError> {
    match key.first() {
        Some(&keys::ROWS) => {
            let stored = decode_row::<M::Row>(M::FORMAT, value)?;
            Ok(format!("{} changed at {}", M::dump(&stored.row), stored.position))
        }
        Some(&keys::PARKED) => {
            let Parked { stream, position, reason, skipped, last } = parked::decode(value)?;
            Ok(format!("parked {stream:?} at {position} skipped {skipped} last {last}: {reason}"))
        }
        _ => Ok(format!("entry {} -> {}", hex::encode(key), hex::encode(value))),
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<String, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        loop {
            if let Some((key, value)) = self.chunk.next() {
                let line = (self.print)(&key, &value);
                self.last = Some(key);
                self.failed = line.is_err();
                return Some(line);
            }
            match self.store.entries(&[], self.last.as_deref(), Walk::Forward, CHUNK) {
                Ok(chunk) if chunk.is_empty() => return None,
                Ok(chunk) => self.chunk = chunk.into_iter(),
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Where two dumps part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The number of the line, from 1.
    pub line: u64,
    /// What the first one says; none if it has ended.
    pub left: Option<String>,
    /// What the second one says; none if it has ended.
    pub right: Option<String>,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ended = "(nothing more)";
        writeln!(f, "first difference at line {}:", self.line)?;
        writeln!(f, "  first:  {}", self.left.as_deref().unwrap_or(ended))?;
        write!(f, "  second: {}", self.right.as_deref().unwrap_or(ended))
    }
}

/// How many lines two dumps have in common from the start, and where they part.
pub fn compare(
    mut left: Lines<'_>,
    mut right: Lines<'_>,
) -> Result<(u64, Option<Difference>), StoreError> {
    let mut same = 0;
    loop {
        match (left.next().transpose()?, right.next().transpose()?) {
            (None, None) => return Ok((same, None)),
            (left, right) if left == right => same += 1,
            (left, right) => {
                return Ok((same, Some(Difference { line: same + 1, left, right })));
            }
        }
    }
}
