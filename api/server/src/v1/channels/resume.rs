//! Going on with a number that was stopped.

use axum::http::StatusCode;
use convolog_domain::Event;
use convolog_domain::api_key::Scope;
use convolog_domain::channel;
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `POST /v1/channels/{id}/resume`
pub(crate) struct ResumeSending;

/// A number with which messages are sent again.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Resumed {
    /// Which channel.
    id: Uuid,
    /// Always false.
    sending_stopped: bool,
}

impl Endpoint for ResumeSending {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/channels/{id}/resume",
        "resume_sending",
        "Go on sending with a number",
    )
    .describing("For a number with `sending_stopped`: the platform refused its token, payment or registration, and that was put right. What waits is sent. A new access token does the same by itself.")
    .group("Channels")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "What waits is sent.")
    .fails_with(&[Code::NotAllowedNow, Code::SandboxKey]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Resumed>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller, engine) = (call.path.id, call.caller(), call.app.engine());
        let answer = |_: &[Event]| {
            let resumed = Resumed { id, sending_stopped: false };
            let body = serde_json::to_value(resumed).unwrap_or_default();
            Answer::open(200, body, caller.workspace)
        };
        caller.reaching("this sends what waits")?;
        let once = call.facts.once.as_ref();
        let resumed = engine.execute_once(&caller, id, channel::ResumeSending, once, answer);
        Ok(Reply::answered(resumed.await?))
    }
}
