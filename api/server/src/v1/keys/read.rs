//! Reading keys: everything but the keys themselves.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{StreamKind, WorkspaceId};

use super::KeyView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::listing::{List, PageQuery};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/workspaces/{id}/keys`
pub(crate) struct ListKeys;

impl Endpoint for ListKeys {
    const DECLARATION: Declaration =
        Declaration::get("/v1/workspaces/{id}/keys", "list_keys", "List API keys")
            .describing("In the order in which they were made, revoked ones among them.")
            .group("Workspaces")
            .access(Access::AdministratorOrKey(Scope::Manage))
            .answers(StatusCode::OK, "A page of keys.")
            .fails_with(&[Code::InvalidPage])
            .from_read_models();
    type Path = ById;
    type Query = PageQuery;
    type Body = NoParameters;
    type Ok = Json<List<KeyView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let workspace = call.in_workspace(WorkspaceId(call.path.id))?.workspace;
        let page = call.query.clone();
        let list = call
            .blocking(move |app| {
                settings::list(app, workspace, StreamKind::ApiKey, &page, |id| {
                    KeyView::load(app, workspace, id)
                })
            })
            .await?;
        Reply::json(&list)
    }
}
