//! The read models: how far they are, what they stopped following, and rebuilding them.

mod rebuild;
mod show;

pub(crate) use rebuild::RebuildProjection;
pub(crate) use show::ShowProjection;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::ModelStatus;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/projections`
pub(crate) struct ListProjections;

/// How the read models are doing.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Projections {
    /// One entry a read model.
    data: Vec<ModelStatus>,
    /// Always null: they fit on one page.
    next_page: Option<String>,
}

impl Endpoint for ListProjections {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/projections",
        "list_projections",
        "Show how the read models are doing",
    )
    .describing("Position, lag, parked streams and the progress of a rebuild of each read model.")
    .group("Operations")
    .access(Access::AdministratorOrKey(Scope::Read))
    .answers(StatusCode::OK, "Every read model.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Projections>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let data = call.blocking(|app| Ok(app.models().status())).await?;
        Reply::json(&Projections { data, next_page: None })
    }
}

/// A read model, in a path.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByName {
    /// Which read model.
    name: String,
}

/// That there is no such read model, with those that there are.
fn no_such_model() -> Problem {
    Problem::new(Code::NotFound, "There is no such read model.")
        .at("name")
        .allowing(convolog_projections::names())
}
