//! One store being fed with events: live, in a rebuild, or in memory.

use std::sync::Arc;

use convolog_domain::StreamKind;
use convolog_log::Position;

use crate::batch::Batch;
use crate::cursor::Cursor;
use crate::fold::ReadModel;
use crate::overlay::Overlay;
use crate::parked::ParkedStreams;
use crate::store::{Store, StoreError};

/// A store of some read model that takes events in order.
pub(crate) trait Feeding: Send {
    fn name(&self) -> &'static str;

    fn wants(&self, kind: StreamKind) -> bool;

    /// Everything up to here is in the store, though perhaps not on the disk yet.
    fn position(&self) -> Position;

    /// Takes a stretch of the log that begins at or before the next position. Taking one again, or
    /// after a failure, is harmless. What lies in memory is synced when there is much of it.
    fn take(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Puts what was taken on the disk, and the cursor with it.
    fn sync(&mut self) -> Result<(), StoreError>;

    /// The same, without waiting for it.
    fn sync_soon(&mut self) -> Result<(), StoreError>;

    /// The rebuild came to its end: from now on this store may serve.
    fn complete(&mut self) -> Result<(), StoreError>;

    fn store(&self) -> Arc<dyn Store>;

    fn parked(&self) -> usize;

    /// The version of the fold that began the store.
    fn version(&self) -> u32;

    /// Whether this code's fold began the store.
    fn current(&self) -> bool;
}

/// Bytes that lie in memory before they are synced out of turn.
const UNSYNCED_MAX: u64 = 8 << 20;

/// A [`Feeding`] of the model `M`.
pub(crate) struct Feed<M: ReadModel> {
    store: Arc<dyn Store>,
    overlay: Overlay<M>,
    parked: ParkedStreams,
    /// What is in the store.
    taken: Cursor,
    /// What stands in the store.
    written: Cursor,
}

impl<M: ReadModel> Feed<M> {
    /// Goes on where `cursor`, which stands in the store, says.
    pub(crate) fn resume(store: Arc<dyn Store>, cursor: Cursor) -> Result<Self, StoreError> {
        let parked = ParkedStreams::load(&*store)?;
        Ok(Self { store, overlay: Overlay::default(), parked, taken: cursor, written: cursor })
    }

    /// Begins an empty store.
    pub(crate) fn begin(store: Arc<dyn Store>, cursor: Cursor) -> Result<Self, StoreError> {
        cursor.write(&*store)?;
        store.sync()?;
        Self::resume(store, cursor)
    }

    fn write_cursor(&mut self) -> Result<(), StoreError> {
        if self.written != self.taken {
            self.taken.write(&*self.store)?;
            self.written = self.taken;
        }
        Ok(())
    }
}

impl<M: ReadModel> Feeding for Feed<M> {
    fn name(&self) -> &'static str {
        M::NAME
    }

    fn wants(&self, kind: StreamKind) -> bool {
        M::KINDS.contains(&kind)
    }

    fn position(&self) -> Position {
        self.taken.position
    }

    fn take(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if batch.upto <= self.taken.position {
            return Ok(());
        }
        self.overlay.apply(batch, &*self.store, &mut self.parked)?;
        self.taken.position = batch.upto;
        self.taken.leaf = batch.leaf;
        if self.store.unsynced() >= UNSYNCED_MAX { self.sync_soon() } else { Ok(()) }
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        self.write_cursor()?;
        self.store.sync()
    }

    fn sync_soon(&mut self) -> Result<(), StoreError> {
        self.write_cursor()?;
        self.store.sync_soon()
    }

    fn complete(&mut self) -> Result<(), StoreError> {
        self.taken.complete = true;
        self.sync()
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    fn parked(&self) -> usize {
        self.parked.len()
    }

    fn version(&self) -> u32 {
        self.taken.version
    }

    fn current(&self) -> bool {
        self.taken.version == M::VERSION
    }
}
