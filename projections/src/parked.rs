//! Streams that a model stopped following, because an event of theirs could not be applied.
//!
//! Everything else goes on. A parked stream is listed until the model is rebuilt.

use std::collections::HashMap;

use convolog_log::{Position, StreamKey};
use serde::{Deserialize, Serialize};

use crate::store::keys::{self, Key};
use crate::store::{Store, StoreError, Stored, Walk, decode_row, encode_row};

/// The format of a parked row.
const FORMAT: u8 = 1;

/// Why and since when a stream is parked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Parked {
    /// Which stream.
    pub stream: StreamKey,
    /// The event that could not be applied.
    pub position: Position,
    /// Why not.
    pub reason: String,
    /// Later events of the stream that were skipped.
    pub skipped: u64,
    /// The last event of the stream that was seen.
    pub last: Position,
}

/// The parked streams of one store.
#[derive(Debug, Default)]
pub(crate) struct ParkedStreams {
    streams: HashMap<StreamKey, Parked>,
    changed: Vec<StreamKey>,
}

impl ParkedStreams {
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let parked = list(store)?;
        let streams = parked.into_iter().map(|parked| (parked.stream, parked)).collect();
        Ok(Self { streams, changed: Vec::new() })
    }

    /// Whether an event must be skipped; counts it if so. Events before the failing one are not:
    /// they may have to be applied again.
    pub(crate) fn skips(&mut self, stream: &StreamKey, position: Position) -> bool {
        let Some(parked) = self.streams.get_mut(stream) else { return false };
        if position > parked.last {
            parked.last = position;
            parked.skipped += 1;
            self.changed.push(*stream);
        }
        position >= parked.position
    }

    pub(crate) fn park(&mut self, stream: StreamKey, position: Position, reason: String) {
        let parked = Parked { stream, position, reason, skipped: 0, last: position };
        if self.streams.insert(stream, parked).is_none() {
            self.changed.push(stream);
        }
    }

    pub(crate) fn flush(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        for stream in self.changed.drain(..) {
            let Some(parked) = self.streams.get(&stream) else { continue };
            let stored = Stored { position: parked.last, row: parked.clone() };
            store.put(&key(&stream), &encode_row(FORMAT, &stored)?);
        }
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.streams.len()
    }
}

fn key(stream: &StreamKey) -> Vec<u8> {
    Key::of(keys::PARKED).uuid(stream.workspace).u16(stream.kind).uuid(stream.id).done()
}

/// The parked streams of a store, sorted.
pub(crate) fn list(store: &dyn Store) -> Result<Vec<Parked>, StoreError> {
    let entries = store.entries(&[keys::PARKED], None, Walk::Forward, usize::MAX)?;
    entries.iter().map(|(_, bytes)| decode(bytes)).collect()
}

/// A parked stream as it is stored, read back.
pub(crate) fn decode(bytes: &[u8]) -> Result<Parked, StoreError> {
    decode_row::<Parked>(FORMAT, bytes).map(|stored| stored.row)
}
