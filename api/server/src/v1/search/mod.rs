//! Searching messages by their text, contacts and leads by their names.

mod contacts;
mod leads;
mod messages;

pub(crate) use contacts::SearchContacts;
pub(crate) use leads::SearchLeads;
pub(crate) use messages::SearchMessages;

use convolog_search::NameSearch;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many are shown when nothing is asked.
const LIMIT_DEFAULT: usize = 10;

/// The most that are shown.
const LIMIT_MAX: usize = 100;

/// How many at most.
pub(crate) fn limit(asked: Option<usize>) -> usize {
    asked.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX)
}

/// Whose name is looked for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    /// Words of the name, all of which are needed; each may be unfinished.
    #[schemars(length(min = 1, max = 500))]
    q: String,
    /// How many at most; 10 if not given.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
}

impl From<&Named> for NameSearch {
    fn from(wanted: &Named) -> Self {
        Self { text: wanted.q.clone(), limit: limit(wanted.limit) }
    }
}

/// What was found.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Found{T}")]
pub(crate) struct Found<T> {
    /// The best first.
    data: Vec<T>,
    /// Always null: a better question finds more than another page.
    next_page: Option<String>,
    /// What of the question was left out, or taken otherwise than it was written.
    left_out: Vec<String>,
}

impl<T> Found<T> {
    /// These, with what was left out.
    pub(crate) fn new(data: Vec<T>, left_out: &[&str]) -> Self {
        let left_out = left_out.iter().map(|what| (*what).to_owned()).collect();
        Self { data, next_page: None, left_out }
    }
}
