//! Swapping a rebuilt read model in, and going back.

use axum::http::StatusCode;

use super::{Begun, ByName, Model, known};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Reply};
use crate::problem::{Code, Outcome};

/// `POST /v1/projections/{name}/swap`
pub(crate) struct SwapProjection;

/// `POST /v1/projections/{name}/roll-back`
pub(crate) struct RollBackProjection;

const fn declare(path: &'static str, name: &'static str, summary: &'static str) -> Declaration {
    Declaration::post(path, name, summary)
        .group("Operations")
        .access(Access::Administrator)
        .rate(RateClass::Heavy)
        .answers(StatusCode::ACCEPTED, "It catches up, and serves then.")
        .fails_with(&[Code::NotFound, Code::NotAllowedNow])
        .keeps_its_answer_after()
}

impl Endpoint for SwapProjection {
    const DECLARATION: Declaration = declare(
        "/v1/projections/{name}/swap",
        "swap_projection",
        "Let the rebuilt read model serve",
    )
    .describing("The one that waits catches up and serves. What served before is kept for a while: `POST /v1/projections/{name}/roll-back`.");
    type Path = ByName;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Begun>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let name = call.path.name.clone();
        call.blocking(move |app| {
            known(Model::named(app, &name).swap())?;
            Reply::json(&Begun { name, status: "joining" })
        })
        .await
    }
}

impl Endpoint for RollBackProjection {
    const DECLARATION: Declaration = declare(
        "/v1/projections/{name}/roll-back",
        "roll_back_projection",
        "Let the earlier read model serve again",
    )
    .describing("The one that served before the last swap catches up and serves, so that what readers see never goes back. The one that served until now waits: it can be compared and swapped in again.");
    type Path = ByName;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Begun>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let name = call.path.name.clone();
        call.blocking(move |app| {
            known(Model::named(app, &name).roll_back())?;
            Reply::json(&Begun { name, status: "joining" })
        })
        .await
    }
}
