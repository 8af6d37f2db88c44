//! Take note that a customer was shown that their message is read.

use super::{Conversation, MarkOutcome, MessageMarkedRead, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::MessageId;
use crate::refusal::Refusal;

/// The platform was told that a message is read, and perhaps that somebody writes an answer. Harmless,
/// and worth nothing a minute later: it is done once, and what came of it is one event.
///
/// Who: a key with the scope `write`, and the responder. Refuses: a conversation that does not exist
/// (`not_found`) or was deleted (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MarkRead {
    /// Which message.
    pub message: MessageId,
    /// That somebody writes was shown too.
    pub typing: bool,
    /// What came of it.
    pub outcome: MarkOutcome,
    /// The HTTP status of the answer, if there was one.
    pub http_status: Option<u16>,
}

impl Command for MarkRead {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        let Self { message, typing, outcome, http_status } = self;
        let at = ctx.now_seconds();
        Ok(vec![Decision::new(MessageMarkedRead { message, typing, at, outcome, http_status })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::fixtures::{deleted, heard, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    #[test]
    fn what_came_of_it_is_one_event() {
        let mark = MarkRead {
            message: MessageId(Uuid::from_u128(7)),
            typing: true,
            outcome: MarkOutcome::Refused,
            http_status: Some(400),
        };
        let marked = MessageMarkedRead {
            message: mark.message,
            typing: true,
            at: NOW_SECONDS,
            outcome: MarkOutcome::Refused,
            http_status: Some(400),
        };
        given::<Conversation>([opened(), heard(NOW_SECONDS)]).when(mark).then([marked.into()]);
        given::<Conversation>([]).when(mark).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()]).when(mark).refused(RefusalCode::NotAllowedNow);
    }
}
