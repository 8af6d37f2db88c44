//! Somebody does not want to be sent something any more.

use super::{Contact, OptedOut, PreferenceScope, PreferenceSource, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{ContactId, KeyId, MessageId, PersonId};
use crate::limits::OPT_OUT_REASONS;
use crate::refusal::Refusal;
use crate::validate;

/// From now on nothing of this scope is sent to them. What is stopped already stays as it is.
///
/// Who: the person themselves, through the intake; the platform; a key with the scope `write`. What
/// comes late about an earlier time than their last change of mind says nothing any more; of two of
/// the same second the stop counts. Refuses: a contact that is not known (`not_found`), one whose data
/// was erased (`erased`), and of an operator a reason that is not one of [`OPT_OUT_REASONS`], and a
/// note that is blank or too long.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OptOut {
    /// The contact; the stream that this is decided on.
    pub contact: ContactId,
    /// What is stopped.
    pub scope: PreferenceScope,
    /// How it became known.
    pub source: PreferenceSource,
    /// When (seconds since 1970); now if nobody says.
    pub at: Option<i64>,
    /// Their message that said so, or ours that was refused.
    pub message: Option<MessageId>,
    /// The platform's error code.
    pub code: Option<i64>,
    /// Why an operator recorded it.
    pub reason: Option<String>,
    /// What an operator adds, in free words.
    pub note: Option<Sensitive>,
    /// The member of the staff who recorded it.
    pub by: Option<PersonId>,
    /// The key that it came with.
    pub key: Option<KeyId>,
}

impl OptOut {
    /// Known by itself, with nothing that an operator would add.
    pub const fn heard(
        contact: ContactId,
        scope: PreferenceScope,
        source: PreferenceSource,
    ) -> Self {
        let (at, message, code, reason) = (None, None, None, None);
        let (note, by, key) = (None, None, None);
        Self { contact, scope, source, at, message, code, reason, note, by, key }
    }
}

impl Command for OptOut {
    type Aggregate = Contact;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_not_be_erased()?;
        let Self { contact, scope, source, at, message, code, reason, note, by, key } = self;
        let reason = checked(source, reason, &OPT_OUT_REASONS)?;
        let at = at.unwrap_or(ctx.now_seconds());
        let late = state.preferences.changed_at.is_some_and(|changed| at < changed);
        if state.preferences.stop(scope).is_some() || late && source != PreferenceSource::Operator {
            return Ok(Vec::new());
        }
        let event = OptedOut { scope, source, at, message, code, reason, by, key };
        Ok(vec![super::noted(Decision::new(event), contact, note)?])
    }
}

/// The reason of an operator, who must give one of a list; nobody else gives one.
pub(super) fn checked(
    source: PreferenceSource,
    reason: Option<String>,
    allowed: &[&str],
) -> Result<Option<String>, Refusal> {
    if source != PreferenceSource::Operator {
        return Ok(None);
    }
    validate::one_of("reason", &reason.unwrap_or_default(), allowed).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::fixtures::{A, created, erased, opted_in, opted_out};
    use crate::limits::NOTE_CHARS_MAX;
    use crate::personal::{Content, NoteContent, Personal};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    fn words(at: i64) -> OptOut {
        let heard = OptOut::heard(A, PreferenceScope::Marketing, PreferenceSource::Words);
        OptOut { at: Some(at), ..heard }
    }

    fn operator(reason: &str) -> OptOut {
        let heard = OptOut::heard(A, PreferenceScope::All, PreferenceSource::Operator);
        OptOut { reason: Some(reason.into()), ..heard }
    }

    #[test]
    fn who_says_stop_is_stopped_once() {
        given::<Contact>([created()]).when(words(5)).then([opted_out(5).into()]);
        given::<Contact>([created(), opted_out(5)]).when(words(6)).then([]);
        given::<Contact>([created(), opted_out(5), opted_in(6)])
            .when(words(7))
            .then([opted_out(7).into()]);
    }

    #[test]
    fn what_comes_late_says_nothing_and_of_one_second_the_stop_counts() {
        let back = || [created(), opted_out(5), opted_in(7)];
        given::<Contact>(back()).when(words(6)).then([]);
        given::<Contact>(back()).when(words(7)).then([opted_out(7).into()]);
    }

    #[test]
    fn an_operator_gives_a_reason_of_the_list_and_may_add_a_note() {
        for reason in OPT_OUT_REASONS {
            given::<Contact>([created()]).when(operator(reason)).decided();
        }
        given::<Contact>([created()])
            .when(operator("Ana was angry"))
            .refused(RefusalCode::InvalidField)
            .at("reason")
            .allowing(OPT_OUT_REASONS);
        let text = Sensitive::from("said so at the counter");
        let event = OptedOut {
            scope: PreferenceScope::All,
            source: PreferenceSource::Operator,
            at: NOW_SECONDS,
            message: None,
            code: None,
            reason: Some("asked".into()),
            by: None,
            key: None,
        };
        let content = Content::Note(NoteContent { text: text.clone() });
        given::<Contact>([created()])
            .when(OptOut { note: Some(text), ..operator("asked") })
            .then([event.into()])
            .sealing([Personal { subject: A.into(), content }]);
        for note in [" \n".to_owned(), "x".repeat(NOTE_CHARS_MAX + 1)] {
            given::<Contact>([created()])
                .when(OptOut { note: Some(note.into()), ..operator("asked") })
                .refused(RefusalCode::InvalidField)
                .at("note");
        }
    }

    #[test]
    fn who_is_not_known_or_was_erased_has_no_preferences() {
        given::<Contact>([]).when(words(5)).refused(RefusalCode::NotFound);
        given::<Contact>([created(), erased()]).when(words(5)).refused(RefusalCode::Erased);
    }
}
