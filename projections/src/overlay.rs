//! Applies a batch of events to one store: rows are read once, folded in memory, written once.
//!
//! Written in this order: index entries, rows, parked streams. A crash in between leaves entries
//! without their row (not shown) or rows ahead of the cursor (applied again, harmlessly), never a
//! row that no index leads to. Events that may have been applied before are applied with care: every
//! entry that a row had on the way is removed, whatever the batches were then.

use std::collections::HashMap;
use std::marker::PhantomData;

use convolog_engine::Recorded;
use convolog_log::Position;

use crate::batch::{Batch, Unread};
use crate::fold::{IndexKey, ReadModel, RowKey};
use crate::parked::ParkedStreams;
use crate::store::{Store, StoreError, Stored, decode_row, encode_row, keys};

/// A row in work.
struct Work<R> {
    /// The entries it has in the store.
    entries: Vec<IndexKey>,
    /// Entries that an attempt before a crash may have left there.
    perhaps: Vec<IndexKey>,
    stored: Stored<R>,
    changed: bool,
}

/// Rows in work, until they are written.
pub(crate) struct Overlay<M: ReadModel> {
    rows: HashMap<RowKey, Work<M::Row>>,
    keys: Vec<RowKey>,
    /// Events up to here may have been applied before.
    repeated: Position,
    model: PhantomData<M>,
}

impl<M: ReadModel> Default for Overlay<M> {
    fn default() -> Self {
        Self::with_care(Position::START)
    }
}

impl<M: ReadModel> Overlay<M> {
    /// For a store to which events up to `repeated` may have been applied before.
    pub(crate) fn with_care(repeated: Position) -> Self {
        Self { rows: HashMap::new(), keys: Vec::new(), repeated, model: PhantomData }
    }

    /// From now on, events up to `repeated` count as applied before.
    pub(crate) fn take_care(&mut self, repeated: Position) {
        self.repeated = self.repeated.max(repeated);
    }

    /// Applies those events of a batch that the model follows, and writes what came of it.
    pub(crate) fn apply(
        &mut self,
        batch: &Batch,
        store: &dyn Store,
        parked: &mut ParkedStreams,
    ) -> Result<(), StoreError> {
        self.rows.clear();
        for event in &batch.events {
            match event {
                Ok(event) if M::KINDS.contains(&event.stream.kind) => {
                    self.take(event, store, parked)?;
                }
                Err(unread)
                    if follows::<M>(unread) && !parked.skips(&unread.stream, unread.position) =>
                {
                    parked.park(unread.stream, unread.position, unread.reason.clone());
                }
                _ => {}
            }
        }
        self.write(store)?;
        parked.flush(store)
    }

    fn take(
        &mut self,
        event: &Recorded,
        store: &dyn Store,
        parked: &mut ParkedStreams,
    ) -> Result<(), StoreError> {
        let stream = event.stream.key();
        if parked.skips(&stream, event.position) {
            return Ok(());
        }
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        M::keys(event, &mut keys);
        for key in keys.drain(..) {
            let work = Self::work(&mut self.rows, key.clone(), store)?;
            if event.position <= work.stored.position {
                continue;
            }
            match M::fold(&mut work.stored.row, event) {
                Ok(()) => {
                    work.stored.position = event.position;
                    work.changed = true;
                    if event.position <= self.repeated {
                        M::index(&key, &work.stored.row, &mut work.perhaps);
                    }
                }
                Err(error) => {
                    parked.park(stream, event.position, error.to_string());
                    break;
                }
            }
        }
        self.keys = keys;
        Ok(())
    }

    fn work<'a>(
        rows: &'a mut HashMap<RowKey, Work<M::Row>>,
        key: RowKey,
        store: &dyn Store,
    ) -> Result<&'a mut Work<M::Row>, StoreError> {
        use std::collections::hash_map::Entry;
        match rows.entry(key) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(place) => {
                let stored = match store.get(&keys::row(place.key()))? {
                    Some(bytes) => decode_row::<M::Row>(M::FORMAT, &bytes)?,
                    None => Stored { position: Position::START, row: M::Row::default() },
                };
                let mut entries = Vec::new();
                M::index(place.key(), &stored.row, &mut entries);
                Ok(place.insert(Work { entries, perhaps: Vec::new(), stored, changed: false }))
            }
        }
    }

    fn write(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let mut entries = Vec::new();
        let mut rows: Vec<_> = self.rows.drain().filter(|(_, work)| work.changed).collect();
        // Neighbours lie on one page of the store.
        rows.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (key, work) in &rows {
            entries.clear();
            M::index(key, &work.stored.row, &mut entries);
            let before = work.entries.iter().chain(&work.perhaps);
            for gone in before.filter(|entry| !entries.contains(entry)) {
                store.remove(gone)?;
            }
            for new in entries.iter().filter(|entry| !work.entries.contains(entry)) {
                store.put(new, key)?;
            }
        }
        for (key, work) in rows {
            store.put(&keys::row(&key), &encode_row(M::FORMAT, &work.stored)?)?;
        }
        Ok(())
    }
}

/// Whether an event that could not be read belongs to a stream that the model follows.
fn follows<M: ReadModel>(unread: &Unread) -> bool {
    M::KINDS.iter().any(|kind| kind.code() == unread.stream.kind)
}
