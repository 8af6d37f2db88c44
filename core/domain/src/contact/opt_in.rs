//! Somebody wants to be sent something again.

use super::opt_out::checked;
use super::{Contact, OptedIn, PreferenceScope, PreferenceSource, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{ContactId, KeyId, MessageId, PersonId};
use crate::limits::OPT_IN_REASONS;
use crate::refusal::{Refusal, RefusalCode};

/// The stops of this scope are lifted: `marketing` lifts that of marketing, `all` lifts both. Where
/// nothing stands nothing happens. A person who is several contacts (see `State::absorbed`) comes
/// back by one such command for each.
///
/// Who: the person themselves, through the intake; a key with the scope `write`. What comes late
/// about a time before, or the same second as, their last change of mind says nothing any more.
/// Refuses: a contact that is not known (`not_found`), one whose data was erased (`erased`), marketing
/// while everything is stopped (`not_allowed_now`), and of an operator a reason that is not one of
/// [`OPT_IN_REASONS`], and a note that is blank or too long.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OptIn {
    /// The contact; the stream that this is decided on.
    pub contact: ContactId,
    /// What is wanted again.
    pub scope: PreferenceScope,
    /// How it became known.
    pub source: PreferenceSource,
    /// When (seconds since 1970); now if nobody says.
    pub at: Option<i64>,
    /// Their message that said so.
    pub message: Option<MessageId>,
    /// Why an operator recorded it.
    pub reason: Option<String>,
    /// What an operator adds, in free words.
    pub note: Option<Sensitive>,
    /// The member of the staff who recorded it.
    pub by: Option<PersonId>,
    /// The key that it came with.
    pub key: Option<KeyId>,
}

impl OptIn {
    /// Known by itself, with nothing that an operator would add.
    pub const fn heard(
        contact: ContactId,
        scope: PreferenceScope,
        source: PreferenceSource,
    ) -> Self {
        let (at, message, reason, note, by, key) = (None, None, None, None, None, None);
        Self { contact, scope, source, at, message, reason, note, by, key }
    }
}

impl Command for OptIn {
    type Aggregate = Contact;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_not_be_erased()?;
        let Self { contact, scope, source, at, message, reason, note, by, key } = self;
        let reason = checked(source, reason, &OPT_IN_REASONS)?;
        let (known, at) = (state.preferences, at.unwrap_or(ctx.now_seconds()));
        let lifts =
            known.marketing.is_some() || scope == PreferenceScope::All && known.all.is_some();
        let late = known.changed_at.is_some_and(|changed| at <= changed);
        if source == PreferenceSource::Operator
            && scope == PreferenceScope::Marketing
            && known.all.is_some()
        {
            let detail = "this person stopped everything, not only marketing; if they want to hear \
                          from the business again, the scope is `all`";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        if !lifts || late && source != PreferenceSource::Operator {
            return Ok(Vec::new());
        }
        let event = OptedIn { scope, source, at, message, reason, by, key };
        Ok(vec![super::noted(Decision::new(event), contact, note)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::OptedOut;
    use crate::contact::fixtures::{A, created, erased, opted_in, opted_out};
    use crate::testing::{NOW_SECONDS, given};

    fn words(at: i64) -> OptIn {
        let heard = OptIn::heard(A, PreferenceScope::All, PreferenceSource::Words);
        OptIn { at: Some(at), ..heard }
    }

    fn operator(scope: PreferenceScope) -> OptIn {
        let heard = OptIn::heard(A, scope, PreferenceSource::Operator);
        OptIn { reason: Some("asked".into()), ..heard }
    }

    fn stopped_all() -> crate::contact::Event {
        OptedOut {
            scope: PreferenceScope::All,
            source: PreferenceSource::Operator,
            at: 6,
            message: None,
            code: None,
            reason: Some("asked".into()),
            by: None,
            key: None,
        }
        .into()
    }

    #[test]
    fn who_says_start_hears_from_the_business_again() {
        given::<Contact>([created(), opted_out(5)]).when(words(6)).then([opted_in(6).into()]);
        given::<Contact>([created(), opted_out(5), stopped_all()])
            .when(words(7))
            .then([opted_in(7).into()]);
        given::<Contact>([created()]).when(words(6)).then([]);
    }

    #[test]
    fn what_comes_late_lifts_nothing() {
        for at in [4, 5] {
            given::<Contact>([created(), opted_out(5)]).when(words(at)).then([]);
        }
    }

    #[test]
    fn an_operator_lifts_what_stands_and_says_why() {
        let event = |scope| OptedIn {
            scope,
            source: PreferenceSource::Operator,
            at: NOW_SECONDS,
            message: None,
            reason: Some("asked".into()),
            by: None,
            key: None,
        };
        let (marketing, all) = (PreferenceScope::Marketing, PreferenceScope::All);
        given::<Contact>([created(), opted_out(5)])
            .when(operator(marketing))
            .then([event(marketing).into()]);
        given::<Contact>([created(), stopped_all()])
            .when(operator(marketing))
            .refused(RefusalCode::NotAllowedNow);
        given::<Contact>([created(), stopped_all()]).when(operator(all)).then([event(all).into()]);
        given::<Contact>([created(), opted_out(5)])
            .when(OptIn { reason: None, ..operator(marketing) })
            .refused(RefusalCode::InvalidField)
            .at("reason")
            .allowing(OPT_IN_REASONS);
    }

    #[test]
    fn who_is_not_known_or_was_erased_cannot_come_back() {
        given::<Contact>([]).when(words(5)).refused(RefusalCode::NotFound);
        given::<Contact>([created(), erased()]).when(words(5)).refused(RefusalCode::Erased);
    }
}
