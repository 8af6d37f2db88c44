//! Reading keys: everything but the keys themselves.

use axum::http::StatusCode;
use convolog_domain::WorkspaceId;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::KeyView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/workspaces/{id}/keys`
pub(crate) struct ListKeys;

impl Read for ListKeys {
    const DECLARATION: Declaration =
        Declaration::list("/v1/workspaces/{id}/keys", "list_keys", "List API keys")
            .describing("In the order in which they were made, revoked ones among them.")
            .group("Workspaces")
            .access(Access::AdministratorOrKey(Scope::Manage))
            .answers(StatusCode::OK, "A page of keys.")
            .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<KeyView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let workspace = call.in_workspace(WorkspaceId(call.path.id))?.workspace;
        settings::list(&call.app, workspace, &call.paging)
    }
}
