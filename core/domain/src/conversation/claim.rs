//! Take a conversation that nobody has.

use super::{Conversation, ConversationClaimed, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::event::StreamKind;
use crate::ids::PersonId;
use crate::refusal::{Refusal, RefusalCode};

/// A member of the staff takes care of it from now on. Who has it already has it: nothing happens.
///
/// Who: somebody with a key with the scope `write`, for themselves. Refuses: a conversation that
/// does not exist (`not_found`) or was deleted (`not_allowed_now`), one that somebody else has
/// (`owned_by_another`, with who that is).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClaimConversation {
    /// Who takes it.
    pub person: PersonId,
}

impl Command for ClaimConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        match state.assignee {
            None => Ok(vec![Decision::new(ConversationClaimed { assignee: self.person })]),
            Some(assignee) if assignee == self.person => Ok(Vec::new()),
            Some(assignee) => {
                let detail = format!(
                    "person {assignee} has this conversation; they can release it, or it can be \
                     assigned to somebody else"
                );
                let refusal = Refusal::new(RefusalCode::OwnedByAnother, detail);
                Err(refusal.because_of(StreamKind::Person, assignee.0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Event;
    use crate::conversation::fixtures::{MAYA, NOA, closed, deleted, opened};
    use crate::testing::given;

    const CLAIM: ClaimConversation = ClaimConversation { person: MAYA };

    fn claimed() -> Event {
        ConversationClaimed { assignee: MAYA }.into()
    }

    #[test]
    fn what_nobody_has_can_be_taken_closed_or_not() {
        given::<Conversation>([opened()]).when(CLAIM).then([claimed().into()]);
        given::<Conversation>([opened(), closed()]).when(CLAIM).then([claimed().into()]);
    }

    #[test]
    fn taking_it_again_changes_nothing() {
        given::<Conversation>([opened(), claimed()]).when(CLAIM).then([]);
    }

    #[test]
    fn who_has_it_is_told_to_whoever_wants_it() {
        let refused = given::<Conversation>([opened(), claimed()])
            .when(ClaimConversation { person: NOA })
            .refused(RefusalCode::OwnedByAnother);
        refused.because_of(StreamKind::Person, MAYA.0);
        assert!(refused.0.detail.contains(&MAYA.to_string()), "{}", refused.0.detail);
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_cannot_be_taken() {
        given::<Conversation>([]).when(CLAIM).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(CLAIM)
            .refused(RefusalCode::NotAllowedNow);
    }
}
