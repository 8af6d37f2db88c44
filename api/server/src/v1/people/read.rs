//! Reading people.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::PersonView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/people`
pub(crate) struct ListPeople;

impl Read for ListPeople {
    const DECLARATION: Declaration = Declaration::list("/v1/people", "list_people", "List people")
        .describing("In the order in which they were added, those who left among them.")
        .group("People")
        .access(Access::Key(Scope::Read))
        .answers(StatusCode::OK, "A page of people.")
        .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<PersonView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::list(&call.app, call.workspace(), &call.paging)
    }
}

/// `GET /v1/people/{id}`
pub(crate) struct ShowPerson;

impl Read for ShowPerson {
    const DECLARATION: Declaration =
        Declaration::get("/v1/people/{id}", "show_person", "Show a person")
            .group("People")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The person.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = PersonView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}
