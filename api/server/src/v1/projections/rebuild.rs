//! Rebuilding a read model.

use axum::http::StatusCode;
use convolog_projections::{QueryError, Swap};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Begun, ByName, Model, known};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Nothing, RateClass, Reply,
};
use crate::problem::{Code, Outcome};

/// `POST /v1/projections/{name}/rebuild`
pub(crate) struct RebuildProjection;

/// How.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct How {
    /// `auto`: it serves as soon as it has caught up. `manual`: it waits, complete, for
    /// `POST /v1/projections/{name}/swap`.
    #[serde(default)]
    #[schemars(schema_with = "swaps")]
    swap: Swap,
}

fn swaps(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": ["auto", "manual"], "default": "auto" })
}

impl Endpoint for RebuildProjection {
    const DECLARATION: Declaration =
        Declaration::post("/v1/projections/{name}/rebuild", "rebuild_projection", "Rebuild a read model")
            .describing("Beside the live one, which serves until the new one has caught up, and which is kept for a while then. What waited or was kept before goes. Asking again while a rebuild goes on changes nothing. The search index, which holds text, neither waits nor is kept.")
            .group("Operations")
            .access(Access::Administrator)
            .rate(RateClass::Heavy)
            .answers(StatusCode::ACCEPTED, "It has begun.")
            .fails_with(&[Code::NotFound, Code::NotAllowedNow])
            .keeps_its_answer_after();
    type Path = ByName;
    type Query = NoParameters;
    type Body = JsonBody<How>;
    type Ok = Json<Begun>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let name = call.path.name.clone();
        match Model::named(&call.app, &name).rebuild(call.body.0.swap) {
            Err(QueryError::Rebuilding { .. }) => {}
            begun => known(begun)?,
        }
        Reply::json(&Begun { name, status: "rebuilding" })
    }
}

/// `DELETE /v1/projections/{name}/rebuild`
pub(crate) struct CancelRebuild;

impl Endpoint for CancelRebuild {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/projections/{name}/rebuild",
        "cancel_rebuild",
        "Call a rebuild off",
    )
    .describing("Removes the generation beside the live one, whether it is being built, waits, is kept, or is about to be swapped in. The live one goes on to serve. A rebuild that is needed because the fold changed begins again with the next start.")
    .group("Operations")
    .access(Access::Administrator)
    .rate(RateClass::Heavy)
    .answers(StatusCode::NO_CONTENT, "There is only the live one.")
    .fails_with(&[Code::NotFound, Code::NotAllowedNow]);
    type Path = ByName;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let name = call.path.name.clone();
        call.blocking(move |app| known(Model::named(app, &name).call_off())).await?;
        Ok(Reply::nothing())
    }
}
