//! Take back a message that has not left.

use super::{Conversation, MessageCancelled, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::MessageId;
use crate::refusal::{Refusal, RefusalCode};

/// It is not wanted any more. What the platform has, or may have, cannot be taken back.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`), a
/// message that does not wait (`not_allowed_now`), a key of the sandbox that names what is to be sent to
/// somebody (`sandbox_key`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CancelMessage {
    /// Which message.
    pub message: MessageId,
    /// A key of the sandbox asks: it takes back only what was asked for with one.
    pub sandbox: bool,
}

impl Command for CancelMessage {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.begun()?;
        let message = self.message;
        let Some(waiting) = state.outbox.find(message).filter(|one| one.waits()) else {
            let detail = "no such message waits in this conversation: the platform may have it";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        };
        if self.sandbox && !waiting.sandbox {
            return Err(Refusal::sandbox("this message is to be sent to somebody"));
        }
        Ok(vec![Decision::new(MessageCancelled { message, bulk: waiting.bulk })])
    }
}
