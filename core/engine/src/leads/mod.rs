//! Leads: the rules that need more than the lead itself. Who is it, is it a lead already, does the
//! owner exist.
//!
//! Phone numbers and e-mail addresses become tokens here; whoever has the number of a lead and
//! becomes known, by whatever message, becomes the contact of that lead.

mod change;
mod erase;
mod find;
mod learn;
mod merge;
mod open;

pub use change::LeadChanges;
pub use find::compared_by;
pub use open::{LeadsTried, NewLead};
