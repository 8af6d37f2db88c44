//! What can go wrong with an index or a question to it.

use std::path::PathBuf;

use convolog_engine::ReadError;
use convolog_log::{LogError, Position};
use convolog_projections::QueryError;
use convolog_projections::store::StoreError;

/// A search that could not be made, or an index that could not be kept. Indexes are derived: a
/// rebuild puts them right.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// There is no complete index yet.
    #[error(
        "the search index is being rebuilt: {position} of {head} events done; try again in a moment"
    )]
    Rebuilding {
        /// How far it got.
        position: Position,
        /// Where it must get to.
        head: Position,
    },
    /// The index did not get there in time.
    #[error("the search index is at position {at}, not yet at {asked}; ask again")]
    NotYet {
        /// What was asked for.
        asked: Position,
        /// How far it is.
        at: Position,
    },
    /// The position asked for does not exist yet.
    #[error("position {asked} does not exist yet; the log ends at {head}")]
    BeyondHead {
        /// What was asked for.
        asked: Position,
        /// The newest there is.
        head: Position,
    },
    /// It is shutting down, or stopped after an error.
    #[error("the search index stopped: {0}")]
    Stopped(String),
    /// The index failed.
    #[error("the search index in {path} failed; it is rebuilt if it is damaged")]
    Index {
        /// Which folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: tantivy::TantivyError,
    },
    /// The operating system refused.
    #[error("could not {action} {path}")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A stored item that is not what this code writes.
    #[error("the search index holds an item of another format; rebuild it")]
    Unreadable,
    /// A row could not be read or written.
    #[error(transparent)]
    Row(#[from] StoreError),
    /// What a row says could not be unsealed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The log failed.
    #[error(transparent)]
    Log(#[from] LogError),
    /// An event in the log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// An error of the index in a folder.
pub(crate) fn of_index(path: &std::path::Path) -> impl Fn(tantivy::TantivyError) -> SearchError {
    let path = path.to_owned();
    move |source| SearchError::Index { path: path.clone(), source }
}

/// An error of the operating system on a file.
pub(crate) fn io(
    action: &'static str,
    path: &std::path::Path,
) -> impl FnOnce(std::io::Error) -> SearchError {
    let path = path.to_owned();
    move |source| SearchError::Io { action, path, source }
}
