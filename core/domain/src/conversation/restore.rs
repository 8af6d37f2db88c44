//! Put a deleted conversation back into the lists.

use super::{Conversation, ConversationRestored, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{ConversationId, MessageId};
use crate::refusal::Refusal;

/// It is in the lists again, open or closed as it was. If it was not deleted, nothing happens.
///
/// Who: a key with the scope `write`; Convolog, when the customer writes. Refuses: a conversation
/// that does not exist (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RestoreConversation {
    /// Which one; the stream that this is decided on.
    pub conversation: ConversationId,
    /// The customer's message that asks for it; none if an operator does.
    pub message: Option<MessageId>,
}

impl Command for RestoreConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.begun()?;
        if !state.deleted {
            return Ok(Vec::new());
        }
        let (closed, message) = (state.closed, self.message);
        let restored = Decision::new(ConversationRestored { closed, message });
        // A closed one still waits for a message.
        let claim = (!closed).then_some(ClaimKey::Shelved(self.conversation));
        Ok(vec![claim.into_iter().fold(restored, Decision::releasing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::fixtures::{CONVERSATION, closed, deleted, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const RESTORE: RestoreConversation =
        RestoreConversation { conversation: CONVERSATION, message: None };

    #[test]
    fn it_comes_back_as_it_was() {
        given::<Conversation>([opened(), deleted()])
            .when(RESTORE)
            .then([ConversationRestored { closed: false, message: None }.into()])
            .releasing([ClaimKey::Shelved(CONVERSATION)]);
        given::<Conversation>([opened(), closed(), deleted()])
            .when(RESTORE)
            .then([ConversationRestored { closed: true, message: None }.into()])
            .releasing([]);
    }

    #[test]
    fn what_was_not_deleted_need_not_be_restored() {
        given::<Conversation>([opened()]).when(RESTORE).then([]);
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        given::<Conversation>([]).when(RESTORE).refused(RefusalCode::NotFound);
    }
}
