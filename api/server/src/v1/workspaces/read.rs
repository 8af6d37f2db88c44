//! Reading workspaces.

use convolog_domain::WorkspaceId;
use convolog_domain::api_key::Scope;
use convolog_domain::installation::Installation;
use convolog_domain::workspace::Workspace;
use uuid::Uuid;

use super::WorkspaceView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::listing::{List, PageQuery};
use crate::v1::wire::ById;

/// `GET /v1/workspaces`
pub(crate) struct ListWorkspaces;

impl Endpoint for ListWorkspaces {
    const DECLARATION: Declaration =
        Declaration::get("/v1/workspaces", "list_workspaces", "List workspaces")
            .describing("Every workspace of the installation, ordered by id.")
            .group("Workspaces")
            .access(Access::Administrator)
            .answers(axum::http::StatusCode::OK, "A page of workspaces.")
            .fails_with(&[Code::InvalidPage])
            .tagged();
    type Path = NoParameters;
    type Query = PageQuery;
    type Body = NoParameters;
    type Ok = Json<List<WorkspaceView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let after = call.query.page.as_deref().map(page).transpose()?;
        let limit = call.query.limit();
        let list = call
            .blocking(move |app| {
                let directory =
                    app.engine().load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?;
                let mut ids =
                    directory.state.workspaces.iter().copied().filter(|id| Some(*id) > after);
                let mut data = Vec::new();
                let mut last = None;
                while data.len() < limit {
                    let Some(id) = ids.next() else { break };
                    last = Some(id);
                    // A workspace whose set-up was cut short is in the directory only.
                    if app.engine().load::<Workspace>(id, id.0)?.version > 0 {
                        data.push(WorkspaceView::load(app, id)?);
                    }
                }
                let more = ids.next().is_some();
                Ok(List { data, next_page: last.filter(|_| more).map(|id| id.to_string()) })
            })
            .await?;
        Reply::json(&list)
    }
}

fn page(token: &str) -> Outcome<WorkspaceId> {
    token.parse().map_err(|_| Problem::plain(Code::InvalidPage).at("page"))
}

/// `GET /v1/workspaces/{id}`
pub(crate) struct ShowWorkspace;

impl Endpoint for ShowWorkspace {
    const DECLARATION: Declaration =
        Declaration::get("/v1/workspaces/{id}", "show_workspace", "Show a workspace")
            .group("Workspaces")
            .access(Access::AdministratorOrKey(Scope::Read))
            .answers(axum::http::StatusCode::OK, "The workspace.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<WorkspaceView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = WorkspaceId(call.path.id);
        let session = call.session.within(id, true)?;
        let view = call.blocking(move |app| WorkspaceView::load(app, session.workspace)).await?;
        Reply::json(&view)
    }
}
