//! Reopen a conversation.

use super::{Conversation, ConversationReopened, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{ConversationId, MessageId};
use crate::refusal::Refusal;

/// A closed conversation goes on, with whoever has it. If it is open, nothing happens.
///
/// Who: a key with the scope `write`; Convolog, when the customer writes. Refuses: a conversation
/// that does not exist (`not_found`) or was deleted (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReopenConversation {
    /// Which one; the stream that this is decided on.
    pub conversation: ConversationId,
    /// The customer's message that asks for it; none if an operator does.
    pub message: Option<MessageId>,
}

impl Command for ReopenConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        if !state.closed {
            return Ok(Vec::new());
        }
        let (assignee, message) = (state.assignee, self.message);
        let reopened = Decision::new(ConversationReopened { assignee, message });
        Ok(vec![reopened.releasing(ClaimKey::Shelved(self.conversation))])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::fixtures::{CONVERSATION, closed, deleted, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const REOPEN: ReopenConversation =
        ReopenConversation { conversation: CONVERSATION, message: None };

    #[test]
    fn it_goes_on_and_no_message_need_reopen_it() {
        let message = Some(MessageId(Uuid::from_u128(5)));
        for message in [None, message] {
            given::<Conversation>([opened(), closed()])
                .when(ReopenConversation { message, ..REOPEN })
                .then([ConversationReopened { assignee: None, message }.into()])
                .releasing([ClaimKey::Shelved(CONVERSATION)]);
        }
    }

    #[test]
    fn what_is_open_need_not_be_reopened() {
        given::<Conversation>([opened()]).when(REOPEN).then([]);
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_refused() {
        given::<Conversation>([]).when(REOPEN).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), closed(), deleted()])
            .when(REOPEN)
            .refused(RefusalCode::NotAllowedNow);
    }
}
