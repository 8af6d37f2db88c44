//! Rebuilding a read model.

use axum::http::StatusCode;
use convolog_projections::QueryError;
use schemars::JsonSchema;
use serde::Serialize;

use super::{ByName, no_such_model};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Reply};
use crate::problem::{Code, Outcome};

/// `POST /v1/projections/{name}/rebuild`
pub(crate) struct RebuildProjection;

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
            Err(QueryError::NoSuchModel { .. }) => return Err(no_such_model()),
            Err(error) => return Err(error.into()),
        }
        Reply::json(&RebuildBegun { name, status: "rebuilding" })
    }
}
