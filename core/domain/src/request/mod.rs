//! Requests with an idempotency key: what was asked and what was answered.

use serde::{Deserialize, Serialize};

use crate::event::events;
use crate::hash::Hash32;

/// A request was carried out in the commit that holds this event. Sealed: the answer, its secrets
/// masked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RequestCompleted {
    /// Keyed hash of method, path and body: another body under the same key is refused.
    pub fingerprint: Hash32,
    /// The status of the answer.
    pub status: u16,
}

events! {
    /// What happened to a request.
    Request {
        1 "request_completed" @1 RequestCompleted(RequestCompleted),
    }
}
