//! A story's commands about services and appointments, as the engine takes them.

use convolog_domain::appointment::{CancelAppointment, EndAppointment, With};
use convolog_domain::service::{ServiceChanges, ServiceSettings, State, UpdateService};
use convolog_domain::{
    AppointmentId, ContactId, ConversationId, Event, LeadId, PersonId, Refusal, ServiceId,
};
use convolog_engine::{Answer, Caller, NewAppointment, Whom};
use serde_json::json;

use super::Stopped;
use super::commands::{Call, made, outcome, unexpected};
use crate::story::command::{Command, ServiceArguments};
use crate::story::host::Outcome;

impl Call<'_> {
    pub(super) async fn of_appointments(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller, once) = (self.engine, &self.caller, self.once.as_ref());
        let id = match command.clone() {
            Command::CreateService { settings } => {
                let id = ServiceId(self.new_id());
                let name = settings.name.clone().unwrap_or_default();
                let settings = changes(settings).onto(ServiceSettings::named(name));
                let answered = engine.create_service(caller, id, settings, once, made(id.0));
                return Ok(outcome(answered.await?));
            }
            Command::UpdateService { service, settings } => {
                let command = UpdateService { changes: changes(settings) };
                let answer = |_: &State, _: &[Event]| Answer { status: 200, ..made(service)(&[]) };
                let id = ServiceId(service);
                return Ok(outcome(
                    engine.update_service(caller, id, command, once, answer).await?,
                ));
            }
            Command::BookAppointment {
                service,
                starts_at,
                contact,
                conversation,
                lead,
                title,
                note,
            } => {
                let id = AppointmentId(self.new_id());
                let new = NewAppointment {
                    service: ServiceId(service),
                    starts_at: second(&starts_at)?,
                    whom: Whom {
                        contact: contact.map(ContactId),
                        conversation: conversation.map(ConversationId),
                        lead: lead.map(LeadId),
                    },
                    title: title.map(Into::into),
                    note: note.map(Into::into),
                };
                let answer = |_: &With, events: &[Event]| made(id.0)(events);
                return Ok(outcome(engine.book_appointment(caller, id, &new, once, answer).await?));
            }
            Command::MoveAppointment { appointment, starts_at } => {
                let starts_at = second(&starts_at)?;
                engine.move_appointment(caller, AppointmentId(appointment), starts_at).await?;
                appointment
            }
            Command::CancelAppointment { appointment, reason } => {
                let command = CancelAppointment { reason: reason.map(Into::into) };
                engine.cancel_appointment(caller, AppointmentId(appointment), command).await?;
                appointment
            }
            Command::EndAppointment { appointment, outcome } => {
                let command = EndAppointment { took_place: outcome == "complete" };
                engine.end_appointment(caller, AppointmentId(appointment), command).await?;
                appointment
            }
            Command::RemindOfAppointment { appointment } => {
                let caller = Caller::reactor(caller.workspace);
                engine.remind_of_appointment(&caller, AppointmentId(appointment)).await?;
                appointment
            }
            other => return Err(unexpected(&other)),
        };
        Ok(Outcome::ok(200, json!({ "id": id })))
    }
}

fn second(text: &str) -> Result<i64, Stopped> {
    let time: Result<jiff::Timestamp, _> = text.parse();
    let wrong = |_| Refusal::field("starts_at", "must be a time (RFC 3339)");
    Ok(time.map_err(wrong)?.as_second())
}

fn changes(settings: ServiceArguments) -> ServiceChanges {
    let ServiceArguments {
        name,
        person,
        duration_minutes,
        buffer_before_minutes,
        buffer_after_minutes,
        time_zone,
        weekly,
        exceptions,
        notice_minutes,
        remind_minutes,
        active,
    } = settings;
    ServiceChanges {
        name,
        staff: person.map(|person| Some(PersonId(person))),
        duration_minutes,
        buffer_before_minutes,
        buffer_after_minutes,
        time_zone,
        weekly,
        exceptions,
        notice_minutes,
        remind_minutes: remind_minutes.map(Some),
        active,
        ..ServiceChanges::default()
    }
}
