//! An appointment as people read it.

use convolog_domain::AppointmentContent;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::message::ModeView;
use super::time::Time;
use crate::appointments::AppointmentRow;
use crate::error::QueryError;
use crate::store::Stored;

/// One appointment.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Appointment")]
pub struct AppointmentView {
    /// Its id.
    pub id: Uuid,
    /// How it stands: `booked`, `cancelled`, `completed`, `missed`.
    pub status: &'static str,
    /// What is booked.
    pub service_id: Uuid,
    /// Who does it.
    pub staff_id: Option<Uuid>,
    /// When it begins.
    pub starts_at: Time,
    /// When it ends.
    pub ends_at: Time,
    /// From when on nothing else is booked: the buffer before it counted.
    pub blocked_from: Time,
    /// Until when nothing else is booked: the buffer after it counted.
    pub blocked_until: Time,
    /// When somebody is to be reminded of it; null once that was done, or if nobody is.
    pub remind_at: Option<Time>,
    /// The contact, if it is known who they are.
    pub contact_id: Option<Uuid>,
    /// The lead, if it was booked for one.
    pub lead_id: Option<Uuid>,
    /// The conversation in which it came about.
    pub conversation_id: Option<Uuid>,
    /// What people call it.
    pub title: Option<String>,
    /// What somebody noted.
    pub note: Option<String>,
    /// Why it was cancelled, if somebody said so.
    pub cancel_reason: Option<String>,
    /// What was said of it was erased with the data of the person.
    pub erased: bool,
    /// Something of it cannot be opened, though it was not erased; the operator's log says why.
    pub unreadable: bool,
    /// When it was booked.
    pub created_at: Time,
    /// Where it begins in the log.
    pub position: u64,
    /// The position of its newest event.
    pub last_position: u64,
    /// Live or test.
    pub mode: ModeView,
}

impl std::fmt::Debug for AppointmentView {
    /// Nothing personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppointmentView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl AppointmentView {
    /// The view of a row; none while it is not known how it began.
    pub(crate) fn of(
        contents: Contents<'_>,
        stored: &Stored<AppointmentRow>,
    ) -> Result<Option<Self>, QueryError> {
        let row = &stored.row;
        let (Some((position, at)), Some(booking)) = (row.booked, &row.state.booking) else {
            return Ok(None);
        };
        let (mut erased, mut unreadable) = (false, false);
        let mut said = |seen: Seen<Box<AppointmentContent>>| {
            erased |= seen == Seen::Erased;
            unreadable |= seen == Seen::Unreadable;
            seen.plain().map(|content| *content).unwrap_or_default()
        };
        let booked = said(contents.appointment(position)?);
        let cancelled = match row.cancelled {
            Some(cancelled) => said(contents.appointment(cancelled)?),
            None => AppointmentContent::default(),
        };
        let (what, with, times) = (booking.what, booking.with, booking.times);
        Ok(Some(Self {
            id: row.id.0,
            status: booking.status.name(),
            service_id: what.service.0,
            staff_id: what.staff.map(|id| id.0),
            starts_at: Time::of_seconds(times.starts_at),
            ends_at: Time::of_seconds(times.ends_at),
            blocked_from: Time::of_seconds(times.blocked_from),
            blocked_until: Time::of_seconds(times.blocked_until),
            remind_at: booking.remind_at.map(Time::of_seconds),
            contact_id: with.contact.map(|id| id.0),
            lead_id: with.lead.map(|id| id.0),
            conversation_id: with.conversation.map(|id| id.0),
            title: booked.title.map(|title| title.0),
            note: booked.note.map(|note| note.0),
            cancel_reason: cancelled.reason.map(|reason| reason.0),
            erased,
            unreadable,
            created_at: at.into(),
            position: position.0,
            last_position: stored.position.0,
            mode: if row.test { ModeView::Test } else { ModeView::Live },
        }))
    }
}
