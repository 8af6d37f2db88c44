//! Ask for a message to be sent.

use super::{Conversation, MessageRequested, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::MessageId;
use crate::limits::{SENDABLE_KINDS, TEXT_CHARS_MAX};
use crate::personal::{Content, MessageContent, Personal};
use crate::refusal::Refusal;
use crate::validate;

/// The business wants to say something: the intent, before anything is sent. The message gets an id
/// of its own here; the platform's comes with the outcome. The text is sealed under the contact's
/// key, like everything that is said to or by them.
///
/// Who: a key with the scope `write`, for itself or for a person. Refuses: a conversation that does
/// not exist (`not_found`) or was deleted (`not_allowed_now`), a kind that is not one of [`SENDABLE_KINDS`], a text that is blank or
/// longer than [`TEXT_CHARS_MAX`] characters. That the contact was not erased and that the channel
/// is connected stands in other streams; the caller looks there.
#[derive(Clone, Debug)]
pub struct SendMessage {
    /// One of [`SENDABLE_KINDS`].
    pub kind: String,
    /// What to say, exactly.
    pub text: Sensitive,
}

impl Command for SendMessage {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let contact = state.workable()?.contact;
        let kind = validate::one_of("type", &self.kind, &SENDABLE_KINDS)?;
        let text = self.text.expose();
        if text.trim().is_empty() || text.chars().count() > TEXT_CHARS_MAX {
            return Err(Refusal::field(
                "text",
                format!("needs 1 to {TEXT_CHARS_MAX} characters that are not all blank"),
            ));
        }
        let requested = MessageRequested {
            message: MessageId(ctx.next_id()),
            kind,
            requested_at: ctx.now_seconds(),
        };
        let content = MessageContent { text: Some(self.text), ..MessageContent::default() };
        Ok(vec![Decision::new(requested).sealing(Personal {
            subject: contact.into(),
            content: Content::Message(Box::new(content)),
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::fixtures::{CONTACT, deleted, opened};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, drawn_id, given};

    fn send(text: &str) -> SendMessage {
        SendMessage { kind: "text".into(), text: text.into() }
    }

    fn requested() -> MessageRequested {
        MessageRequested {
            message: MessageId(drawn_id(0)),
            kind: "text".into(),
            requested_at: NOW_SECONDS,
        }
    }

    #[test]
    fn the_intent_is_recorded_and_the_text_sealed_for_the_contact_as_it_is() {
        let text = " Olá! \n";
        let content = MessageContent { text: Some(text.into()), ..MessageContent::default() };
        given::<Conversation>([opened()])
            .when(send(text))
            .then([requested().into()])
            .sealing([Personal {
                subject: CONTACT.into(),
                content: Content::Message(Box::new(content)),
            }])
            .claiming([]);
    }

    #[test]
    fn where_nobody_spoke_nothing_is_sent() {
        given::<Conversation>([]).when(send("Hello")).refused(RefusalCode::NotFound);
        given::<Conversation>([opened(), deleted()])
            .when(send("Hello"))
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        given::<Conversation>([opened()])
            .when(send(&"ç".repeat(TEXT_CHARS_MAX)))
            .then([requested().into()]);
    }

    #[test]
    fn a_text_is_needed_and_has_a_limit() {
        for bad in ["", " \n\t", &"x".repeat(TEXT_CHARS_MAX + 1)] {
            given::<Conversation>([opened()])
                .when(send(bad))
                .refused(RefusalCode::InvalidField)
                .at("text");
        }
    }

    #[test]
    fn an_unknown_kind_is_refused_with_those_there_are() {
        given::<Conversation>([opened()])
            .when(SendMessage { kind: "hologram".into(), ..send("Hello") })
            .refused(RefusalCode::InvalidField)
            .at("type")
            .allowing(SENDABLE_KINDS);
    }
}
