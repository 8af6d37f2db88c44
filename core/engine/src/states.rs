//! Aggregate states in memory: a bounded cache. What is evicted is folded again from its stream.

use std::any::Any;
use std::sync::Arc;

use convolog_log::StreamKey;
use quick_cache::sync::Cache;

/// How many aggregates stay in memory.
const CAPACITY: usize = 100_000;

type Entry = (u64, Arc<dyn Any + Send + Sync>);

pub(crate) struct States(Cache<StreamKey, Entry>);

impl States {
    pub(crate) fn new() -> Self {
        Self(Cache::new(CAPACITY))
    }

    /// The newest state that was kept, with the version it stands at.
    pub(crate) fn get<S: Send + Sync + 'static>(&self, key: &StreamKey) -> Option<(u64, Arc<S>)> {
        let (version, state) = self.0.get(key)?;
        Some((version, state.downcast().ok()?))
    }

    pub(crate) fn put<S: Send + Sync + 'static>(
        &self,
        key: StreamKey,
        version: u64,
        state: Arc<S>,
    ) {
        self.0.insert(key, (version, state));
    }
}
