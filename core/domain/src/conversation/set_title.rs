//! Give a conversation a title.

use super::{Conversation, ConversationTitled, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::limits::TITLE_CHARS_MAX;
use crate::personal::{Content, NoteContent, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// What the staff calls it. A title often names the customer, so it is sealed under their key.
/// Taking away the title of a conversation that has none changes nothing.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`), a title that is not one line of 1 to [`TITLE_CHARS_MAX`]
/// characters. That the contact was not erased stands in another stream; the caller looks there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetTitle {
    /// The title; none takes it away.
    pub title: Option<Sensitive>,
}

impl Command for SetTitle {
    type Aggregate = Conversation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let contact = state.workable()?.contact;
        let Some(title) = self.title else {
            let cleared = state.titled.then(|| Decision::new(ConversationTitled { cleared: true }));
            return Ok(cleared.into_iter().collect());
        };
        let title = validate::line("title", title.expose(), TITLE_CHARS_MAX)?;
        Ok(vec![Decision::new(ConversationTitled { cleared: false }).sealing(Personal {
            subject: contact.into(),
            content: Content::Title(NoteContent { text: title.into() }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Event;
    use crate::conversation::fixtures::{CONTACT, deleted, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn title(text: Option<&str>) -> SetTitle {
        SetTitle { title: text.map(Into::into) }
    }

    fn titled(cleared: bool) -> Event {
        ConversationTitled { cleared }.into()
    }

    #[test]
    fn it_is_sealed_for_the_customer() {
        given::<Conversation>([opened()])
            .when(title(Some(" Ana's wedding cake ")))
            .then([titled(false).into()])
            .sealing([Personal {
                subject: CONTACT.into(),
                content: Content::Title(NoteContent { text: "Ana's wedding cake".into() }),
            }]);
    }

    #[test]
    fn it_can_be_taken_away_once() {
        given::<Conversation>([opened(), titled(false)])
            .when(title(None))
            .then([titled(true).into()])
            .sealing([]);
        given::<Conversation>([opened()]).when(title(None)).then([]);
        given::<Conversation>([opened(), titled(false), titled(true)]).when(title(None)).then([]);
    }

    #[test]
    fn it_is_one_line() {
        for bad in ["", "  ", "two\nlines", &"x".repeat(TITLE_CHARS_MAX + 1)] {
            given::<Conversation>([opened()])
                .when(title(Some(bad)))
                .refused(RefusalCode::InvalidField)
                .at("title");
        }
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_refused() {
        given::<Conversation>([]).when(title(Some("x"))).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(title(None))
            .refused(RefusalCode::NotAllowedNow);
    }
}
