//! Whether the server lives, and whether it should get requests.

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::endpoint::{Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::Outcome;

/// `GET /healthz`
pub(crate) struct Healthz;
/// `GET /readyz`
pub(crate) struct Readyz;

/// Lives.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Health {
    /// Always `ok`: a server that cannot answer does not.
    status: &'static str,
    /// The version of this binary.
    version: &'static str,
}

/// Whether the server should get requests.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Readiness {
    /// Whether it should.
    ready: bool,
    /// Why not, in codes: `poisoned`, `draining`, `catching_up`.
    reasons: Vec<&'static str>,
    /// The newest position of the log.
    head: u64,
    /// Everything up to this position is visible in the read models.
    applied: u64,
}

impl Endpoint for Healthz {
    const DECLARATION: Declaration =
        Declaration::get("/healthz", "healthz", "Whether the server lives")
            .group("Operations")
            .for_anybody()
            .answers(StatusCode::OK, "It lives.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Health>;

    async fn call(_: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        Reply::json(&Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
    }
}

impl Endpoint for Readyz {
    const DECLARATION: Declaration =
        Declaration::get("/readyz", "readyz", "Whether the server should get requests")
            .describing("503 with the reasons while the log or the vault is poisoned, the server drains, or the read models have not caught up since the start.")
            .group("Operations")
            .for_anybody()
            .answers(StatusCode::OK, "It should.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Readiness>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let app = &call.app;
        let states = [
            (app.poisoned().is_some(), "poisoned"),
            (app.stopping().is_cancelled(), "draining"),
            (!app.caught_up(), "catching_up"),
        ];
        let reasons: Vec<_> =
            states.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect();
        let ready = reasons.is_empty();
        let (head, applied) = (app.engine().log().head().0, app.models().applied().0);
        let reply = Reply::json(&Readiness { ready, reasons, head, applied })?;
        Ok(if ready { reply } else { reply.status(StatusCode::SERVICE_UNAVAILABLE) })
    }
}
