//! Let go of a conversation.

use super::{Conversation, ConversationReleased, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nobody has it any more, so that anybody can claim it. If nobody had it, nothing happens.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReleaseConversation;

impl Command for ReleaseConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        let released = |old_assignee| Decision::new(ConversationReleased { old_assignee });
        Ok(state.assignee.map(released).into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::ConversationClaimed;
    use crate::conversation::fixtures::{MAYA, deleted, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn who_had_it_is_kept() {
        given::<Conversation>([opened(), ConversationClaimed { assignee: MAYA }.into()])
            .when(ReleaseConversation)
            .then([ConversationReleased { old_assignee: MAYA }.into()]);
    }

    #[test]
    fn what_nobody_has_need_not_be_released() {
        given::<Conversation>([opened()]).when(ReleaseConversation).then([]);
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_refused() {
        given::<Conversation>([]).when(ReleaseConversation).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(ReleaseConversation)
            .refused(RefusalCode::NotAllowedNow);
    }
}
