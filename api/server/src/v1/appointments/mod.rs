//! Appointments: times that somebody booked.

mod book;
mod change;
mod ics;
mod read;

pub(crate) use book::BookAppointment;
pub(crate) use change::{CancelAppointment, CompleteAppointment, MissAppointment, MoveAppointment};
pub(crate) use ics::DownloadAppointment;
pub(crate) use read::{ListAppointmentEvents, ListAppointments, ShowAppointment};
