//! Lists: `{"data": […], "next_page": token | null}`, `?page=&limit=`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most items on a page.
pub(crate) const LIMIT_MAX: usize = 200;
/// How many items a page has when nothing is asked.
pub(crate) const LIMIT_DEFAULT: usize = 50;

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    /// The `next_page` of the page before.
    pub(crate) page: Option<String>,
    /// How many items at most; 50 if not given.
    #[schemars(range(min = 1, max = 200))]
    pub(crate) limit: Option<usize>,
}

impl PageQuery {
    /// How many items at most.
    pub(crate) fn limit(&self) -> usize {
        limit(self.limit)
    }
}

/// How many items at most, if so many are asked for.
pub(crate) fn limit(asked: Option<usize>) -> usize {
    asked.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX)
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct List<T> {
    /// The items.
    pub(crate) data: Vec<T>,
    /// Give it back as `page` for the next page; null on the last one.
    pub(crate) next_page: Option<String>,
}
