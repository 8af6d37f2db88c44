//! Finding: from a customer's words to the passages that speak of it, and how far these cover it.
//!
//! The index finds candidates; here they are read sentence by sentence. How much a word counts is
//! measured by the passages that the agent may answer from, and by nothing else.

mod library;
mod near;
mod rank;
mod shows;
mod terms;
mod units;

pub(crate) use library::{Library, blocking};
pub(crate) use rank::{Covering, Ranked};
pub(crate) use terms::Terms;
pub(crate) use units::{Shape, Unit};
