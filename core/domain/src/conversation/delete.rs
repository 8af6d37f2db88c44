//! Take a conversation out of the lists.

use super::{Conversation, ConversationDeleted, MessageCancelled, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::ConversationId;
use crate::refusal::Refusal;

/// Lists leave it out and nobody can work on it; what was said stays in history, and whoever knows
/// its id can read it. It can be restored, and the customer's next message restores it. If it was
/// deleted already, nothing happens. Messages that wait to be sent are taken back. To destroy what was
/// said, erase the contact.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DeleteConversation {
    /// Which one; the stream that this is decided on.
    pub conversation: ConversationId,
}

impl Command for DeleteConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.begun()?;
        if state.deleted {
            return Ok(Vec::new());
        }
        let deleted = Decision::new(ConversationDeleted { closed: state.closed });
        // A closed one holds the claim already.
        let claim = (!state.shelved()).then_some(ClaimKey::Shelved(self.conversation));
        let deleted = claim.into_iter().fold(deleted, Decision::claiming);
        let waiting = state.outbox.messages.iter().filter(|one| one.waits());
        let cancelled = waiting
            .map(|one| Decision::new(MessageCancelled { message: one.message, bulk: one.bulk }));
        Ok(cancelled.chain([deleted]).collect())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::fixtures::{CONVERSATION, closed, deleted, opened};
    use crate::conversation::{MessageAttempted, MessageRequested};
    use crate::ids::MessageId;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const DELETE: DeleteConversation = DeleteConversation { conversation: CONVERSATION };

    #[test]
    fn the_next_message_finds_out_and_one_claim_is_enough() {
        given::<Conversation>([opened()])
            .when(DELETE)
            .then([deleted().into()])
            .claiming([ClaimKey::Shelved(CONVERSATION)]);
        given::<Conversation>([opened(), closed()])
            .when(DELETE)
            .then([ConversationDeleted { closed: true }.into()])
            .claiming([]);
    }

    #[test]
    fn what_waits_to_be_sent_is_taken_back() {
        let asked = |id: u128| MessageRequested {
            message: MessageId(Uuid::from_u128(id)),
            ..MessageRequested::default()
        };
        let left = MessageAttempted {
            message: MessageId(Uuid::from_u128(1)),
            attempt: 1,
            at: 5,
            writes_first: false,
        };
        let begun = [opened(), asked(1).into(), left.into(), asked(2).into()];
        let cancelled = MessageCancelled { message: MessageId(Uuid::from_u128(2)), bulk: None };
        given::<Conversation>(begun).when(DELETE).then([cancelled.into(), deleted().into()]);
    }

    #[test]
    fn what_was_deleted_is_deleted() {
        given::<Conversation>([opened(), deleted()]).when(DELETE).then([]);
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        given::<Conversation>([]).when(DELETE).refused(RefusalCode::NotFound);
    }
}
