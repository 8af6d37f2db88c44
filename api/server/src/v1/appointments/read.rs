//! Reading appointments, now or as they stood.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::appointment::Status as Stands;
use convolog_domain::{AppointmentId, ContactId, ServiceId, StreamKind};
use convolog_projections::appointments::{AppointmentFilter, AppointmentOrder, AppointmentQuery};
use convolog_projections::view::{AppointmentView, Reader};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::events::{EventView, events_of};
use crate::v1::wire::ById;

/// `GET /v1/appointments`
pub(crate) struct ListAppointments;
/// `GET /v1/appointments/{id}`
pub(crate) struct ShowAppointment;
/// `GET /v1/appointments/{id}/events`
pub(crate) struct ListAppointmentEvents;

/// Which appointments.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those of this service.
    service_id: Option<Uuid>,
    /// Only those with this contact, or one merged into them.
    contact_id: Option<Uuid>,
    /// Only those that stand like this.
    status: Option<Status>,
    /// Only those that begin at this time or later.
    from: Option<String>,
    /// Only those that begin before this time.
    to: Option<String>,
    /// How they are sorted; by the time they begin if not given.
    sort: Option<Sort>,
}

/// How an appointment stands.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AppointmentStatus")]
enum Status {
    /// It is to take place.
    Booked,
    /// It does not take place.
    Cancelled,
    /// It took place.
    Completed,
    /// Nobody came.
    Missed,
}

/// How appointments are sorted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AppointmentSort")]
enum Sort {
    /// By the time they begin, the first one first.
    StartsAt,
    /// By when they were booked, the newest first.
    Created,
}

impl From<Status> for Stands {
    fn from(status: Status) -> Self {
        match status {
            Status::Booked => Self::Booked,
            Status::Cancelled => Self::Cancelled,
            Status::Completed => Self::Completed,
            Status::Missed => Self::Missed,
        }
    }
}

impl Read for ListAppointments {
    const DECLARATION: Declaration =
        Declaration::list("/v1/appointments", "list_appointments", "List appointments")
            .describing("By the time they begin, or by when they were booked. A page may be shorter than its limit, even empty, because what does not pass the filters is left out: go on while there is a `next_page`. With `as_of` the list is exact by creation: `sort` must be `created`.")
            .group("Appointments")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of appointments.")
            .from_read_models()
            .as_of_with(&["sort", "service_id", "contact_id", "status", "from", "to"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<AppointmentView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let wanted = &call.query;
        let contacts = match wanted.contact_id {
            Some(contact) => view.rows().one_person(call.workspace(), ContactId(contact))?,
            None => Vec::new(),
        };
        let filter = AppointmentFilter {
            service: wanted.service_id.map(ServiceId),
            contacts,
            status: wanted.status.map(Into::into),
            from: second("from", wanted.from.as_deref())?,
            until: second("to", wanted.to.as_deref())?,
        };
        let order = match wanted.sort {
            Some(Sort::Created) => AppointmentOrder::Created,
            Some(Sort::StartsAt) | None => AppointmentOrder::Time,
        };
        let query = AppointmentQuery {
            order,
            filter,
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..AppointmentQuery::of(call.workspace())
        };
        Ok(view.appointments(&query)?.into())
    }
}

/// A time in whole seconds; what is between two seconds counts as the later one.
fn second(field: &str, text: Option<&str>) -> Outcome<Option<i64>> {
    let Some(text) = text else { return Ok(None) };
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        Problem::field(field, format!("{field} must be a time such as 2026-11-23T09:30:00Z."))
    })?;
    Ok(Some(time.as_microsecond().saturating_add(999_999).div_euclid(1_000_000)))
}

impl Read for ShowAppointment {
    const DECLARATION: Declaration =
        Declaration::get("/v1/appointments/{id}", "show_appointment", "Show an appointment")
            .group("Appointments")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The appointment.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = AppointmentView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.appointment(call.workspace(), AppointmentId(call.path.id))?;
        found.ok_or_else(|| Problem::not_found("appointment"))
    }
}

impl Read for ListAppointmentEvents {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/appointments/{id}/events",
        "list_appointment_events",
        "List the events of an appointment",
    )
    .describing("Who booked, moved and cancelled it, and when.")
    .group("Appointments")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of events, in the order of the log.")
    .tagged()
    .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<EventView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        events_of(call, StreamKind::Appointment, "appointment")
    }
}
