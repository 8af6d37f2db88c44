//! Which instance may act on the outside world.

use axum::http::StatusCode;
use convolog_engine::Instance;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/installation`
pub(crate) struct ShowInstallation;
/// `POST /v1/installation/arm`
pub(crate) struct ArmInstance;
/// `POST /v1/installation/disarm`
pub(crate) struct DisarmInstance;

/// The installation, as this instance sees it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Installation {
    /// Whether this instance may act on the outside world.
    armed: bool,
    /// What tells this instance from a copy of it.
    instance: String,
    /// The newest position of the log.
    position: u64,
}

/// Why nobody may act.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// Stays in the log; names nobody.
    #[schemars(length(min = 1, max = 200))]
    reason: String,
}

fn instance(app: &App) -> Outcome<Instance> {
    app.instance().map_err(|error| Problem::internal("telling this instance from a copy", &error))
}

/// Whether this instance may act.
pub(crate) fn is_armed(app: &App) -> Outcome<bool> {
    Ok(app.engine().is_armed(&instance(app)?)?)
}

/// Refuses what calls somebody outside while the log does not say that this very instance is armed.
pub(crate) fn must_be_armed(app: &App) -> Outcome<()> {
    if is_armed(app)? {
        return Ok(());
    }
    let detail = "This instance is not armed, so it calls nobody; arm it first.";
    Err(Problem::new(Code::NotAllowedNow, detail))
}

fn view(app: &App) -> Outcome<Installation> {
    let instance = instance(app)?;
    Ok(Installation {
        armed: app.engine().is_armed(&instance)?,
        instance: instance.fingerprint().to_owned(),
        position: app.engine().log().head().0,
    })
}

impl Read for ShowInstallation {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/installation",
        "show_installation",
        "Show whether this instance may act",
    )
    .describing("A copy of a data folder, or a restored one, may not act until it is armed.")
    .group("Operations")
    .access(Access::Administrator)
    .answers(StatusCode::OK, "The installation.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Installation;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        view(&call.app)
    }
}

impl Endpoint for ArmInstance {
    const DECLARATION: Declaration =
        Declaration::post("/v1/installation/arm", "arm_instance", "Let this instance act")
            .describing("This instance, and no other, may act on the outside world from now on. Doing it again changes nothing.")
            .group("Operations")
            .access(Access::Administrator)
            .rate(RateClass::Heavy)
            .answers(StatusCode::OK, "The installation.")
            .keeps_its_answer_after();
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Installation>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let instance = instance(&call.app)?;
        let done = call.app.engine().arm(&call.caller(), &instance).await?;
        Ok(Reply::json(&view(&call.app)?)?.at(done.position))
    }
}

impl Endpoint for DisarmInstance {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/installation/disarm",
        "disarm_instance",
        "Let no instance act",
    )
    .describing(
        "No instance may act on the outside world from now on. Doing it again changes nothing.",
    )
    .group("Operations")
    .access(Access::Administrator)
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "The installation.")
    .keeps_its_answer_after();
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Reason>;
    type Ok = Json<Installation>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(Reason { reason }) = &call.body;
        let done = call.app.engine().disarm(&call.caller(), reason).await?;
        Ok(Reply::json(&view(&call.app)?)?.at(done.position))
    }
}
