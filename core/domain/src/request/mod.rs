//! Requests with an idempotency key: what was asked and what was answered.

mod complete_request;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::refusal::Refusal;

pub use complete_request::CompleteRequest;

/// A request was carried out in the commit that holds this event. Sealed: the answer, its secrets
/// masked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RequestCompleted {
    /// Keyed hash of method, path and body: another body under the same key is refused.
    pub fingerprint: Hash32,
    /// The status of the answer.
    pub status: u16,
}

events! {
    /// What happened to a request.
    Request {
        1 "request_completed" @1 RequestCompleted(RequestCompleted) seals [Response]
            by [complete_request::CompleteRequest],
    }
}

/// What the history of a request amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What was asked and answered; none before it was carried out.
    pub completed: Option<RequestCompleted>,
}

impl State {
    /// The status of the answer that the same request got before, if it was carried out before.
    ///
    /// # Errors
    /// If the idempotency key was used with another method, path or body.
    pub fn earlier_answer(&self, fingerprint: Hash32) -> Result<Option<u16>, Refusal> {
        match &self.completed {
            None => Ok(None),
            Some(completed) if completed.fingerprint == fingerprint => Ok(Some(completed.status)),
            Some(_) => Err(Refusal::field(
                "Idempotency-Key",
                "this key was used with another request; use a new key for each request",
            )),
        }
    }
}

/// A request that carried an idempotency key.
#[derive(Clone, Copy, Debug)]
pub struct Request;

impl Aggregate for Request {
    const KIND: StreamKind = StreamKind::Request;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        let Event::RequestCompleted(completed) = event;
        // The first answer is the answer.
        state.completed.get_or_insert_with(|| completed.clone());
    }
}
