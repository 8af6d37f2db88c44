//! Applies a batch of events to one store: rows are read once, folded in memory, written once.
//!
//! Everything that can fail comes before the first write, so that a store never holds half a batch.
//! Index entries are written before the rows that they lead to, and removed after them: at every
//! moment some entry leads to each row, and those that do not fit it are not shown.

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
    stored: Stored<R>,
    changed: bool,
}

/// Rows in work, until they are written.
pub(crate) struct Overlay<M: ReadModel> {
    rows: HashMap<RowKey, Work<M::Row>>,
    keys: Vec<RowKey>,
    model: PhantomData<M>,
}

impl<M: ReadModel> Default for Overlay<M> {
    fn default() -> Self {
        Self { rows: HashMap::new(), keys: Vec::new(), model: PhantomData }
    }
}

impl<M: ReadModel> Overlay<M> {
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
            match M::fold_of(&key, &mut work.stored.row, event) {
                Ok(()) => {
                    work.stored.position = event.position;
                    work.changed = true;
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
                Ok(place.insert(Work { entries, stored, changed: false }))
            }
        }
    }

    fn write(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let (mut gone, mut new, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut entries = Vec::new();
        for (key, work) in self.rows.drain().filter(|(_, work)| work.changed) {
            M::index(&key, &work.stored.row, &mut entries);
            let row = encode_row(M::FORMAT, &work.stored)?;
            debug_assert!(
                decode_row::<M::Row>(M::FORMAT, &row).is_ok_and(|back| back == work.stored),
                "a row of {} cannot be read back as it was written",
                M::NAME
            );
            gone.extend(work.entries.iter().filter(|entry| !entries.contains(entry)).cloned());
            let own = entries.drain(..).filter(|entry| !work.entries.contains(entry));
            new.extend(own.map(|entry| (entry, key.clone())));
            rows.push((keys::row(&key), row));
        }
        // Neighbours are found faster one after the other.
        gone.sort_unstable();
        new.sort_unstable();
        rows.sort_unstable();
        for (entry, key) in &new {
            store.put(entry, key);
        }
        for (key, row) in rows {
            store.put(&key, &row);
        }
        for entry in gone {
            // Unless it leads to another row now.
            if new.binary_search_by(|(own, _)| own.cmp(&entry)).is_err() {
                store.remove(&entry);
            }
        }
        Ok(())
    }
}

/// Whether an event that could not be read belongs to a stream that the model follows.
fn follows<M: ReadModel>(unread: &Unread) -> bool {
    M::KINDS.iter().any(|kind| kind.code() == unread.stream.kind)
}
