//! Keep a person's data for a case: nobody may erase it.

use super::{Contact, LegalHoldPlaced, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{ContactId, KeyId, PersonId};
use crate::limits::LEGAL_HOLD_REASONS;
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// From now on until it is released, erasing this person is refused; so is erasing anybody who was
/// found to be the same person, because they are erased as one. The note is about the person, so it
/// is sealed under their key.
///
/// Who: a key with the scope `manage`, or the administrator. Refuses: a contact that is not known
/// (`not_found`), one whose data was erased (`erased`), one that is held (`already_exists`), a
/// reason that is not one of [`LEGAL_HOLD_REASONS`], a note that is blank or longer than
/// [`NOTE_CHARS_MAX`](crate::limits::NOTE_CHARS_MAX) characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceLegalHold {
    /// The contact; the stream that this is decided on.
    pub contact: ContactId,
    /// The member of the staff who asked for it, if one did.
    pub by: Option<PersonId>,
    /// The key that it came with, if one was used.
    pub key: Option<KeyId>,
    /// One of [`LEGAL_HOLD_REASONS`].
    pub reason: String,
    /// Which case, in free words.
    pub note: Option<Sensitive>,
}

impl Command for PlaceLegalHold {
    type Aggregate = Contact;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_not_be_erased()?;
        if let Some(hold) = &state.hold {
            let detail = format!("a legal hold stands already: {hold}");
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let Self { contact, by, key, reason, note } = self;
        let reason = validate::one_of("reason", &reason, &LEGAL_HOLD_REASONS)?;
        let decision = Decision::new(LegalHoldPlaced { at: ctx.now_seconds(), by, key, reason });
        Ok(vec![super::noted(decision, contact, note)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::fixtures::{A, HELD_BY, created, erased, held, released};
    use crate::limits::NOTE_CHARS_MAX;
    use crate::personal::{Content, NoteContent, Personal};
    use crate::testing::{NOW_SECONDS, given};

    fn place(reason: &str) -> PlaceLegalHold {
        let (by, reason) = (HELD_BY, reason.to_owned());
        PlaceLegalHold { contact: A, by, key: None, reason, note: None }
    }

    fn event(reason: &str) -> LegalHoldPlaced {
        LegalHoldPlaced { at: NOW_SECONDS, by: HELD_BY, key: None, reason: reason.into() }
    }

    #[test]
    fn every_reason_of_the_list_is_recorded() {
        for reason in LEGAL_HOLD_REASONS {
            given::<Contact>([created()])
                .when(place(reason))
                .then([event(reason).into()])
                .sealing([]);
        }
    }

    #[test]
    fn the_note_is_sealed_for_the_person_it_is_about() {
        let text = Sensitive::from("case 12/2026, Sosa v. Harbour".to_owned());
        let content = Content::Note(NoteContent { text: text.clone() });
        given::<Contact>([created()])
            .when(PlaceLegalHold { note: Some(text), ..place("litigation") })
            .then([event("litigation").into()])
            .sealing([Personal { subject: A.into(), content }]);
    }

    #[test]
    fn a_note_that_says_nothing_or_too_much_is_refused() {
        for note in [" \n".to_owned(), "x".repeat(NOTE_CHARS_MAX + 1)] {
            given::<Contact>([created()])
                .when(PlaceLegalHold { note: Some(note.into()), ..place("audit") })
                .refused(RefusalCode::InvalidField)
                .at("note");
        }
    }

    #[test]
    fn a_reason_in_free_words_could_name_the_person() {
        given::<Contact>([created()])
            .when(place("Sosa v. Harbour"))
            .refused(RefusalCode::InvalidField)
            .at("reason")
            .allowing(LEGAL_HOLD_REASONS);
    }

    #[test]
    fn who_is_held_is_held_once_and_again_after_a_release() {
        given::<Contact>([created(), held()])
            .when(place("audit"))
            .refused(RefusalCode::AlreadyExists);
        given::<Contact>([created(), held(), released()])
            .when(place("audit"))
            .then([event("audit").into()]);
    }

    #[test]
    fn who_was_erased_or_is_not_known_cannot_be_held() {
        given::<Contact>([created(), erased()]).when(place("audit")).refused(RefusalCode::Erased);
        given::<Contact>([]).when(place("audit")).refused(RefusalCode::NotFound);
    }
}
