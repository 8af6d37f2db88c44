//! What an erasure would destroy, and what can be certified of one that was carried out.

use axum::http::StatusCode;
use convolog_domain::ContactId;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;
use convolog_replay::erasure::{Certificate, ErasureError, Preview};

use crate::endpoint::{Access, Call, Declaration, NoParameters, RateClass, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/contacts/{id}/erasure-preview`
pub(crate) struct PreviewErasure;
/// `GET /v1/contacts/{id}/erasure`
pub(crate) struct ShowErasure;

impl Read for PreviewErasure {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/contacts/{id}/erasure-preview",
        "preview_erasure",
        "Show what an erasure would destroy",
    )
    .describing("Looks through every event of the workspace and lists every place that holds something of this person: streams, kept answers, blobs, the vault, read models, the search index. Changes nothing.")
    .group("Contacts")
    .access(Access::Key(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "Place by place.")
    .from_search();
    type Path = ById;
    type Query = NoParameters;
    type Shown = Preview;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let contact = ContactId(call.path.id);
        let (engine, search) = (call.app.engine(), call.app.search());
        let preview = Preview::of(engine, Some(search), call.workspace(), contact)?;
        preview.ok_or_else(|| Problem::not_found("contact"))
    }
}

impl Read for ShowErasure {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/contacts/{id}/erasure",
        "show_erasure",
        "Show the certificate of an erasure",
    )
    .describing("What the erasure answered, again, and what was done since: `indexes_rewritten_at` says when the search indexes held nothing any more.")
    .group("Contacts")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The certificate.")
    .from_search();
    type Path = ById;
    type Query = NoParameters;
    type Shown = Certificate;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let contact = ContactId(call.path.id);
        let (engine, search) = (call.app.engine(), call.app.search());
        let found = Certificate::find(engine, Some(search), call.workspace(), contact)?;
        found.ok_or_else(|| Problem::not_found("contact whose data was erased"))
    }
}

impl From<ErasureError> for Problem {
    fn from(error: ErasureError) -> Self {
        match error {
            ErasureError::Engine(error) => error.into(),
            ErasureError::Log(error) => error.into(),
            ErasureError::Read(error) => error.into(),
            ErasureError::Search(error) => error.into(),
        }
    }
}
