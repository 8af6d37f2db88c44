//! Close a conversation.

use super::{Conversation, ConversationClosed, HandoffResolved, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::ConversationId;
use crate::refusal::Refusal;

/// It is done, and whoever waited for a person waits no more. The customer's next message reopens it; while it is closed it holds the claim by
/// which that message learns of it. If it is closed already, nothing happens.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CloseConversation {
    /// Which one; the stream that this is decided on.
    pub conversation: ConversationId,
}

impl Command for CloseConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        if state.closed {
            return Ok(Vec::new());
        }
        let closed = Decision::new(ConversationClosed { assignee: state.assignee });
        let closed = closed.claiming(ClaimKey::Shelved(self.conversation));
        let (handoff, at) = (state.attention.handoff.clone(), ctx.now_seconds());
        let resolved = handoff.map(|reason| Decision::new(HandoffResolved { reason, at }));
        Ok(std::iter::once(closed).chain(resolved).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::ConversationClaimed;
    use crate::conversation::fixtures::{CONVERSATION, MAYA, closed, deleted, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const CLOSE: CloseConversation = CloseConversation { conversation: CONVERSATION };

    #[test]
    fn it_is_closed_with_who_has_it_and_found_by_the_next_message() {
        given::<Conversation>([opened(), ConversationClaimed { assignee: MAYA }.into()])
            .when(CLOSE)
            .then([ConversationClosed { assignee: Some(MAYA) }.into()])
            .claiming([ClaimKey::Shelved(CONVERSATION)]);
    }

    #[test]
    fn what_is_closed_is_closed() {
        given::<Conversation>([opened(), closed()]).when(CLOSE).then([]);
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_refused() {
        given::<Conversation>([]).when(CLOSE).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(CLOSE)
            .refused(RefusalCode::NotAllowedNow);
    }
}
