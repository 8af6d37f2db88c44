//! Reading documents, now or as they were.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{AgentId, DocumentId};
use convolog_projections::documents::DocumentQuery;
use convolog_projections::view::{DocumentSummary, DocumentView, Reader};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/knowledge`
pub(crate) struct ListDocuments;

/// Which documents.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those that this agent may answer from: its own and those for every agent.
    agent_id: Option<Uuid>,
    /// How they are sorted; the newest first if not given.
    order: Option<Order>,
}

/// How documents are sorted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DocumentOrder")]
enum Order {
    /// The one added last first.
    Newest,
    /// The one added first first.
    Oldest,
}

impl Read for ListDocuments {
    const DECLARATION: Declaration =
        Declaration::list("/v1/knowledge", "list_documents", "List documents")
            .describing("By creation, without their text.")
            .group("Knowledge")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of documents.")
            .from_read_models()
            .as_of_with(&["agent_id", "order"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<DocumentSummary>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let query = DocumentQuery {
            agent: call.query.agent_id.map(AgentId),
            newest_first: !matches!(call.query.order, Some(Order::Oldest)),
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..DocumentQuery::of(call.workspace())
        };
        Ok(view.documents(&query)?.into())
    }
}

/// `GET /v1/knowledge/{id}`
pub(crate) struct ShowDocument;

impl Read for ShowDocument {
    const DECLARATION: Declaration =
        Declaration::get("/v1/knowledge/{id}", "show_document", "Show a document")
            .describing("The version that stands for it, with its text and how that is cut.")
            .group("Knowledge")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The document.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = DocumentView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.document(call.workspace(), DocumentId(call.path.id))?;
        found.ok_or_else(|| Problem::not_found("document"))
    }
}

/// `GET /v1/knowledge/{id}/versions`
pub(crate) struct ListVersions;

impl Read for ListVersions {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/knowledge/{id}/versions",
        "list_document_versions",
        "List the versions of a document",
    )
    .describing("The newest first, each as it was recorded. Those of a document that was removed are history, and stay.")
    .group("Knowledge")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of versions.")
    .from_read_models()
    .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<DocumentView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, id) = (call.workspace(), DocumentId(call.path.id));
        if view.rows().document(workspace, id)?.is_none() {
            return Err(Problem::not_found("document"));
        }
        let token = call.paging.token.as_deref();
        Ok(view.document_versions(workspace, id, token, call.paging.limit)?.into())
    }
}
