//! Erasures: what one would destroy, and what can be certified of one.
//!
//! Reads the log, the vault and the search index, never a read model, so that a stopped folder and a
//! running server answer the same. Never repeats what a person said or was called.

mod certificate;
mod preview;

use convolog_engine::{EngineError, ReadError};
use convolog_log::LogError;
use convolog_search::SearchError;

pub use certificate::Certificate;
pub use preview::{BlobPlace, HeldContact, Preview, RowPlace, StreamPlace, VaultPlace};

/// Nothing could be said of an erasure.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] LogError),
    /// An event could not be read.
    #[error("an event could not be read")]
    Read(#[from] ReadError),
    /// A contact could not be loaded.
    #[error("a contact could not be loaded")]
    Engine(#[from] EngineError),
    /// The search index could not be asked.
    #[error("the search index could not be asked")]
    Search(#[from] SearchError),
}

/// Whole seconds since 1970 as RFC 3339.
fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default()
}
