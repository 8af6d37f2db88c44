//! Write a note for the staff.

use super::{Conversation, NoteAdded, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::limits::NOTE_CHARS_MAX;
use crate::personal::{Content, NoteContent, Personal};
use crate::refusal::Refusal;

/// Something for the staff to know; the customer never sees it. It is about the customer, so it is
/// sealed under their key and goes with everything else when they are erased.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`), a text that is blank or longer than [`NOTE_CHARS_MAX`]
/// characters. That the contact was not erased stands in another stream; the caller looks there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddNote {
    /// The text.
    pub text: Sensitive,
}

impl Command for AddNote {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let contact = state.workable()?.contact;
        let text = self.text.expose();
        if text.trim().is_empty() || text.chars().count() > NOTE_CHARS_MAX {
            return Err(Refusal::field(
                "text",
                format!("needs 1 to {NOTE_CHARS_MAX} characters that are not all blank"),
            ));
        }
        Ok(vec![Decision::new(NoteAdded { note: ctx.next_id() }).sealing(Personal {
            subject: contact.into(),
            content: Content::Note(NoteContent { text: self.text }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::fixtures::{CONTACT, deleted, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::{drawn_id, given};

    fn note(text: &str) -> AddNote {
        AddNote { text: text.into() }
    }

    #[test]
    fn the_text_is_sealed_for_the_customer_as_it_is() {
        let text = " Prefers mornings.\n";
        given::<Conversation>([opened()])
            .when(note(text))
            .then([NoteAdded { note: drawn_id(0) }.into()])
            .sealing([Personal {
                subject: CONTACT.into(),
                content: Content::Note(NoteContent { text: text.into() }),
            }]);
    }

    #[test]
    fn a_text_is_needed_and_has_a_limit() {
        for bad in ["", " \n", &"x".repeat(NOTE_CHARS_MAX + 1)] {
            given::<Conversation>([opened()])
                .when(note(bad))
                .refused(RefusalCode::InvalidField)
                .at("text");
        }
    }

    #[test]
    fn what_does_not_exist_or_was_deleted_is_refused() {
        given::<Conversation>([]).when(note("x")).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(note("x"))
            .refused(RefusalCode::NotAllowedNow);
    }
}
