//! Give a conversation to somebody.

use super::{Conversation, ConversationAssigned, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::PersonId;
use crate::refusal::Refusal;

/// A member of the staff takes care of it from now on, whoever had it before. If they have it
/// already, nothing happens.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`). That the person belongs to the staff stands in another stream;
/// the caller looks there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AssignConversation {
    /// Who is to have it.
    pub person: PersonId,
}

impl Command for AssignConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        if state.assignee == Some(self.person) {
            return Ok(Vec::new());
        }
        let (old_assignee, assignee) = (state.assignee, self.person);
        Ok(vec![Decision::new(ConversationAssigned { old_assignee, assignee })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::fixtures::{MAYA, NOA, deleted, opened};
    use crate::conversation::{ConversationReleased, Event};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn assigned(old_assignee: Option<PersonId>, assignee: PersonId) -> Event {
        ConversationAssigned { old_assignee, assignee }.into()
    }

    #[test]
    fn it_goes_from_one_to_the_next() {
        given::<Conversation>([opened()])
            .when(AssignConversation { person: MAYA })
            .then([assigned(None, MAYA).into()]);
        given::<Conversation>([opened(), assigned(None, MAYA)])
            .when(AssignConversation { person: NOA })
            .then([assigned(Some(MAYA), NOA).into()]);
        let released = ConversationReleased { old_assignee: MAYA };
        given::<Conversation>([opened(), assigned(None, MAYA), released.into()])
            .when(AssignConversation { person: NOA })
            .then([assigned(None, NOA).into()]);
    }

    #[test]
    fn who_has_it_need_not_be_given_it() {
        given::<Conversation>([opened(), assigned(None, MAYA)])
            .when(AssignConversation { person: MAYA })
            .then([]);
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_given_to_nobody() {
        let assign = AssignConversation { person: MAYA };
        given::<Conversation>([]).when(assign).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(assign)
            .refused(RefusalCode::NotAllowedNow);
    }
}
