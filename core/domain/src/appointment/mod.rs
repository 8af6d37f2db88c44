//! A time that somebody booked: with whom, for what, when.
//!
//! An appointment takes a unique key for every five minutes that it keeps free, its buffers among
//! them: one of the service, which is for one at a time, and one of the member of the staff who does
//! it. Two appointments that overlap, whenever they begin, want a key in common, and only one gets it.
//! Titles, notes and reasons are sealed for the person.

mod book_appointment;
mod cancel_appointment;
mod end_appointment;
#[cfg(test)]
mod fixtures;
mod move_appointment;
mod remind;
mod slot;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::claim::ClaimKey;
use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Sensitive;
use crate::ids::{ContactId, ConversationId, LeadId, PersonId, ServiceId, SubjectId};
use crate::personal::{AppointmentContent, Content, Personal};
use crate::refusal::{Refusal, RefusalCode};

pub use book_appointment::BookAppointment;
pub use cancel_appointment::CancelAppointment;
pub use end_appointment::EndAppointment;
pub use move_appointment::MoveAppointment;
pub use remind::RemindOfAppointment;
pub use slot::Slot;

/// Seconds of a stretch of the calendar that is booked as a whole.
const STRETCH: i64 = 300;

/// When an appointment is, and what it keeps free, in seconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Times {
    /// When it begins.
    pub starts_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// From when on nothing else is booked.
    pub blocked_from: i64,
    /// Until when nothing else is booked.
    pub blocked_until: i64,
}

/// With whom an appointment is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct With {
    /// Whose key seals what is said of it.
    pub subject: SubjectId,
    /// The contact, if it is known who they are.
    pub contact: Option<ContactId>,
    /// The lead, if it was booked for one.
    pub lead: Option<LeadId>,
    /// The conversation in which it came about.
    pub conversation: Option<ConversationId>,
}

/// What is booked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct What {
    /// The service.
    pub service: ServiceId,
    /// Who does it.
    pub staff: Option<PersonId>,
}

impl What {
    /// Whose calendars it stands in: the service's own, and the person's who does it.
    fn calendars(self) -> impl Iterator<Item = Uuid> {
        std::iter::once(self.service.0).chain(self.staff.map(|person| person.0))
    }
}

/// A time was booked. Sealed: the title and the note, if there are any.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentBooked {
    /// What.
    pub what: What,
    /// With whom.
    pub with: With,
    /// When.
    pub times: Times,
    /// When somebody is to be reminded of it (seconds since 1970).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<i64>,
}

/// It is at another time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentMoved {
    /// What was booked before.
    pub old_what: What,
    /// What is booked now: the service has another person, perhaps.
    pub what: What,
    /// With whom.
    pub with: With,
    /// When it was.
    pub old_times: Times,
    /// When it is.
    pub times: Times,
    /// When somebody is to be reminded of it (seconds since 1970).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<i64>,
}

/// It does not take place. Sealed: the reason, if one was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentCancelled {
    /// What was booked.
    pub what: What,
    /// With whom.
    pub with: With,
    /// When it would have been.
    pub times: Times,
}

/// It took place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentCompleted {
    /// What was booked.
    pub what: What,
    /// With whom.
    pub with: With,
    /// When it was.
    pub times: Times,
}

/// Nobody came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentMissed {
    /// What was booked.
    pub what: What,
    /// With whom.
    pub with: With,
    /// When it was.
    pub times: Times,
}

/// What became of a reminder.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReminderOutcome {
    /// Its time has come: whoever asked to hear of it is told.
    Due,
    /// The appointment had begun before anybody could be told.
    TooLate,
    /// The data of the person was erased.
    Erased,
}

/// The time has come to remind somebody of an appointment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentReminderDue {
    /// What is booked.
    pub what: What,
    /// With whom.
    pub with: With,
    /// When it is.
    pub times: Times,
    /// When somebody was to be reminded (seconds since 1970).
    pub remind_at: i64,
    /// What became of it.
    pub outcome: ReminderOutcome,
}

events! {
    /// What happened to an appointment.
    Appointment {
        1 "appointment_booked" @1 AppointmentBooked(AppointmentBooked) seals [Appointment]
            by [book_appointment::BookAppointment],
        2 "appointment_moved" @1 AppointmentMoved(AppointmentMoved)
            by [move_appointment::MoveAppointment],
        3 "appointment_cancelled" @1 AppointmentCancelled(AppointmentCancelled) seals [Appointment]
            by [cancel_appointment::CancelAppointment],
        4 "appointment_completed" @1 AppointmentCompleted(AppointmentCompleted)
            by [end_appointment::EndAppointment],
        5 "appointment_missed" @1 AppointmentMissed(AppointmentMissed)
            by [end_appointment::EndAppointment],
        6 "appointment_reminder_due" @1 AppointmentReminderDue(AppointmentReminderDue)
            by [remind::RemindOfAppointment],
    }
}

/// How an appointment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Status {
    /// It is to take place.
    Booked,
    /// It does not take place.
    Cancelled,
    /// It took place.
    Completed,
    /// Nobody came.
    Missed,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Booked, Self::Cancelled, Self::Completed, Self::Missed];

    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::Missed => "missed",
        }
    }
}

/// An appointment that was booked, as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Booking {
    /// What is booked.
    pub what: What,
    /// With whom.
    pub with: With,
    /// When it is.
    pub times: Times,
    /// When somebody is to be reminded of it (seconds since 1970); none once that was done.
    pub remind_at: Option<i64>,
    /// How it stands.
    pub status: Status,
}

impl Booking {
    /// The unique keys that it holds, or held.
    fn keys(&self) -> impl Iterator<Item = ClaimKey> + use<> {
        keys(self.what, self.times)
    }
}

/// The unique keys for what is booked at a time.
pub(crate) fn keys(what: What, times: Times) -> impl Iterator<Item = ClaimKey> {
    let first = times.blocked_from.div_euclid(STRETCH);
    let last = times.blocked_until.saturating_sub(1).div_euclid(STRETCH);
    let of =
        move |calendar| (first..=last).map(move |stretch| ClaimKey::Calendar(calendar, stretch));
    what.calendars().flat_map(of)
}

/// What the history of an appointment amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// What was booked; none before it was.
    pub booking: Option<Booking>,
}

impl State {
    /// An appointment that must be there.
    fn existing(&self) -> Result<&Booking, Refusal> {
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such appointment");
        self.booking.as_ref().ok_or_else(missing)
    }

    /// One that is to take place.
    fn standing(&self) -> Result<&Booking, Refusal> {
        let booking = self.existing()?;
        if booking.status == Status::Booked {
            return Ok(booking);
        }
        let detail = format!("this appointment is {}; book another one", booking.status.name());
        Err(Refusal::new(RefusalCode::NotAllowedNow, detail))
    }

    fn ends_as(&mut self, status: Status) {
        if let Some(booking) = &mut self.booking {
            booking.status = status;
            booking.remind_at = None;
        }
    }
}

/// What is sealed of an appointment; none if nothing was said.
fn sealed(subject: SubjectId, content: AppointmentContent) -> Option<Personal> {
    let said = content != AppointmentContent::default();
    said.then(|| Personal { subject, content: Content::Appointment(Box::new(content)) })
}

/// A text about an appointment, if one was given.
fn text(
    field: &'static str,
    value: Option<Sensitive>,
    chars_max: usize,
) -> Result<Option<Sensitive>, Refusal> {
    value.map(|value| crate::validate::text(field, value, chars_max)).transpose()
}

/// A time that somebody booked.
#[derive(Clone, Copy, Debug)]
pub struct Appointment;

impl Aggregate for Appointment {
    const KIND: StreamKind = StreamKind::Appointment;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::AppointmentBooked(booked) => {
                let &AppointmentBooked { what, with, times, remind_at } = booked;
                let status = Status::Booked;
                state.booking = Some(Booking { what, with, times, remind_at, status });
            }
            Event::AppointmentMoved(moved) => {
                if let Some(booking) = &mut state.booking {
                    booking.what = moved.what;
                    booking.times = moved.times;
                    booking.remind_at = moved.remind_at;
                }
            }
            Event::AppointmentCancelled(_) => state.ends_as(Status::Cancelled),
            Event::AppointmentCompleted(_) => state.ends_as(Status::Completed),
            Event::AppointmentMissed(_) => state.ends_as(Status::Missed),
            Event::AppointmentReminderDue(_) => {
                if let Some(booking) = &mut state.booking {
                    booking.remind_at = None;
                }
            }
        }
    }
}
