//! The last net: a panic in a handler is an answer with a request id, not a cut connection.

use std::panic::AssertUnwindSafe;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use uuid::Uuid;

use super::RequestId;
use crate::problem::{Code, Problem};
use crate::surfaces::Surface;

/// Answers 500 where a handler panics. The panic itself was printed by the hook of the process.
pub(super) async fn catch(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(Uuid::nil, |id| id.0);
    let surface = Surface::at(request.uri().path());
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    answered.unwrap_or_else(|_| {
        tracing::error!(request = %id, "a handler panicked");
        let detail = "Something went wrong inside; the server's log says what.";
        Problem::new(Code::Internal, detail).answer(surface, id)
    })
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_answer_that_tells_nothing_of_it() {
        async fn broken() -> &'static str {
            panic!("Ana's number")
        }
        let router = Router::new()
            .route("/", get(broken))
            .layer(axum::middleware::from_fn(catch))
            .layer(axum::middleware::from_fn(super::super::request_id::name));
        let request = Request::builder().uri("/").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("\"code\":\"internal\"") && body.contains(&id), "{body}");
        assert!(!body.contains("Ana"), "{body}");
    }
}
