//! Moving, cancelling and ending an appointment. Each answers with the appointment.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::appointment::{CancelAppointment as Cancel, EndAppointment};
use convolog_domain::{AppointmentId, Sensitive};
use convolog_log::Position;
use convolog_projections::view::AppointmentView;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/appointments/{id}/move`
pub(crate) struct MoveAppointment;
/// `POST /v1/appointments/{id}/cancel`
pub(crate) struct CancelAppointment;
/// `POST /v1/appointments/{id}/complete`
pub(crate) struct CompleteAppointment;
/// `POST /v1/appointments/{id}/no-show`
pub(crate) struct MissAppointment;

/// Where to.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MovedAppointment")]
pub(crate) struct To {
    /// When it is to begin (RFC 3339): one of the times that its service offers.
    #[schemars(with = "String", extend("format" = "date-time"))]
    starts_at: jiff::Timestamp,
}

/// Why.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CancelledAppointment")]
pub(crate) struct Why {
    /// Why, in people's own words.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 4000))]
    reason: Option<Sensitive>,
}

const fn declared(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    describing: &'static str,
) -> Declaration {
    Declaration::post(path, name, summary)
        .describing(describing)
        .group("Appointments")
        .access(Access::Key(Scope::Write))
        .answers(StatusCode::OK, "The appointment.")
        .fails_with(&[Code::NotAllowedNow])
        .keeps_its_answer_after()
}

impl Endpoint for MoveAppointment {
    const DECLARATION: Declaration = declared(
        "/v1/appointments/{id}/move",
        "move_appointment",
        "Move an appointment",
        "To another time that its service offers; the old one is free again in the same moment. Its reminder moves with it. Safe to repeat.",
    )
    .fails_with(&[Code::NotAllowedNow, Code::SlotTaken]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<To>;
    type Ok = Json<AppointmentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, starts_at) = (AppointmentId(call.path.id), call.body.0.starts_at.as_second());
        let engine = call.app.engine();
        let done = engine.move_appointment(&call.caller(), id, starts_at).await?;
        answer(&call, id, done.position).await
    }
}

impl Endpoint for CancelAppointment {
    const DECLARATION: Declaration = declared(
        "/v1/appointments/{id}/cancel",
        "cancel_appointment",
        "Cancel an appointment",
        "Its time is free again. The reason is sealed for the person. Safe to repeat.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Why>;
    type Ok = Json<AppointmentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = AppointmentId(call.path.id);
        let command = Cancel { reason: call.body.0.reason.clone() };
        let done = call.app.engine().cancel_appointment(&call.caller(), id, command).await?;
        answer(&call, id, done.position).await
    }
}

impl Endpoint for CompleteAppointment {
    const DECLARATION: Declaration = declared(
        "/v1/appointments/{id}/complete",
        "complete_appointment",
        "Say that an appointment took place",
        "Once it has begun. Safe to repeat.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<AppointmentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        end(&call, true).await
    }
}

impl Endpoint for MissAppointment {
    const DECLARATION: Declaration = declared(
        "/v1/appointments/{id}/no-show",
        "miss_appointment",
        "Say that nobody came to an appointment",
        "Once it has begun. Safe to repeat.",
    );
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<AppointmentView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        end(&call, false).await
    }
}

async fn end<E: Endpoint<Path = ById>>(
    call: &Call<E>,
    took_place: bool,
) -> Outcome<Reply<Json<AppointmentView>>> {
    let id = AppointmentId(call.path.id);
    let command = EndAppointment { took_place };
    let done = call.app.engine().end_appointment(&call.caller(), id, command).await?;
    answer(call, id, done.position).await
}

/// The appointment as it stood when everything up to `position` had been recorded, whether or not the
/// read models have got there.
async fn answer<E: Endpoint>(
    call: &Call<E>,
    id: AppointmentId,
    position: Position,
) -> Outcome<Reply<Json<AppointmentView>>> {
    let workspace = call.workspace();
    let shown = move |app: &App| {
        let found = app.viewer().now().appointment_at(workspace, id, position)?;
        found.ok_or_else(|| Problem::not_found("appointment"))
    };
    Ok(Reply::json(&call.blocking(shown).await?)?.at(position))
}
