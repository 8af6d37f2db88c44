//! Tag a conversation.

use super::{Conversation, ConversationTagged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::TAGS_MAX;
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// It gets tags beside those that it has. Tags stand in the clear, because lists are filtered by
/// them: they say what a conversation is about, never who somebody is. They are compared and kept
/// in lower case. If it has them all, nothing happens.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`), something that is no tag, more than [`TAGS_MAX`] tags.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TagConversation {
    /// The tags to add.
    pub tags: Vec<String>,
}

impl Command for TagConversation {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        let mut tags = state.tags.clone();
        for tag in &self.tags {
            tags.insert(validate::tag("tags", tag)?);
        }
        if tags.len() > TAGS_MAX {
            return Err(Refusal::new(
                RefusalCode::NotAllowedNow,
                format!("a conversation has at most {TAGS_MAX} tags; take one away first"),
            ));
        }
        if tags == state.tags {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(ConversationTagged {
            old_tags: state.tags.iter().cloned().collect(),
            tags: tags.into_iter().collect(),
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Event;
    use crate::conversation::fixtures::{deleted, opened};
    use crate::testing::given;

    fn tag(tags: &[&str]) -> TagConversation {
        TagConversation { tags: tags.iter().map(ToString::to_string).collect() }
    }

    fn tagged(old: &[&str], tags: &[&str]) -> Event {
        let list = |tags: &[&str]| tags.iter().map(ToString::to_string).collect();
        ConversationTagged { old_tags: list(old), tags: list(tags) }.into()
    }

    #[test]
    fn tags_are_a_set_in_lower_case() {
        given::<Conversation>([opened()]).when(tag(&["VIP", "billing", "vip "])).then([tagged(
            &[],
            &["billing", "vip"],
        )
        .into()]);
        given::<Conversation>([opened(), tagged(&[], &["billing", "vip"])])
            .when(tag(&["דחוף"]))
            .then([tagged(&["billing", "vip"], &["billing", "vip", "דחוף"]).into()]);
    }

    #[test]
    fn a_tag_that_it_has_changes_nothing() {
        given::<Conversation>([opened(), tagged(&[], &["vip"])]).when(tag(&["Vip"])).then([]);
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for bad in ["", " ", "two words", "a\nb", "#x", &"x".repeat(41)] {
            given::<Conversation>([opened()])
                .when(tag(&["good", bad]))
                .refused(RefusalCode::InvalidField)
                .at("tags");
        }
    }

    #[test]
    fn there_is_an_end_to_tags() {
        let many: Vec<String> = (0..TAGS_MAX).map(|n| format!("t{n:02}")).collect();
        let had = ConversationTagged { old_tags: vec![], tags: many };
        given::<Conversation>([opened(), had.into()])
            .when(tag(&["one-more"]))
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_refused() {
        given::<Conversation>([]).when(tag(&["x"])).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(tag(&["x"]))
            .refused(RefusalCode::NotAllowedNow);
    }
}
