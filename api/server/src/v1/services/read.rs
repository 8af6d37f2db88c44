//! Reading services.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::wire::ServiceView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/services`
pub(crate) struct ListServices;
/// `GET /v1/services/{id}`
pub(crate) struct ShowService;

impl Read for ListServices {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/services",
        "list_services",
        "List services",
    )
    .describing(
        "In the order in which they were made, those that cannot be booked any more among them.",
    )
    .group("Appointments")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of services.")
    .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<ServiceView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::list(&call.app, call.workspace(), &call.paging)
    }
}

impl Read for ShowService {
    const DECLARATION: Declaration =
        Declaration::get("/v1/services/{id}", "show_service", "Show a service")
            .group("Appointments")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The service.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = ServiceView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}
