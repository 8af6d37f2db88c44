//! Starting, pausing, resuming and cancelling a broadcast. Each answers with the broadcast.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::broadcast::{self as rules, Broadcast, State};
use convolog_domain::{BroadcastId, Command, Event};
use convolog_engine::{Answer, Answered};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{BroadcastView, existing};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::rates::{self, Quota};
use crate::v1::wire::ById;

/// `POST /v1/broadcasts/{id}/start`
pub(crate) struct StartBroadcast;
/// `POST /v1/broadcasts/{id}/pause`
pub(crate) struct PauseBroadcast;
/// `POST /v1/broadcasts/{id}/resume`
pub(crate) struct ResumeBroadcast;
/// `POST /v1/broadcasts/{id}/cancel`
pub(crate) struct CancelBroadcast;

/// From when on.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct When {
    /// Not before this time (RFC 3339), at most 90 days ahead; now if nothing is said.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    send_at: Option<jiff::Timestamp>,
}

const fn declared(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    describing: &'static str,
) -> Declaration {
    Declaration::post(path, name, summary)
        .describing(describing)
        .group("Broadcasts")
        .access(Access::Key(Scope::Write))
        .answers(StatusCode::OK, "The broadcast.")
        .fails_with(&[Code::NotAllowedNow, Code::SandboxKey, Code::PlanLimitReached])
}

async fn carry_out<E: Endpoint<Path = ById>>(
    call: &Call<E>,
    command: impl Command<Aggregate = Broadcast> + Clone,
) -> Outcome<Answered> {
    let (caller, id) = (call.caller(), call.path.id);
    if call.earlier_answer()?.is_none() {
        existing(&call.app, caller.workspace, BroadcastId(id))?;
    }
    let answer = |before: &State, events: &[Event]| {
        let body = BroadcastView::after(id, before, events);
        Answer::open(200, serde_json::to_value(body).unwrap_or_default(), caller.workspace)
    };
    let (engine, once) = (call.app.engine(), call.facts.once.as_ref());
    Ok(engine.order_broadcast(&caller, BroadcastId(id), command, once, answer).await?)
}

impl Endpoint for StartBroadcast {
    const DECLARATION: Declaration = declared(
        "/v1/broadcasts/{id}/start",
        "start_broadcast",
        "Start a broadcast",
        "Now, or from `send_at` on. Each recipient gets one message in their conversation, or is passed over; what waits in conversations goes first. A number that stands still stops it until the number goes on.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<When>;
    type Ok = Json<BroadcastView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        rates::refuse_any_number(&call.app, &call.session, Quota::Messages)?;
        let JsonBody(When { send_at }) = call.body;
        let from = send_at.map(jiff::Timestamp::as_second);
        Ok(Reply::answered(carry_out(&call, rules::StartBroadcast { from }).await?))
    }
}

impl Endpoint for PauseBroadcast {
    const DECLARATION: Declaration = declared(
        "/v1/broadcasts/{id}/pause",
        "pause_broadcast",
        "Pause a broadcast",
        "From the next message on nothing of it leaves, also of what waits in conversations already. What was handed to the platform is on its way.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<BroadcastView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let command = rules::PauseBroadcast { reason: "asked".to_owned() };
        Ok(Reply::answered(carry_out(&call, command).await?))
    }
}

impl Endpoint for ResumeBroadcast {
    const DECLARATION: Declaration = declared(
        "/v1/broadcasts/{id}/resume",
        "resume_broadcast",
        "Resume a broadcast",
        "It goes on with the first recipient whose turn has not come.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<BroadcastView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        Ok(Reply::answered(carry_out(&call, rules::ResumeBroadcast).await?))
    }
}

impl Endpoint for CancelBroadcast {
    const DECLARATION: Declaration = declared(
        "/v1/broadcasts/{id}/cancel",
        "cancel_broadcast",
        "Cancel a broadcast",
        "For good. Its messages that wait are taken back; what the platform has, or may have, stays.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<BroadcastView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        Ok(Reply::answered(carry_out(&call, rules::CancelBroadcast).await?))
    }
}
