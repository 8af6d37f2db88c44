//! The last net: a panic in a handler is an answer with a request id, not a cut connection.

use std::panic::AssertUnwindSafe;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use uuid::Uuid;

use super::RequestId;
use crate::problem::{Code, Problem};

/// Answers 500 where a handler panics. The panic itself was printed by the hook of the process.
pub(super) async fn catch(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(Uuid::nil, |id| id.0);
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    answered.unwrap_or_else(|_| {
        tracing::error!(request = %id, "a handler panicked");
        let detail = "Something went wrong inside; the server's log says what.";
        Problem::new(Code::Internal, detail).answer(id)
    })
}
