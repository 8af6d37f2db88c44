//! Reading workspaces.

use convolog_domain::WorkspaceId;
use convolog_domain::api_key::Scope;
use convolog_domain::installation::Installation;
use convolog_domain::workspace::Workspace;
use convolog_projections::view::Reader;
use uuid::Uuid;

use super::WorkspaceView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/workspaces`
pub(crate) struct ListWorkspaces;

impl Read for ListWorkspaces {
    const DECLARATION: Declaration =
        Declaration::list("/v1/workspaces", "list_workspaces", "List workspaces")
            .describing("Every workspace of the installation, ordered by id.")
            .group("Workspaces")
            .access(Access::Administrator)
            .answers(axum::http::StatusCode::OK, "A page of workspaces.")
            .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<WorkspaceView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let after = call.paging.token.as_deref().map(page).transpose()?;
        let engine = call.app.engine();
        let directory = engine.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?;
        let mut ids = directory.state.workspaces.iter().copied().filter(|id| Some(*id) > after);
        let mut data = Vec::new();
        let mut last = None;
        while data.len() < call.paging.limit {
            let Some(id) = ids.next() else { break };
            last = Some(id);
            // A workspace whose set-up was cut short is in the directory only.
            if engine.load::<Workspace>(id, id.0)?.version > 0 {
                data.push(WorkspaceView::load(&call.app, id)?);
            }
        }
        let more = ids.next().is_some();
        Ok(List { data, next_page: last.filter(|_| more).map(|id| id.to_string()) })
    }
}

fn page(token: &str) -> Outcome<WorkspaceId> {
    token.parse().map_err(|_| Problem::plain(Code::InvalidPage).at("page"))
}

/// `GET /v1/workspaces/{id}`
pub(crate) struct ShowWorkspace;

impl Read for ShowWorkspace {
    const DECLARATION: Declaration =
        Declaration::get("/v1/workspaces/{id}", "show_workspace", "Show a workspace")
            .group("Workspaces")
            .access(Access::AdministratorOrKey(Scope::Read))
            .answers(axum::http::StatusCode::OK, "The workspace.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = WorkspaceView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let session = call.session.within(WorkspaceId(call.path.id), true)?;
        WorkspaceView::load(&call.app, session.workspace)
    }
}
