//! Which web pages may call from a browser. Credentials are never allowed along: a page shows its key
//! in `Authorization` itself, so that no page can use what a browser keeps for another.

use std::time::Duration;

use axum::http::{HeaderName, Method, header};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use super::request_id::X_REQUEST_ID;
use crate::config::Origin;

/// How long a browser may remember what it was told.
const REMEMBERED: Duration = Duration::from_mins(10);

/// The layer for these origins; none if no page may call.
pub(super) fn layer(origins: &[Origin]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let named: Vec<_> = origins
        .iter()
        .filter_map(|origin| match origin {
            Origin::Only(origin) => Some(origin.clone()),
            Origin::Any => None,
        })
        .collect();
    let allowed: AllowOrigin =
        if origins.contains(&Origin::Any) { Any.into() } else { AllowOrigin::list(named) };
    let layer = CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(accepted())
        .expose_headers(exposed())
        .max_age(REMEMBERED);
    Some(layer)
}

/// What a page may send.
const fn accepted() -> [HeaderName; 9] {
    [
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        header::IF_NONE_MATCH,
        HeaderName::from_static("idempotency-key"),
        HeaderName::from_static("last-event-id"),
        HeaderName::from_static("convolog-workspace"),
        HeaderName::from_static("convolog-on-behalf-of"),
        HeaderName::from_static("x-original-name"),
        X_REQUEST_ID,
    ]
}

/// What a page may read, besides what every page may.
const fn exposed() -> [HeaderName; 11] {
    [
        HeaderName::from_static("convolog-position"),
        HeaderName::from_static("deprecation"),
        HeaderName::from_static("idempotency-replayed"),
        HeaderName::from_static("x-ratelimit-limit"),
        HeaderName::from_static("x-ratelimit-remaining"),
        HeaderName::from_static("x-ratelimit-reset"),
        HeaderName::from_static("x-total-count"),
        header::ETAG,
        header::LINK,
        header::RETRY_AFTER,
        X_REQUEST_ID,
    ]
}
