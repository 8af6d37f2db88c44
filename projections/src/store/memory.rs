//! A store in memory: for `as_of`, for comparisons, for tests. The same folds fill it.

use std::collections::BTreeMap;
use std::ops::Bound;

use parking_lot::RwLock;

use super::{Entry, Store, StoreError, Walk};

/// A [`Store`] that is gone with the process.
#[derive(Debug, Default)]
pub struct MemoryStore(RwLock<BTreeMap<Vec<u8>, Vec<u8>>>);

#[cfg(test)]
impl MemoryStore {
    /// Another one that holds the same.
    pub(crate) fn copy(&self) -> Self {
        Self(RwLock::new(self.0.read().clone()))
    }

    /// Holds from now on what another one does.
    pub(crate) fn become_like(&self, other: &Self) {
        *self.0.write() = other.0.read().clone();
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.read().get(key).cloned())
    }

    fn put(&self, key: &[u8], value: &[u8]) {
        self.0.write().insert(key.to_vec(), value.to_vec());
    }

    fn remove(&self, key: &[u8]) {
        self.0.write().remove(key);
    }

    fn entries(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let map = self.0.read();
        let (start, end) = super::keys::bounds(prefix, after, walk);
        if super::keys::is_empty(&start, &end) {
            return Ok(Vec::new());
        }
        let range = map.range::<Vec<u8>, (Bound<Vec<u8>>, Bound<Vec<u8>>)>((start, end));
        let owned = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
        Ok(match walk {
            Walk::Forward => range.take(limit).map(owned).collect(),
            Walk::Backward => range.rev().take(limit).map(owned).collect(),
        })
    }

    fn unsynced(&self) -> u64 {
        0
    }

    fn sync(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn sync_soon(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn give_up(&self) {}

    fn bytes(&self) -> u64 {
        0
    }
}
