//! What every request passes: its id, the access log, the figures, the last net under a panic.

mod access_log;
mod cors;
mod panic;
mod request_id;

use axum::Router;
use axum::http::{HeaderName, header};
use tower_http::compression::CompressionLayer;
use tower_http::sensitive_headers::{
    SetSensitiveRequestHeadersLayer, SetSensitiveResponseHeadersLayer,
};

pub(crate) use request_id::RequestId;

use crate::app::App;

/// Wraps the router: the last layer named is the first that a request meets.
pub(crate) fn wrap(router: Router, app: &App) -> Router {
    let secret =
        [header::AUTHORIZATION, header::COOKIE, HeaderName::from_static("x-hub-signature-256")];
    let router = router.layer(axum::middleware::from_fn(panic::catch));
    let router = match cors::layer(&app.config().cors_origins) {
        Some(cors) => router.layer(cors),
        None => router,
    };
    router
        .layer(axum::middleware::from_fn_with_state(app.clone(), access_log::record))
        .layer(axum::middleware::from_fn(request_id::name))
        .layer(CompressionLayer::new())
        .layer(SetSensitiveRequestHeadersLayer::new(secret))
        .layer(SetSensitiveResponseHeadersLayer::new([header::SET_COOKIE]))
}
