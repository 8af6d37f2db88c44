//! Reading groups of templates.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::GroupView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Code, Outcome};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/template-groups`
pub(crate) struct ListGroups;
/// `GET /v1/template-groups/{id}`
pub(crate) struct ShowGroup;

impl Read for ListGroups {
    const DECLARATION: Declaration =
        Declaration::list("/v1/template-groups", "list_template_groups", "List template groups")
            .describing("In the order in which they were made. A page may be shorter than its limit, because deleted ones are left out.")
            .group("Templates")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of groups.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<GroupView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (app, workspace) = (&call.app, call.workspace());
        let page = settings::ids(app, workspace, StreamKind::TemplateGroup, &call.paging)?;
        let mut list = List { data: Vec::new(), next_page: page.next };
        for id in page.items {
            match settings::show(app, workspace, id) {
                Ok(group) => list.data.push(group),
                Err(problem) if problem.code() == Code::NotFound => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(list)
    }
}

impl Read for ShowGroup {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/template-groups/{id}",
        "show_template_group",
        "Show a template group",
    )
    .group("Templates")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The group.")
    .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = GroupView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}
