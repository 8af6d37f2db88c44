//! Responding: lets the published agent of a channel answer what customers write.
//!
//! One lane a conversation. Messages in quick succession are answered together, after the agent's
//! coalescing window. What an agent says is recorded with how it came to it, in one commit, and only
//! if nobody answered meanwhile; sending is the sender's work. Nobody is met with silence: where the
//! agent cannot or may not answer, a person is asked for, with the reason.

mod hours;
mod lane;
mod made;
mod means;
mod reading;

use convolog_log::Timestamp;

use crate::acting::Acting;
use crate::lanes::{self, Lanes};
use lane::Responder;

pub(crate) use means::connection;

/// How far back unanswered messages are looked for when the responder starts, in microseconds: as
/// long as anything may be said to a customer.
const LOOK_BACK: i64 = 24 * 3_600 * 1_000_000;

/// Responds until told to stop.
pub(crate) async fn run(acting: Acting) {
    let begun = Timestamp(acting.now().0.saturating_sub(LOOK_BACK));
    let after = acting.engine().log().position_at(begun).unwrap_or_else(|error| {
        tracing::error!(%error, "what was not answered before is not looked for");
        acting.engine().log().head()
    });
    lanes::run(Responder::new(acting), Lanes::default(), after).await;
}
