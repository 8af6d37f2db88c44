//! Hand a message to the platform.

use super::outgoing::Next;
use super::platform_error::{ErrorClass, OPTED_OUT, WINDOW_CLOSED};
use super::{Conversation, MessageAttempted, MessageRejected, State};
use crate::contact::{Preferences, Wish};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{BroadcastId, MessageId};
use crate::refusal::{Refusal, RefusalCode};

/// A message's turn has come: recorded before it leaves. If the window of the conversation closed
/// while it waited, or the person opted out, it fails here with the platform's own code for that, and
/// nothing leaves.
///
/// Who: the sender. Refuses: a message whose turn it is not (`not_allowed_now`), so that nothing is
/// handed over twice, however many senders there are; one of a broadcast that stands still (the same).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BeginAttempt {
    /// Which message.
    pub message: MessageId,
    /// What may be sent to the person, all their contacts together.
    pub preferences: Preferences,
    /// The broadcasts that stand still or were given up: none of their messages leaves.
    pub held: Vec<BroadcastId>,
}

impl Command for BeginAttempt {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let (message, at) = (self.message, ctx.now_seconds());
        let outbox = &state.outbox;
        if outbox.next_but(at, &self.held) != Next::Attempt(message) {
            let detail = "it is not this message's turn";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        let known = outbox.find(message);
        let attempts = known.map_or(0, |one| one.attempts);
        let wish = known.map(|one| Wish {
            marketing: one.marketing,
            template: one.template,
            heard_at: outbox.heard_at,
        });
        let closed = wish.is_some_and(|wish| !wish.template) && !outbox.is_open(at);
        let unwanted = wish.is_some_and(|wish| self.preferences.forbids(wish).is_some());
        if closed || unwanted {
            let rejected = MessageRejected {
                message,
                attempt: attempts,
                at,
                http_status: None,
                code: Some(if unwanted { OPTED_OUT } else { WINDOW_CLOSED }),
                class: ErrorClass::No,
                retry_at: None,
                bulk: known.and_then(|one| one.bulk),
            };
            return Ok(vec![Decision::new(rejected)]);
        }
        let attempt = attempts.saturating_add(1);
        Ok(vec![Decision::new(MessageAttempted {
            message,
            attempt,
            at,
            writes_first: !outbox.is_open(at),
        })])
    }
}
