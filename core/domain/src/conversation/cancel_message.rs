//! Take back a message that has not left.

use super::outgoing::Outgoing;
use super::{Conversation, MessageCancelled, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::MessageId;
use crate::refusal::{Refusal, RefusalCode};

/// It is not wanted any more. What the platform has, or may have, cannot be taken back.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`), a
/// message that does not wait (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CancelMessage {
    /// Which message.
    pub message: MessageId,
}

impl Command for CancelMessage {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.begun()?;
        let message = self.message;
        if !state.outbox.find(message).is_some_and(Outgoing::waits) {
            let detail = "no such message waits in this conversation: the platform may have it";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(vec![Decision::new(MessageCancelled { message })])
    }
}
