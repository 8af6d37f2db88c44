//! Reading agents and their versions, now or as they stood.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::{AgentView, Stood, VersionView};
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Code, Outcome};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/agents`
pub(crate) struct ListAgents;
/// `GET /v1/agents/{id}`
pub(crate) struct ShowAgent;
/// `GET /v1/agents/{id}/versions`
pub(crate) struct ListAgentVersions;

impl Read for ListAgents {
    const DECLARATION: Declaration = Declaration::list("/v1/agents", "list_agents", "List agents")
        .describing("In the order in which they were made, archived ones among them.")
        .group("Agents")
        .access(Access::Key(Scope::Read))
        .answers(StatusCode::OK, "A page of agents.")
        .from_read_models()
        .as_of_with(&[]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<AgentView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (workspace, paging) = (call.workspace(), &call.paging);
        let page = settings::ids(&call.app, workspace, StreamKind::Agent, paging)?;
        let mut list = List { data: Vec::new(), next_page: page.next };
        for id in page.items {
            match Stood::load(&call.app, workspace, id, call.as_of) {
                Ok(stood) => list.data.push(stood.view(&call.app)?),
                // Made after that moment, and so was everything behind it.
                Err(problem) if problem.code() == Code::NotFound => {
                    list.next_page = None;
                    break;
                }
                Err(problem) => return Err(problem),
            }
        }
        Ok(list)
    }
}

impl Read for ShowAgent {
    const DECLARATION: Declaration =
        Declaration::get("/v1/agents/{id}", "show_agent", "Show an agent")
            .describing("With the settings and instructions of its newest version.")
            .group("Agents")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The agent.")
            .tagged()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = AgentView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        Stood::load(&call.app, call.workspace(), call.path.id, call.as_of)?.view(&call.app)
    }
}

impl Read for ListAgentVersions {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/agents/{id}/versions",
        "show_agent_versions",
        "Show the versions of an agent",
    )
    .describing("All of them, the newest first, each with its settings and instructions.")
    .group("Agents")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "Every version.")
    .tagged()
    .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<VersionView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let stood = Stood::load(&call.app, call.workspace(), call.path.id, call.as_of)?;
        Ok(List::whole(stood.versions(&call.app)))
    }
}
