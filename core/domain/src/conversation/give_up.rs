//! Stop waiting for a sign of a message.

use super::outgoing::Next;
use super::{Conversation, MessageUndetermined, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::MessageId;
use crate::refusal::Refusal;

/// There was no answer, and no status came in time: a person has to look. If a status came after
/// all, or it is too early, nothing happens.
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
        let message = self.message;
        if state.outbox.next(ctx.now_seconds()) != Next::GiveUp(message) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(MessageUndetermined { message })])
    }
}
