//! Decoded blocks kept for readers, bounded in bytes.
//!
//! Two halves: what is used moves into the young half; when that is full it becomes the old one
//! and the old one is forgotten. Constant work per look-up, no lists.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::block::{Block, MAX_RAW_BYTES};
use crate::error::LogError;
use crate::ids::Position;
use crate::record::{Header, Record};

/// The records of one block.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) first: Position,
    pub(crate) records: Vec<Record>,
    bytes: usize,
}

impl Decoded {
    pub(crate) fn new(block: &Block) -> Result<Arc<Self>, LogError> {
        let count = usize::try_from(block.header.count).unwrap_or_default();
        // A record takes more than its header, so that a wrong count cannot ask for much.
        let mut records = Vec::with_capacity(count.min(MAX_RAW_BYTES / Header::LEN));
        for record in block.records() {
            records.push(record?);
        }
        let raw = usize::try_from(block.header.raw_len).unwrap_or(usize::MAX);
        let bytes = raw + records.len() * size_of::<Record>();
        Ok(Arc::new(Self { first: block.header.first, records, bytes }))
    }

    pub(crate) fn get(&self, position: Position) -> Option<&Record> {
        let at = usize::try_from(position.0.checked_sub(self.first.0)?).ok()?;
        self.records.get(at)
    }

    /// Its records after a position.
    pub(crate) fn after(&self, after: Position) -> &[Record] {
        let skip = self.records.partition_point(|record| record.header.position <= after);
        self.records.get(skip..).unwrap_or_default()
    }
}

/// The cache; safe to share.
pub(crate) struct BlockCache {
    half: usize,
    inner: Mutex<Halves>,
}

#[derive(Default)]
struct Halves {
    young: HashMap<Position, Arc<Decoded>>,
    young_bytes: usize,
    old: HashMap<Position, Arc<Decoded>>,
}

impl BlockCache {
    pub(crate) fn new(bytes: usize) -> Self {
        Self { half: bytes / 2, inner: Mutex::default() }
    }

    pub(crate) fn get(&self, first: Position) -> Option<Arc<Decoded>> {
        let mut halves = self.inner.lock();
        if let Some(found) = halves.young.get(&first) {
            return Some(Arc::clone(found));
        }
        let found = halves.old.remove(&first)?;
        self.keep(&mut halves, Arc::clone(&found));
        Some(found)
    }

    pub(crate) fn put(&self, block: Arc<Decoded>) {
        self.keep(&mut self.inner.lock(), block);
    }

    fn keep(&self, halves: &mut Halves, block: Arc<Decoded>) {
        let bytes = block.bytes;
        if bytes > self.half {
            return;
        }
        if halves.young_bytes + bytes > self.half {
            halves.old = std::mem::take(&mut halves.young);
            halves.young_bytes = 0;
        }
        halves.old.remove(&block.first);
        if halves.young.insert(block.first, block).is_none() {
            halves.young_bytes += bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(first: u64, bytes: usize) -> Arc<Decoded> {
        Arc::new(Decoded { first: Position(first), records: Vec::new(), bytes })
    }

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let cache = BlockCache::new(20);
        for first in 0..100 {
            cache.put(block(first, 5));
            assert!(cache.get(Position(0)).is_some(), "used each time");
        }
        let kept = (0..100).filter(|first| cache.get(Position(*first)).is_some()).count();
        assert!((2..=4).contains(&kept), "{kept} blocks of 5 bytes in 20");
    }

    #[test]
    fn a_block_larger_than_the_cache_is_not_kept() {
        let cache = BlockCache::new(20);
        cache.put(block(1, 11));
        assert!(cache.get(Position(1)).is_none());
    }
}
