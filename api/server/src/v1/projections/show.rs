//! One read model, with the streams that it stopped following.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_engine::Stream;
use convolog_projections::view::Reader;
use convolog_projections::{ModelStatus, Parked};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ByName, Model, no_such_model};
use crate::app::App;
use crate::auth::Session;
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::{Code, Outcome};

/// `GET /v1/projections/{name}`
pub(crate) struct ShowProjection;

/// One read model.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Projection {
    /// How it is doing.
    #[serde(flatten)]
    status: ModelStatus,
    /// The streams that it stopped following; for a key, those of its workspace.
    parked: Vec<ParkedStream>,
}

/// A stream that a read model stopped following after an event that it could not take.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ParkedStream {
    /// Which stream: `kind/id`.
    stream: String,
    /// The event that it could not take.
    position: u64,
    /// Why not.
    reason: String,
    /// Later events of the stream that were skipped.
    skipped: u64,
}

impl Read for ShowProjection {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/projections/{name}",
        "show_projection",
        "Show how a read model is doing",
    )
    .group("Operations")
    .access(Access::AdministratorOrKey(Scope::Read))
    .answers(StatusCode::OK, "The read model.")
    .fails_with(&[Code::NotFound, Code::NotCaughtUp]);
    type Path = ByName;
    type Query = NoParameters;
    type Shown = Projection;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        show(&call.app, &call.path.name, &call.session)
    }
}

fn show(app: &App, name: &str, session: &Session) -> Outcome<Projection> {
    let status = app.model_states().into_iter().find(|model| model.name == name);
    let status = status.ok_or_else(no_such_model)?;
    let seen =
        |parked: &Parked| session.administrator || parked.stream.workspace == session.workspace.0;
    let parked = Model::named(app, name).parked()?.into_iter().filter(seen).map(view).collect();
    Ok(Projection { status, parked })
}

fn view(parked: Parked) -> ParkedStream {
    let Parked { stream, position, reason, skipped, last: _ } = parked;
    let unknown = || format!("{}/{}", stream.kind, stream.id);
    ParkedStream {
        stream: Stream::from_key(stream).map_or_else(unknown, |stream| stream.to_string()),
        position: position.0,
        reason,
        skipped,
    }
}
