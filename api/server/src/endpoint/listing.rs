//! Lists: `{"data": […], "next_page": token | null}`, `?page=&limit=`. A declaration that is
//! [`paged`](super::Declaration::list) gets the two parameters, their checks and documentation.

use convolog_projections::page::{DEFAULT_LIMIT, MAX_LIMIT, Page};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The parameters that a paged declaration adds to the query.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub(super) struct PageQuery {
    /// The `next_page` of the page before.
    page: Option<String>,
    /// How many items at most; 50 if not given.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
}

/// The names of those parameters.
pub(super) const PAGING: [&str; 2] = ["page", "limit"];

/// Which page of a list is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paging {
    /// The `next_page` of the page before; none for the first.
    pub token: Option<String>,
    /// How many items at most.
    pub limit: usize,
}

impl Default for Paging {
    fn default() -> Self {
        Self { token: None, limit: DEFAULT_LIMIT }
    }
}

impl Paging {
    /// Takes the parameters of paging out of the checked values of a query.
    pub(super) fn take(values: &mut Map<String, Value>) -> Result<Self, serde_json::Error> {
        let own = PAGING.iter().filter_map(|name| values.shift_remove_entry(*name)).collect();
        let PageQuery { page, limit } = serde_json::from_value(Value::Object(own))?;
        Ok(Self { token: page, limit: limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT) })
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub struct List<T> {
    /// The items.
    pub data: Vec<T>,
    /// Give it back as `page` for the next page; null on the last one.
    pub next_page: Option<String>,
}

impl<T> List<T> {
    /// All there is, on one page.
    pub const fn whole(data: Vec<T>) -> Self {
        Self { data, next_page: None }
    }
}

impl<T> From<Page<T>> for List<T> {
    fn from(page: Page<T>) -> Self {
        Self { data: page.items, next_page: page.next }
    }
}
