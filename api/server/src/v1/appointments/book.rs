//! Booking an appointment.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::appointment::{Event as Happened, With};
use convolog_domain::{
    AppointmentId, ContactId, ConversationId, Event, LeadId, Sensitive, ServiceId,
};
use convolog_engine::{Answer, NewAppointment, Whom};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::seconds;

/// `POST /v1/appointments`
pub(crate) struct BookAppointment;

/// An appointment to be booked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewAppointment")]
pub(crate) struct Wanted {
    /// Of which service.
    service_id: Uuid,
    /// When it is to begin (RFC 3339): one of the times that the service offers.
    #[schemars(with = "String", extend("format" = "date-time"))]
    starts_at: jiff::Timestamp,
    /// With whom: the contact.
    #[serde(default)]
    contact_id: Option<Uuid>,
    /// With whom: the contact of this conversation, in which it came about.
    #[serde(default)]
    conversation_id: Option<Uuid>,
    /// With whom: this lead, who may be no contact yet.
    #[serde(default)]
    lead_id: Option<Uuid>,
    /// What people call it.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 100))]
    title: Option<Sensitive>,
    /// What somebody noted.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 4000))]
    note: Option<Sensitive>,
}

/// An appointment as it was booked.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BookedAppointment {
    /// Its id.
    id: Uuid,
    /// Always `booked`.
    status: &'static str,
    /// What is booked.
    service_id: Uuid,
    /// Who does it.
    staff_id: Option<Uuid>,
    /// When it begins.
    starts_at: String,
    /// When it ends.
    ends_at: String,
    /// When somebody is to be reminded of it.
    remind_at: Option<String>,
    /// The contact, if it is known who they are.
    contact_id: Option<Uuid>,
    /// The lead, if it was booked for one.
    lead_id: Option<Uuid>,
    /// The conversation in which it came about.
    conversation_id: Option<Uuid>,
    /// What people call it.
    title: Option<String>,
    /// What somebody noted.
    note: Option<String>,
}

impl Endpoint for BookAppointment {
    const DECLARATION: Declaration =
        Declaration::post("/v1/appointments", "book_appointment", "Book an appointment")
            .describing("At one of the times that `GET /v1/services/{id}/slots` lists, with a contact, a lead, or the contact of a conversation; where several are given they are one person. Of two who want times that overlap, one gets theirs and the other is told `slot_taken`. Title and note are sealed for the person and erased with them.")
            .group("Appointments")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::CREATED, "The appointment.")
            .fails_with(&[Code::SlotTaken, Code::Erased]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<BookedAppointment>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = AppointmentId(call.new_id("appointment"));
        let JsonBody(wanted) = &call.body;
        let new = NewAppointment {
            service: ServiceId(wanted.service_id),
            starts_at: wanted.starts_at.as_second(),
            whom: Whom {
                contact: wanted.contact_id.map(ContactId),
                conversation: wanted.conversation_id.map(ConversationId),
                lead: wanted.lead_id.map(LeadId),
            },
            title: wanted.title.clone(),
            note: wanted.note.clone(),
        };
        let answer = |with: &With, events: &[Event]| {
            let body = serde_json::to_value(BookedAppointment::of(id, &new, events));
            Answer::open(201, body.unwrap_or_default(), with.subject)
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let engine = call.app.engine();
        Ok(Reply::answered(engine.book_appointment(&caller, id, &new, once, answer).await?))
    }
}

impl BookedAppointment {
    fn of(id: AppointmentId, new: &NewAppointment, events: &[Event]) -> Option<Self> {
        let booked = events.iter().find_map(|event| match event {
            Event::Appointment(Happened::AppointmentBooked(booked)) => Some(booked),
            _ => None,
        })?;
        let (what, with, times) = (booked.what, booked.with, booked.times);
        let text = |text: &Option<Sensitive>| text.as_ref().map(|text| text.expose().to_owned());
        Some(Self {
            id: id.0,
            status: "booked",
            service_id: what.service.0,
            staff_id: what.staff.map(|id| id.0),
            starts_at: seconds(times.starts_at),
            ends_at: seconds(times.ends_at),
            remind_at: booked.remind_at.map(seconds),
            contact_id: with.contact.map(|id| id.0),
            lead_id: with.lead.map(|id| id.0),
            conversation_id: with.conversation.map(|id| id.0),
            title: text(&new.title),
            note: text(&new.note),
        })
    }
}
