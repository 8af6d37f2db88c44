//! The read models: how far they are, what they stopped following, and rebuilding them.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::{ModelStatus, QueryError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Reply};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/projections`
pub(crate) struct ListProjections;
/// `POST /v1/projections/{name}/rebuild`
pub(crate) struct RebuildProjection;

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

/// A rebuild that began.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RebuildBegun {
    /// Which read model.
    name: String,
    /// Always `rebuilding`.
    status: &'static str,
}

impl Endpoint for RebuildProjection {
    const DECLARATION: Declaration =
        Declaration::post("/v1/projections/{name}/rebuild", "rebuild_projection", "Rebuild a read model")
            .describing("Beside the live one, which serves until the new one has caught up. Asking again while it goes on changes nothing.")
            .group("Operations")
            .access(Access::Administrator)
            .rate(RateClass::Heavy)
            .answers(StatusCode::ACCEPTED, "It has begun.")
            .fails_with(&[Code::NotFound])
            .without_idempotency_key();
    type Path = ByName;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<RebuildBegun>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let name = call.path.name.clone();
        match call.app.models().rebuild(&name) {
            Ok(()) | Err(QueryError::Rebuilding { .. }) => {}
            Err(QueryError::NoSuchModel { .. }) => {
                return Err(Problem::new(Code::NotFound, "There is no such read model.")
                    .at("name")
                    .allowing(convolog_projections::names()));
            }
            Err(error) => return Err(error.into()),
        }
        Reply::json(&RebuildBegun { name, status: "rebuilding" })
    }
}
