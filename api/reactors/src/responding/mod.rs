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

use std::sync::Arc;

use convolog_domain::{ConversationId, Event, StreamKind, conversation};
use convolog_engine::Recorded;
use convolog_log::Timestamp;

use crate::acting::Acting;
use crate::lanes::{Lanes, follow, types};
use lane::Responder;

pub(crate) use means::connection;

/// How far back unanswered messages are looked for when the responder starts, in microseconds: as
/// long as anything may be said to a customer.
const LOOK_BACK: i64 = 24 * 3_600 * 1_000_000;
/// What the responder hears of: what is asked, and what lets an agent answer again.
const HEARD: [&str; 4] =
    ["message_received", "handoff_resolved", "agent_published", "agent_resumed"];

/// Responds until told to stop.
pub(crate) async fn run(acting: Acting) {
    let (mut pulse, mut lanes, heard) = (acting.pulse(), Lanes::default(), types(&HEARD));
    let responder = Arc::new(Responder::new(acting.clone()));
    let begun = Timestamp(acting.now().0.saturating_sub(LOOK_BACK));
    let mut after = match acting.engine().log().position_at(begun) {
        Ok(after) => after,
        Err(error) => {
            tracing::error!(%error, "what was not answered before is not looked for");
            acting.engine().log().head()
        }
    };
    while pulse.next().await {
        lanes.collect();
        after = follow(acting.engine(), after, &heard, |event| hear(&mut lanes, event));
        if acting.may_act() {
            lanes.start_due(acting.now(), |lane| {
                let responder = Arc::clone(&responder);
                async move { responder.work(lane).await }
            });
        }
    }
    lanes.finish().await;
}

fn hear(lanes: &mut Lanes, event: &Recorded) {
    match &event.event {
        Event::Conversation(conversation::Event::MessageReceived(received))
            if received.facts.direction == conversation::Direction::Inbound =>
        {
            lanes.wake((event.workspace(), ConversationId(event.stream.id)));
        }
        // What was asked while a person had it, and not answered, is the agent's again.
        Event::Conversation(conversation::Event::HandoffResolved(_)) => {
            lanes.wake((event.workspace(), ConversationId(event.stream.id)));
        }
        _ if event.stream.kind == StreamKind::Agent => lanes.wake_stalled(),
        _ => {}
    }
}
