//! Removing a document.

use axum::http::StatusCode;
use convolog_domain::DocumentId;
use convolog_domain::api_key::Scope;

use crate::endpoint::{Access, Call, Declaration, Endpoint, NoParameters, Nothing, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `DELETE /v1/knowledge/{id}`
pub(crate) struct RemoveDocument;

impl Endpoint for RemoveDocument {
    const DECLARATION: Declaration =
        Declaration::delete("/v1/knowledge/{id}", "remove_document", "Remove a document")
            .describing("It is not searched any more. Its versions stay in history; files that they were read from cannot be opened any more.")
            .group("Knowledge")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::NO_CONTENT, "It is removed.")
            .fails_with(&[Code::SandboxKey]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let (engine, caller) = (call.app.engine(), call.caller());
        let done = engine.remove_document(&caller, DocumentId(call.path.id)).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
