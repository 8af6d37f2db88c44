//! Searching messages by their text, contacts and leads by their names.

mod contacts;
mod leads;
mod messages;
mod paging;

pub(crate) use contacts::SearchContacts;
pub(crate) use leads::SearchLeads;
pub(crate) use messages::SearchMessages;
pub(crate) use paging::SearchPage;

use convolog_domain::WorkspaceId;
use convolog_search::NameSearch;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::problem::Outcome;

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
    /// The `next_page` of the page before.
    page: Option<String>,
}

impl Named {
    fn page(&self, workspace: WorkspaceId, search: &str) -> Outcome<SearchPage> {
        SearchPage::read((workspace, search, &self.q), self.page.as_deref(), self.limit)
    }

    fn search(&self, limit: usize) -> NameSearch {
        NameSearch { text: self.q.clone(), limit }
    }
}

/// What was found.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Found{T}")]
pub(crate) struct Found<T> {
    /// The best first.
    data: Vec<T>,
    /// Give it back as `page` for the next page; null on the last one. The best 200 are shown: beyond
    /// them a better question finds more than another page.
    next_page: Option<String>,
    /// What of the question was left out, or taken otherwise than it was written.
    left_out: Vec<String>,
}

impl<T> Found<T> {
    /// These, with what was left out.
    pub(crate) fn new(data: Vec<T>, next_page: Option<String>, left_out: &[&str]) -> Self {
        let left_out = left_out.iter().map(|what| (*what).to_owned()).collect();
        Self { data, next_page, left_out }
    }
}
