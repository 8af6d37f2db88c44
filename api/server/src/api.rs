//! All endpoints together: the router and the document, from the same list.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{MethodFilter, on};
use bytes::Bytes;
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::endpoint::{Collector, Definitions, Endpoint, Method, Route, dispatch};
use crate::middleware::{self, RequestId};
use crate::openapi;
use crate::problem::{Code, Problem, ProblemBody};

/// A list of endpoints in the making.
pub struct ApiBuilder {
    collector: Collector,
    routes: Vec<Route>,
}

impl ApiBuilder {
    /// Adds an endpoint.
    #[must_use]
    pub fn endpoint<E: Endpoint>(mut self) -> Self {
        self.routes.push(Route::new::<E>(&mut self.collector));
        self
    }

    /// The finished list.
    pub fn build(mut self) -> Api {
        let _ = self.collector.answer::<ProblemBody>();
        let (requests, definitions) = self.collector.finish();
        let requests = Arc::new(requests);
        let routes: Vec<Route> =
            self.routes.into_iter().map(|route| route.with_definitions(&requests)).collect();
        let document = openapi::document(&routes, &definitions);
        let written = Bytes::from(serde_json::to_vec_pretty(&document).unwrap_or_default());
        let page = Bytes::from(openapi::reference_page(&document));
        Api {
            routes: routes.into_iter().map(Arc::new).collect(),
            definitions,
            document,
            written,
            page,
            errors: openapi::errors_page().into(),
        }
    }
}

/// Every endpoint, and what is made from their declarations.
pub struct Api {
    routes: Vec<Arc<Route>>,
    definitions: Definitions,
    document: Value,
    written: Bytes,
    page: Bytes,
    errors: Bytes,
}

impl Api {
    /// A list to which endpoints are added.
    pub fn builder() -> ApiBuilder {
        ApiBuilder { collector: Collector::default(), routes: Vec::new() }
    }

    /// The endpoints of this server. Put together once: schemas and documents take a while.
    pub fn native() -> Arc<Self> {
        static NATIVE: LazyLock<Arc<Api>> = LazyLock::new(|| Arc::new(crate::routes::native()));
        Arc::clone(&NATIVE)
    }

    /// Every endpoint.
    pub fn routes(&self) -> &[Arc<Route>] {
        &self.routes
    }

    /// Every named schema.
    pub const fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// The OpenAPI document.
    pub const fn document(&self) -> &Value {
        &self.document
    }

    /// The OpenAPI document as bytes.
    pub fn document_bytes(&self) -> Bytes {
        self.written.clone()
    }

    /// The reference as a page.
    pub fn reference_page(&self) -> Bytes {
        self.page.clone()
    }

    /// The errors as a page.
    pub fn errors_page(&self) -> Bytes {
        self.errors.clone()
    }
}

/// The router of all endpoints over this server.
pub(crate) fn router(app: &App) -> Router {
    let mut router = Router::new();
    for route in app.api().routes() {
        let filter = match route.declaration.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Patch => MethodFilter::PATCH,
            Method::Delete => MethodFilter::DELETE,
        };
        let (app, route) = (app.clone(), Arc::clone(route));
        let path = route.declaration.path;
        let handler = move |request: Request| dispatch(app.clone(), Arc::clone(&route), request);
        router = router.route(path, on(filter, handler));
    }
    // Whoever opens the address that the server prints finds the documentation.
    router = router.route("/", axum::routing::get(|| async { Redirect::to("/docs") }));
    let router = router.fallback(nothing_here).method_not_allowed_fallback(other_method);
    middleware::wrap(router, app)
}

fn request_id(request: &Request) -> Uuid {
    request.extensions().get::<RequestId>().map_or_else(Uuid::nil, |id| id.0)
}

async fn nothing_here(request: Request) -> axum::response::Response {
    Problem::plain(Code::NoSuchEndpoint).answer(request_id(&request))
}

async fn other_method(request: Request) -> axum::response::Response {
    debug_assert_eq!(Code::MethodNotAllowed.status(), StatusCode::METHOD_NOT_ALLOWED);
    Problem::plain(Code::MethodNotAllowed).answer(request_id(&request))
}
