//! What a read model is: a pure fold.
//!
//! A fold reads only its own row and the event, in the clear. Which rows an event concerns, what it
//! does to a row, and which index entries a row has: three pure functions, used alike for live
//! updates, rebuilds and `as_of`. Everything else (positions, batches, stores) is done for it.

use convolog_domain::StreamKind;
use convolog_engine::Recorded;
use serde::{Serialize, de::DeserializeOwned};

/// Names a row within its read model. Begins with the workspace's id, so that no question asked
/// for one workspace can be answered from another.
pub type RowKey = Vec<u8>;

/// An entry of an index: a table byte, then what it is sorted by. It leads to its row.
pub type IndexKey = Vec<u8>;

/// A read model.
pub trait ReadModel: Send + Sync + 'static {
    /// The name that the API and the folder show.
    const NAME: &'static str;
    /// Raised when the same events give other rows; the model is then rebuilt beside the old one.
    const VERSION: u32;
    /// Raised when rows written before cannot be read any more.
    const FORMAT: u8;
    /// The streams it reads.
    const KINDS: &'static [StreamKind];
    /// One row; the default is a row that nothing is known of.
    type Row: Default + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync;

    /// Adds the keys of the rows that an event concerns.
    fn keys(event: &Recorded, keys: &mut Vec<RowKey>);

    /// Takes an event into one of those rows. A fold that fails leaves the row as it was.
    ///
    /// # Errors
    /// [`FoldError`] if the event cannot follow what the row says; its stream is then parked.
    fn fold(row: &mut Self::Row, event: &Recorded) -> Result<(), FoldError>;

    /// The same, for a model in which one event concerns many rows that it says different things of:
    /// the key tells which row it is.
    ///
    /// # Errors
    /// As [`ReadModel::fold`].
    fn fold_of(_: &RowKey, row: &mut Self::Row, event: &Recorded) -> Result<(), FoldError> {
        Self::fold(row, event)
    }

    /// Adds the index entries of a row. An entry that is not among them is stale, and not shown.
    fn index(key: &RowKey, row: &Self::Row, entries: &mut Vec<IndexKey>);

    /// Prints a row for people and comparisons, every field of it.
    fn dump(row: &Self::Row) -> String;
}

/// An event that cannot follow what its row says.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct FoldError(pub String);
