//! A read model's place in the log, and what it must match to be believed.
//!
//! Written before each sync, and syncs are whole: a cursor says exactly what its store holds.

use convolog_log::{EventLog, LogError, LogId, Position};
use serde::{Deserialize, Serialize};

use crate::store::{Store, StoreError, keys};

/// The format of the cursor itself.
const FORMAT: u8 = 1;

/// Where a store stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cursor {
    /// The log it was folded from.
    pub log: LogId,
    /// Everything up to here is in the store.
    pub position: Position,
    /// The leaf hash of the record there (zeros at the start), so that a log which took another
    /// turn is noticed.
    pub leaf: [u8; 32],
    /// The version of the fold that began this store.
    pub version: u32,
    /// The format of its rows.
    pub format: u8,
    /// The rebuild that made it came to its end: it may serve.
    pub complete: bool,
}

/// What makes a store unusable. It is set aside and rebuilt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mismatch {
    /// It holds no cursor.
    NoCursor,
    /// It was folded from another log.
    OtherLog,
    /// The log ends before it.
    BeyondHead,
    /// The record at its position is another one.
    OtherHistory,
    /// Its rows are of another format.
    OtherFormat,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoCursor => "it holds no cursor",
            Self::OtherLog => "it was folded from another log",
            Self::BeyondHead => "the log ends before it",
            Self::OtherFormat => "its rows are of another format",
            Self::OtherHistory => "the log has another event at its position",
        })
    }
}

impl Cursor {
    /// Before the first event.
    pub fn start(log: LogId, version: u32, format: u8) -> Self {
        Self { log, position: Position::START, leaf: [0; 32], version, format, complete: false }
    }

    /// The cursor of a store, if it has one.
    pub fn read(store: &dyn Store) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = store.get(&[keys::META])? else { return Ok(None) };
        crate::store::decode_row::<Self>(FORMAT, &bytes).map(|stored| Some(stored.row))
    }

    /// Puts it into a store.
    pub fn write(&self, store: &dyn Store) -> Result<(), StoreError> {
        let stored = crate::store::Stored { position: self.position, row: *self };
        store.put(&[keys::META], &crate::store::encode_row(FORMAT, &stored)?);
        Ok(())
    }

    /// Whether the log is the one this cursor was made from.
    pub fn check(&self, log: &dyn EventLog) -> Result<Option<Mismatch>, LogError> {
        check_place(log, self.log, self.position, &self.leaf)
    }
}

/// Whether a log is the one with this id and has the record with this leaf hash at this position.
pub fn check_place(
    log: &dyn EventLog,
    id: LogId,
    position: Position,
    leaf: &[u8; 32],
) -> Result<Option<Mismatch>, LogError> {
    if id != log.id() {
        return Ok(Some(Mismatch::OtherLog));
    }
    if position > log.head() {
        return Ok(Some(Mismatch::BeyondHead));
    }
    if position == Position::START {
        return Ok(None);
    }
    let same = log.get(position)?.is_some_and(|record| record.leaf() == *leaf);
    Ok(if same { None } else { Some(Mismatch::OtherHistory) })
}
