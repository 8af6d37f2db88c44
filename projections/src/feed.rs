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
    /// after a failure, is harmless.
    fn take(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Hands what was taken over to the operating system ([`Store::write_out`]).
    fn write_out(&self) -> Result<(), StoreError>;

    /// Puts what was taken on the disk. The cursor that is written names what the sync before this
    /// one covered, so that it never promises rows that a power cut can still take.
    fn sync(&mut self) -> Result<(), StoreError>;

    /// Syncs until the cursor on the disk is the position.
    fn close(&mut self) -> Result<(), StoreError>;

    /// The rebuild came to its end: from now on this store may serve.
    fn complete(&mut self) -> Result<(), StoreError>;

    fn store(&self) -> Arc<dyn Store>;

    fn parked(&self) -> usize;

    /// The version of the fold that began the store.
    fn version(&self) -> u32;

    /// Whether this code's fold began the store.
    fn current(&self) -> bool;
}

/// A [`Feeding`] of the model `M`.
pub(crate) struct Feed<M: ReadModel> {
    store: Arc<dyn Store>,
    overlay: Overlay<M>,
    parked: ParkedStreams,
    /// What is in the store.
    taken: Cursor,
    /// What the last sync covered.
    synced: Cursor,
    /// What stands in the store.
    written: Cursor,
}

impl<M: ReadModel> Feed<M> {
    /// Goes on where `cursor`, which stands in the store, says. What the log held by now (`head`)
    /// may have been applied before.
    pub(crate) fn resume(
        store: Arc<dyn Store>,
        cursor: Cursor,
        head: Position,
    ) -> Result<Self, StoreError> {
        let parked = ParkedStreams::load(&*store)?;
        let overlay = Overlay::with_care(head);
        Ok(Self { store, overlay, parked, taken: cursor, synced: cursor, written: cursor })
    }

    /// Begins an empty store.
    pub(crate) fn begin(store: Arc<dyn Store>, cursor: Cursor) -> Result<Self, StoreError> {
        cursor.write(&*store)?;
        store.sync()?;
        Self::resume(store, cursor, cursor.position)
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
        let applied = self.overlay.apply(batch, &*self.store, &mut self.parked);
        if applied.is_err() {
            self.overlay.take_care(batch.upto);
        }
        applied?;
        self.taken.position = batch.upto;
        self.taken.leaf = batch.leaf;
        Ok(())
    }

    fn write_out(&self) -> Result<(), StoreError> {
        self.store.write_out()
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        if self.written == self.taken {
            return Ok(());
        }
        let covered = self.synced;
        if covered != self.written {
            covered.write(&*self.store)?;
        }
        let taken = self.taken;
        self.store.sync()?;
        (self.written, self.synced) = (covered, taken);
        Ok(())
    }

    fn close(&mut self) -> Result<(), StoreError> {
        // The first sync covers the rows, the second one the cursor over them.
        self.sync()?;
        self.sync()
    }

    fn complete(&mut self) -> Result<(), StoreError> {
        self.taken.complete = true;
        self.close()
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
