//! Take tags away from a conversation.

use super::{Conversation, ConversationUntagged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;
use crate::validate;

/// It loses these tags. If it has none of them, nothing happens.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`), something that is no tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UntagConversation {
    /// The tags to take away.
    pub tags: Vec<String>,
}

impl Command for UntagConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        let mut tags = state.tags.clone();
        for tag in &self.tags {
            tags.remove(&validate::tag("tags", tag)?);
        }
        if tags == state.tags {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(ConversationUntagged {
            old_tags: state.tags.iter().cloned().collect(),
            tags: tags.into_iter().collect(),
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::fixtures::{deleted, opened};
    use crate::conversation::{ConversationTagged, Event};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn untag(tag: &str) -> UntagConversation {
        UntagConversation { tags: vec![tag.into()] }
    }

    fn tagged() -> Event {
        ConversationTagged { old_tags: vec![], tags: vec!["a".into(), "b".into()] }.into()
    }

    #[test]
    fn the_others_stay() {
        let untagged =
            ConversationUntagged { old_tags: vec!["a".into(), "b".into()], tags: vec!["b".into()] };
        given::<Conversation>([opened(), tagged()]).when(untag("A")).then([untagged.into()]);
    }

    #[test]
    fn a_tag_that_it_does_not_have_changes_nothing() {
        given::<Conversation>([opened(), tagged()]).when(untag("c")).then([]);
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_refused() {
        given::<Conversation>([]).when(untag("a")).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), tagged(), deleted()])
            .when(untag("a"))
            .refused(RefusalCode::NotAllowedNow);
        given::<Conversation>([opened()])
            .when(untag("a b"))
            .refused(RefusalCode::InvalidField)
            .at("tags");
    }
}
