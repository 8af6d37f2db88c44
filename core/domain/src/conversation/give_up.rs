//! Stop waiting for a sign of a message.

use super::outgoing::Next;
use super::{Conversation, HandoffTriggered, MessageUndetermined, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::MessageId;
use crate::limits::REPLY_FAILED;
use crate::refusal::Refusal;

/// There was no answer, and no status came in time: a person has to look, and is asked to if it was an
/// agent's answer. If a status came after all, or it is too early, nothing happens.
///
/// Who: the sender.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GiveUp {
    /// Which message.
    pub message: MessageId,
}

impl Command for GiveUp {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let (message, now) = (self.message, ctx.now_seconds());
        if state.outbox.next(now) != Next::GiveUp(message) {
            return Ok(Vec::new());
        }
        let one = state.outbox.find(message);
        let bulk = one.and_then(|one| one.bulk);
        let gone = Decision::new(MessageUndetermined { message, bulk });
        let agent = state.attention.left_alone(one);
        let person = agent.map(|agent| {
            let reason = REPLY_FAILED.to_owned();
            Decision::new(HandoffTriggered { reason, at: now, agent: Some(agent) })
        });
        Ok(std::iter::once(gone).chain(person).collect())
    }
}
