//! All endpoints together: the router and the documents, from the same lists.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Request;
use axum::http::header;
use axum::response::Redirect;
use axum::routing::{MethodFilter, get, on};
use bytes::Bytes;
use serde_json::Value;

use crate::app::App;
use crate::endpoint::{Collector, Definitions, Endpoint, Method, Route, dispatch, refuse};
use crate::middleware;
use crate::openapi;
use crate::problem::Code;
use crate::surfaces::{NATIVE, SURFACES, Surface};

/// A list of endpoints in the making.
pub struct ApiBuilder {
    surface: &'static Surface,
    collector: Collector,
    routes: Vec<Route>,
}

impl ApiBuilder {
    /// Adds an endpoint.
    #[must_use]
    pub fn endpoint<E: Endpoint>(mut self) -> Self {
        self.routes.push(Route::new::<E>(self.surface, &mut self.collector));
        self
    }

    /// The finished list.
    pub fn build(mut self) -> Api {
        let refusal = self.collector.refusal(self.surface);
        let (requests, definitions) = self.collector.finish();
        let requests = Arc::new(requests);
        let routes: Vec<Route> =
            self.routes.into_iter().map(|route| route.with_definitions(&requests)).collect();
        let document = openapi::document(self.surface, &routes, &definitions, &refusal);
        let written = Bytes::from(serde_json::to_vec_pretty(&document).unwrap_or_default());
        let page = Bytes::from(openapi::reference_page(self.surface, &document));
        let collection = openapi::collection(self.surface, &routes);
        let collected = Bytes::from(serde_json::to_vec_pretty(&collection).unwrap_or_default());
        Api {
            surface: self.surface,
            routes: routes.into_iter().map(Arc::new).collect(),
            definitions,
            document,
            written,
            collection,
            collected,
            page,
            errors: openapi::errors_page().into(),
        }
    }
}

/// Every endpoint of a surface, and what is made from their declarations.
pub struct Api {
    surface: &'static Surface,
    routes: Vec<Arc<Route>>,
    definitions: Definitions,
    document: Value,
    written: Bytes,
    collection: Value,
    collected: Bytes,
    page: Bytes,
    errors: Bytes,
}

impl Api {
    /// A list to which endpoints of a surface are added.
    pub fn builder(surface: &'static Surface) -> ApiBuilder {
        ApiBuilder { surface, collector: Collector::default(), routes: Vec::new() }
    }

    /// Every surface. Put together once: schemas and documents take a while.
    pub fn all() -> &'static [Arc<Self>] {
        static ALL: LazyLock<Vec<Arc<Api>>> = LazyLock::new(|| {
            let build = |surface: &'static Surface| {
                Arc::new((surface.endpoints)(Api::builder(surface)).build())
            };
            SURFACES.into_iter().map(build).collect()
        });
        &ALL
    }

    /// The native API.
    pub fn native() -> Arc<Self> {
        Self::of(&NATIVE)
    }

    /// A surface.
    pub fn of(surface: &'static Surface) -> Arc<Self> {
        let found = Self::all().iter().find(|api| api.surface.name == surface.name);
        let built = || Arc::new((surface.endpoints)(Self::builder(surface)).build());
        found.map_or_else(built, Arc::clone)
    }

    /// Which surface this is.
    pub const fn surface(&self) -> &'static Surface {
        self.surface
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

    /// The Postman collection.
    pub const fn collection(&self) -> &Value {
        &self.collection
    }

    /// The Postman collection as bytes.
    pub fn collection_bytes(&self) -> Bytes {
        self.collected.clone()
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

/// The router of all surfaces over this server.
pub(crate) fn router(app: &App) -> Router {
    let mut router = Router::new();
    for route in Api::all().iter().flat_map(|api| api.routes()) {
        let filter = match route.declaration.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Patch => MethodFilter::PATCH,
            Method::Delete => MethodFilter::DELETE,
        };
        let (app, route) = (app.clone(), Arc::clone(route));
        let path = route.path();
        let handler = move |request: Request| dispatch(app.clone(), Arc::clone(&route), request);
        router = router.route(&path, on(filter, handler));
    }
    for api in Api::all().iter().filter(|api| !api.surface.is_native) {
        router = documented(router, api);
    }
    // Whoever opens the address that the server prints finds the documentation.
    router = router.route("/", get(|| async { Redirect::to("/docs") }));
    let (nowhere, otherwise) = (app.clone(), app.clone());
    let router = router
        .fallback(async move |request: Request| refuse(&nowhere, &request, Code::NoSuchEndpoint))
        .method_not_allowed_fallback(async move |request: Request| {
            refuse(&otherwise, &request, Code::MethodNotAllowed)
        });
    middleware::wrap(router, app)
}

/// The document of a dialect, its Postman collection and the page made from it.
fn documented(router: Router, api: &Arc<Api>) -> Router {
    let (document, page) = (api.document_bytes(), api.reference_page());
    let collection = api.collection_bytes();
    let json = [(header::CONTENT_TYPE, "application/json")];
    let also_json = json.clone();
    let html = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, openapi::content_security_policy()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    let prefix = api.surface.prefix;
    router
        .route(&format!("{prefix}/openapi.json"), get(|| async move { (json, document) }))
        .route(&format!("{prefix}/postman.json"), get(|| async move { (also_json, collection) }))
        .route(&format!("{prefix}/docs"), get(|| async move { (html, page) }))
}
