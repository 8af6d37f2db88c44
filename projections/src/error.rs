//! What can go wrong with a question to the read models.

use std::time::Duration;

use convolog_engine::ReadError;
use convolog_log::{LogError, Position};

use crate::page::WrongPageToken;
use crate::store::StoreError;

/// A question that could not be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The page token does not belong here.
    #[error(transparent)]
    WrongPage(#[from] WrongPageToken),
    /// There is no copy of the read model that could answer.
    #[error(
        "the read model `{model}` is being rebuilt: {position} of {head} events done; try again in a moment"
    )]
    Rebuilding {
        /// Which one.
        model: &'static str,
        /// How far it got.
        position: Position,
        /// Where it must get to.
        head: Position,
    },
    /// What its generations are does not allow this.
    #[error("the read model `{model}` {why}")]
    NotNow {
        /// Which one.
        model: &'static str,
        /// How it stands, and what to do first.
        why: &'static str,
    },
    /// There is no such read model.
    #[error("there is no read model `{asked}`; there are {}", crate::registry::names().collect::<Vec<_>>().join(", "))]
    NoSuchModel {
        /// What was asked for.
        asked: String,
    },
    /// A list that cannot be shown as it was.
    #[error(
        "with `as_of`, {what} can be listed only by creation, oldest or newest first; leave `as_of` out, or change `{parameter}`"
    )]
    NotAsOf {
        /// What was asked for.
        what: &'static str,
        /// Which parameter asked for it.
        parameter: &'static str,
        /// What it could ask for.
        allowed: &'static [&'static str],
    },
    /// Answering would take too long.
    #[error("there are more than {limit} {what}; {advice}")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// How much is looked at for one answer.
        limit: usize,
        /// What to do about it.
        advice: &'static str,
        /// The part of the question to change: `from` or `as_of`.
        part: &'static str,
    },
    /// The position asked for does not exist yet.
    #[error("position {asked} does not exist yet; the log ends at {head}")]
    BeyondHead {
        /// What was asked for.
        asked: Position,
        /// The newest there is.
        head: Position,
    },
    /// The read models did not get there in time.
    #[error("the read models are at position {at}, not yet at {asked}, after {} ms; ask again", .waited.as_millis())]
    NotYet {
        /// What was asked for.
        asked: Position,
        /// How far the slowest is.
        at: Position,
        /// How long was waited.
        waited: Duration,
    },
    /// The runtime is shutting down, or stopped after an error.
    #[error("the read models stopped: {0}")]
    Stopped(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log failed.
    #[error(transparent)]
    Log(#[from] LogError),
    /// An event in the log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}
