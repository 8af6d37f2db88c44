//! Services and appointments: the rules that need more than one of them. Time zones, who is on the
//! staff, whom an appointment is with, whose time is taken.

mod book;
mod calendar;
mod hours;
mod services;
mod with;

pub use book::NewAppointment;
pub use calendar::FreeTimes;
pub use with::Whom;
