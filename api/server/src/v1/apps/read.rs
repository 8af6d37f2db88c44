//! Reading apps.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::AppView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/apps`
pub(crate) struct ListApps;

impl Read for ListApps {
    const DECLARATION: Declaration = Declaration::list("/v1/apps", "list_apps", "List apps")
        .describing("In the order in which they were registered.")
        .group("Channels")
        .access(Access::Key(Scope::Manage))
        .answers(StatusCode::OK, "A page of apps.")
        .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<AppView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::list(&call.app, call.workspace(), &call.paging)
    }
}

/// `GET /v1/apps/{id}`
pub(crate) struct ShowApp;

impl Read for ShowApp {
    const DECLARATION: Declaration = Declaration::get("/v1/apps/{id}", "show_app", "Show an app")
        .group("Channels")
        .access(Access::Key(Scope::Manage))
        .answers(StatusCode::OK, "The app.")
        .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = AppView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}
