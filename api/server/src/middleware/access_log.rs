//! One line and one figure for each request. Holds the template of the route, never the path, the
//! query, a body or an address: those can be personal.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use uuid::Uuid;

use super::RequestId;
use crate::app::App;
use crate::problem::Code;

/// Counts and logs.
pub(super) async fn record(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id = request.extensions().get::<RequestId>().map_or_else(Uuid::nil, |id| id.0);
    let _in_flight = app.in_flight().enter();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let status = response.status().as_u16();
    let code = response.extensions().get::<Code>().map(|code| code.as_str());
    let seconds = started.elapsed().as_secs_f64();
    tracing::info!(
        target: "convolog::access",
        request = %id, method, route, status, code, milliseconds = seconds * 1_000.0,
        "request"
    );
    metrics::counter!(
        "convolog_http_requests_total",
        "method" => method, "route" => route.to_owned(), "status" => status.to_string()
    )
    .increment(1);
    metrics::histogram!("convolog_http_request_seconds", "route" => route.to_owned())
        .record(seconds);
    response
}

/// The method, if it is one of those in use: anything else is one label, however it is spelt.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
