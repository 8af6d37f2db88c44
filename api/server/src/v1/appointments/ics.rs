//! An appointment as a calendar takes it (iCalendar, RFC 5545).

use axum::http::StatusCode;
use convolog_domain::AppointmentId;
use convolog_domain::api_key::Scope;
use convolog_domain::service::Service;
use convolog_projections::view::{AppointmentView, Reader, Time};

use crate::endpoint::{Access, Calendar, Call, Declaration, NoParameters, Read, Reply};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// Bytes of a line, its end left out.
const LINE: usize = 75;

/// `GET /v1/appointments/{id}/ics`
pub(crate) struct DownloadAppointment;

impl Read for DownloadAppointment {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/appointments/{id}/ics",
        "download_appointment",
        "Download an appointment for a calendar",
    )
    .describing("As an iCalendar file (RFC 5545). Taken again after a change, it replaces what the calendar had.")
    .group("Appointments")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The file.")
    .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = Reply<Calendar>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.appointment(call.workspace(), AppointmentId(call.path.id))?;
        let appointment = found.ok_or_else(|| Problem::not_found("appointment"))?;
        let (engine, service) = (call.app.engine(), appointment.service_id);
        let service = engine.load::<Service>(call.workspace(), service)?.state;
        let name = service.settings.as_ref().map(|settings| settings.name.as_str());
        let now = Time::from(engine.clock().now());
        let text = calendar(&appointment, name.unwrap_or_default(), now);
        Ok(Reply::calendar(text))
    }
}

fn calendar(appointment: &AppointmentView, service: &str, now: Time) -> String {
    let title = appointment.title.as_deref().unwrap_or(service);
    let status = if appointment.status == "cancelled" { "CANCELLED" } else { "CONFIRMED" };
    // Calendars take what has a higher number than what they have.
    let sequence = appointment.last_position.saturating_sub(appointment.position);
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Convolog//Appointments//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@convolog", appointment.id),
        format!("DTSTAMP:{}", stamp(now)),
        format!("SEQUENCE:{}", sequence.min(i32::MAX.unsigned_abs().into())),
        format!("DTSTART:{}", stamp(appointment.starts_at)),
        format!("DTEND:{}", stamp(appointment.ends_at)),
        format!("SUMMARY:{}", escaped(title)),
    ];
    lines.extend(appointment.note.as_ref().map(|note| format!("DESCRIPTION:{}", escaped(note))));
    lines.push(format!("STATUS:{status}"));
    lines.push("END:VEVENT".to_owned());
    lines.push("END:VCALENDAR".to_owned());
    let mut text = String::new();
    for line in &lines {
        fold(line, &mut text);
    }
    text
}

/// `20261123T090000Z`
fn stamp(at: Time) -> String {
    let seconds = at.to_string();
    let seconds = seconds.split(['.', 'Z']).next().unwrap_or_default();
    let plain: String = seconds.chars().filter(|c| !"-:".contains(*c)).collect();
    format!("{plain}Z")
}

/// A text within a line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line in pieces of at most [`LINE`] bytes, no character cut in two; each but the first begins with
/// a space.
fn fold(line: &str, text: &mut String) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_texts_cannot_break_out_of_them() {
        let mut text = String::new();
        fold(&format!("SUMMARY:{}", escaped(&"é,\r\nEND:VEVENT;\\".repeat(20))), &mut text);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(!text.contains("\nEND:VEVENT"));
        let whole = text.replace("\r\n ", "");
        assert!(whole.starts_with("SUMMARY:é\\,\\nEND:VEVENT\\;\\\\é"), "{whole}");
    }
}
