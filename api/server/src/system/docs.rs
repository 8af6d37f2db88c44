//! The documentation: the OpenAPI document, the Postman collection and two pages made from the same
//! declarations.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::endpoint::{Call, Declaration, Html, Json, NoParameters, Read, Reply};
use crate::openapi::content_security_policy;
use crate::problem::Outcome;

/// `GET /openapi.json`
pub(crate) struct OpenApi;
/// `GET /postman.json`
pub(crate) struct Postman;
/// `GET /docs`
pub(crate) struct Reference;
/// `GET /docs/errors`
pub(crate) struct Errors;

/// An OpenAPI 3.1 document.
#[derive(Serialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
pub(crate) struct Document {
    /// The version of OpenAPI.
    openapi: String,
}

/// A Postman collection.
#[derive(Serialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
pub(crate) struct Collection {
    /// Its requests, in folders.
    item: Vec<Value>,
}

const fn declared(path: &'static str, name: &'static str, summary: &'static str) -> Declaration {
    Declaration::get(path, name, summary).group("Documentation").for_anybody()
}

impl Read for OpenApi {
    const DECLARATION: Declaration = declared("/openapi.json", "openapi", "The OpenAPI document")
        .answers(StatusCode::OK, "An OpenAPI 3.1 document.")
        .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Reply<Json<Document>>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        Ok(Reply::written(call.app.api().document_bytes()))
    }
}

impl Read for Postman {
    const DECLARATION: Declaration = declared("/postman.json", "postman", "The Postman collection")
        .answers(StatusCode::OK, "A Postman collection, version 2.1.")
        .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Reply<Json<Collection>>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        Ok(Reply::written(call.app.api().collection_bytes()))
    }
}

impl Read for Reference {
    const DECLARATION: Declaration = declared("/docs", "docs", "The reference of the API")
        .answers(StatusCode::OK, "A page that works without the internet.")
        .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Reply<Html>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Reply<Html>> {
        Ok(page(call.app.api().reference_page()))
    }
}

impl Read for Errors {
    const DECLARATION: Declaration = declared("/docs/errors", "docs_errors", "Every error code")
        .answers(StatusCode::OK, "A page that works without the internet.")
        .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Reply<Html>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Reply<Html>> {
        Ok(page(call.app.api().errors_page()))
    }
}

fn page(html: Bytes) -> Reply<Html> {
    let policy = HeaderValue::from_str(&content_security_policy());
    let policy = policy.unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
    Reply::html(html)
        .with(HeaderName::from_static("content-security-policy"), policy)
        .with(
            HeaderName::from_static("x-content-type-options"),
            HeaderValue::from_static("nosniff"),
        )
        .with(HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer"))
}
