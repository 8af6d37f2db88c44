//! Reading connections to models.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{ModelConnectionId, StreamKind};
use convolog_projections::view::Reader;

use super::{ConnectionView, Used};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, List, NoParameters, Read, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::settings;
use crate::v1::wire::ById;

/// Costs are counted in millionths of the smallest unit.
const MILLIONTHS: u64 = 1_000_000;

/// `GET /v1/model-connections`
pub(crate) struct ListModelConnections;
/// `GET /v1/model-connections/{id}`
pub(crate) struct ShowModelConnection;

impl Read for ListModelConnections {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/model-connections",
        "list_model_connections",
        "List connections to models",
    )
    .describing("In the order in which they were added. A page may be shorter than its limit, because removed ones are left out.")
    .group("Agents")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of connections.")
    .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<ConnectionView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (app, workspace) = (&call.app, call.workspace());
        let page = settings::ids(app, workspace, StreamKind::ModelConnection, &call.paging)?;
        let mut list = List { data: Vec::new(), next_page: page.next };
        for id in page.items {
            match settings::show(app, workspace, id) {
                Ok(connection) => list.data.push(connection),
                Err(problem) if problem.code() == Code::NotFound => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(list)
    }
}

impl Endpoint for ShowModelConnection {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/model-connections/{id}",
        "show_model_connection",
        "Show a connection to a model",
    )
    .describing("With what was used of it in this calendar month (UTC), counted from the events.")
    .group("Agents")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The connection.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ConnectionView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (call.path.id, call.workspace());
        let view: ConnectionView = settings::show(&call.app, workspace, id)?;
        let engine = call.app.engine();
        let (tokens, cost) = engine.used_of_model(workspace, ModelConnectionId(id)).await?;
        let used = Used { tokens, cost: cost / MILLIONTHS };
        Reply::json(&ConnectionView { used_this_month: Some(used), ..view })
    }
}
