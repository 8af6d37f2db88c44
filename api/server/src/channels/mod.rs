//! What connecting a number needs of the outside: whether an address may be called, and the
//! platform's word that the number may be read with the given token.

mod graph;
mod outgoing;

pub(crate) use graph::{Claimed, prove};
pub(crate) use outgoing::OutgoingGuard;
