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

/// Bytes that may wait in a store before they are handed over.
const WAITING_MAX: usize = 64 << 10;

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
    /// Bytes put since the store handed over what it had.
    waiting: usize,
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
        Self { rows: HashMap::new(), keys: Vec::new(), repeated, waiting: 0, model: PhantomData }
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
        let mut rows: Vec<_> = self.rows.drain().filter(|(_, work)| work.changed).collect();
        let (mut gone, mut new, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        for (key, work) in &mut rows {
            entries.clear();
            M::index(key, &work.stored.row, &mut entries);
            let before = work.entries.iter().chain(&work.perhaps);
            gone.extend(before.filter(|entry| !entries.contains(entry)).cloned());
            let own = entries.drain(..).filter(|entry| !work.entries.contains(entry));
            new.extend(own.map(|entry| (entry, key.clone())));
        }
        // Neighbours lie on one page of the store.
        rows.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        gone.sort_unstable();
        new.sort_unstable();
        for entry in gone {
            store.remove(&entry)?;
            self.wrote(entry.len(), store)?;
        }
        for (entry, key) in new {
            store.put(&entry, &key)?;
            self.wrote(entry.len() + key.len(), store)?;
        }
        for (key, work) in rows {
            let row = encode_row(M::FORMAT, &work.stored)?;
            debug_assert!(
                decode_row::<M::Row>(M::FORMAT, &row).is_ok_and(|back| back == work.stored),
                "a row of {} cannot be read back as it was written",
                M::NAME
            );
            store.put(&keys::row(&key), &row)?;
            self.wrote(key.len() + row.len(), store)?;
        }
        Ok(())
    }

    /// Counts bytes put, and hands them over before they become so many that the log's own writes
    /// would wait behind them.
    fn wrote(&mut self, bytes: usize, store: &dyn Store) -> Result<(), StoreError> {
        self.waiting += bytes;
        if self.waiting < WAITING_MAX {
            return Ok(());
        }
        self.waiting = 0;
        store.write_out()
    }
}

/// Whether an event that could not be read belongs to a stream that the model follows.
fn follows<M: ReadModel>(unread: &Unread) -> bool {
    M::KINDS.iter().any(|kind| kind.code() == unread.stream.kind)
}
