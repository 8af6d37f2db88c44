//! Jobs that read files and sites: what became of them, and ending one early.

use axum::http::StatusCode;
use convolog_domain::ImportId;
use convolog_domain::api_key::Scope;
use convolog_domain::import as rules;
use convolog_projections::imports::ImportQuery;
use convolog_projections::view::{ImportPageView, ImportView, Reader};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, List, NoParameters, Read, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/knowledge/imports`
pub(crate) struct ListImports;
/// `GET /v1/knowledge/imports/{id}`
pub(crate) struct ShowImport;
/// `GET /v1/knowledge/imports/{id}/pages`
pub(crate) struct ListImportPages;
/// `POST /v1/knowledge/imports/{id}/cancel`
pub(crate) struct CancelImport;

/// A job that was asked for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ImportAsked {
    /// Names it: `GET /v1/knowledge/imports/{id}` tells how far it has come.
    id: Uuid,
    /// Where it stands: `pending`, or `failed` if it was cancelled.
    state: String,
}

/// What a job that was just asked for is answered.
pub(super) fn asked(id: ImportId) -> Value {
    json!({ "id": id, "state": rules::ImportStatus::Pending.name() })
}

impl Read for ListImports {
    const DECLARATION: Declaration =
        Declaration::list("/v1/knowledge/imports", "list_imports", "List imports")
            .describing("Jobs that read files and sites, the newest first.")
            .group("Knowledge")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of imports.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<ImportView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let query = ImportQuery {
            workspace: call.workspace(),
            page: call.paging.token.clone(),
            limit: call.paging.limit,
        };
        Ok(view.imports(&query)?.into())
    }
}

impl Read for ShowImport {
    const DECLARATION: Declaration =
        Declaration::get("/v1/knowledge/imports/{id}", "show_import", "Show an import")
            .describing("Where it stands: `pending`, `running`, `ready`, or `failed` with a reason (`broken`, `encrypted`, `too_large`, `too_slow`, `no_text`, `unreachable`, `private_address`, `excluded`, `no_page`, `sandbox`, `cancelled`, `lost`).")
            .group("Knowledge")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The import.")
            .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = ImportView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.import(call.workspace(), ImportId(call.path.id))?;
        found.ok_or_else(|| Problem::not_found("import"))
    }
}

impl Read for ListImportPages {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/knowledge/imports/{id}/pages",
        "list_import_pages",
        "List the pages of an import",
    )
    .describing("What became of each page of a site, or part of a file, in the order in which they were read.")
    .group("Knowledge")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of pages.")
    .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<ImportPageView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, id) = (call.workspace(), ImportId(call.path.id));
        if view.rows().models().imports()?.import(workspace, id)?.is_none() {
            return Err(Problem::not_found("import"));
        }
        let token = call.paging.token.as_deref();
        Ok(view.import_pages(workspace, id, token, call.paging.limit)?.into())
    }
}

impl Endpoint for CancelImport {
    const DECLARATION: Declaration =
        Declaration::post("/v1/knowledge/imports/{id}/cancel", "cancel_import", "Cancel an import")
            .describing("Nothing more is read, but for the page that is on its way. The documents that it made stay.")
            .group("Knowledge")
            .access(Access::Key(Scope::Write))
            .fails_with(&[Code::NotAllowedNow])
            .answers(StatusCode::OK, "The import, which failed with the reason `cancelled`.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ImportAsked>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = call.path.id;
        let state = rules::ImportStatus::Failed.name();
        let body = move |_: &[_]| json!({ "id": id, "state": state });
        let answered = call.execute(id, rules::CancelImport, 200, body).await?;
        Ok(Reply::answered(answered))
    }
}
