//! Reactors: what acts on the outside world because of events.
//!
//! Owns every call that goes out by itself, the guard that says which addresses may be called, and
//! the one way to make an HTTP client. Guarantees that nothing acts unless the log says that this
//! very instance is armed, and that whatever is done leaves an event. A reactor keeps no state of
//! its own: its cursor, its retries and its schedule are events and read models, so that a crash
//! anywhere loses nothing. What replays history does not depend on this package.
//!
//! A reactor is a folder with `pub(crate) async fn run(acting: Acting)`, and one line in
//! [`Reactors::start`].

pub mod http_client;
pub mod short_id;
pub mod signature;

mod acting;
mod arming;
mod broadcasting;
mod delivering;
mod fetching;
mod figures;
mod importing;
mod lanes;
mod learning;
mod linking;
mod marking;
mod models;
mod outgoing;
mod platform;
mod pulse;
mod reactors;
mod reminding;
mod responding;
mod sending;
mod templates;
#[cfg(test)]
mod testing;
mod turns;

pub use acting::Acting;
pub use importing::site::Manners;
pub use linking::{Linked, Unread, read_link};
pub use marking::{Marked, ReadMark, mark_read};
pub use models::check_model;
pub use outgoing::{AddressError, Destination, OutgoingGuard};
pub use pulse::Pulse;
pub use reactors::Reactors;
