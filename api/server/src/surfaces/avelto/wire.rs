//! What Avelto's endpoints share: times, ids in paths, lists without an envelope.

use axum::http::{HeaderName, HeaderValue, header};
use convolog_log::Timestamp;
use convolog_projections::view::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Call, Endpoint, Json, Reply};
use crate::problem::Outcome;

/// How many there are altogether.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Something, in a path.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ById {
    /// Which one.
    pub(super) id: Uuid,
}

/// A time in UTC, with milliseconds.
pub(super) fn time(at: Timestamp) -> String {
    let known = jiff::Timestamp::from_microsecond(at.0);
    known.map(|at| format!("{at:.3}")).unwrap_or_default()
}

/// The same, of a time that people read.
pub(super) fn shown(at: Time) -> String {
    time(at.timestamp())
}

/// A page of a list: nothing but the items; where the next page is and how many there are stand beside
/// it.
pub(super) fn bare<E: Endpoint, T: Serialize>(
    call: &Call<E>,
    items: &Vec<T>,
    next: Option<&str>,
    total: u64,
) -> Outcome<Reply<Json<Vec<T>>>> {
    let reply = Reply::json(items)?.with(TOTAL, HeaderValue::from(total));
    let link = next.map(|token| format!("<{}>; rel=\"next\"", call.facts.next_page(token)));
    Ok(match link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        Some(link) => reply.with(header::LINK, link),
        None => reply,
    })
}
