//! What somebody does not want to be sent: their own word, kept until they take it back.
//!
//! Two stops stand side by side, one for marketing and one for everything. Of several contacts that
//! turned out to be one person every stop counts.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::Utc;
use crate::event::StreamKind;
use crate::ids::{ContactId, KeyId, MessageId, PersonId};
use crate::refusal::{Refusal, RefusalCode};

/// What is stopped, or wanted again.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PreferenceScope {
    /// Messages that promote something.
    Marketing,
    /// Every message but an answer to what they write.
    All,
}

impl PreferenceScope {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Marketing, Self::All];

    /// The number in the vault.
    pub const fn code(self) -> u8 {
        match self {
            Self::Marketing => 1,
            Self::All => 2,
        }
    }

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Marketing => "marketing",
            Self::All => "all",
        }
    }
}

/// How it became known.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PreferenceSource {
    /// They wrote a word for it, such as STOP.
    Words,
    /// They said so in the platform's own settings.
    Preference,
    /// The platform refused a message because of it.
    PlatformError,
    /// Somebody of the business recorded it.
    Operator,
    /// They had said so before their data was erased.
    Remembered,
}

impl PreferenceSource {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Words => "by a message of theirs",
            Self::Preference => "in the platform's settings",
            Self::PlatformError => "as the platform said when it refused a message",
            Self::Operator => "as somebody of the business recorded",
            Self::Remembered => "before their data was erased",
        }
    }
}

/// They do not want to be sent something any more. Sealed: a note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OptedOut {
    /// What is stopped.
    pub scope: PreferenceScope,
    /// How it became known.
    pub source: PreferenceSource,
    /// When (seconds since 1970): the platform's time where it gave one.
    pub at: i64,
    /// Their message that said so, or ours that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// The platform's error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// Why somebody recorded it, one of a closed list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The key that it came with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
}

/// They want to be sent it again. Sealed: a note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OptedIn {
    /// What is wanted again; `all` lifts every stop.
    pub scope: PreferenceScope,
    /// How it became known.
    pub source: PreferenceSource,
    /// When (seconds since 1970): the platform's time where it gave one.
    pub at: i64,
    /// Their message that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// Why somebody recorded it, one of a closed list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The key that it came with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
}

/// A stop that stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Stop {
    /// Since when (seconds since 1970).
    pub since: i64,
    /// How it became known.
    pub source: PreferenceSource,
}

/// A stop that outlives the erasure of whom it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct KeptStop {
    /// What is stopped.
    pub scope: PreferenceScope,
    /// Since when (seconds since 1970).
    pub since: i64,
}

/// What may be sent to somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Preferences {
    /// No marketing.
    pub marketing: Option<Stop>,
    /// Nothing but answers.
    pub all: Option<Stop>,
    /// When they last changed their mind (seconds since 1970).
    pub changed_at: Option<i64>,
}

/// A message as far as a stop looks at it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wish {
    /// It promotes something.
    pub marketing: bool,
    /// It is a template, which needs no word of theirs before it.
    pub template: bool,
    /// When they last wrote (seconds since 1970, the platform's time).
    pub heard_at: Option<i64>,
}

impl Preferences {
    /// Nothing is stopped.
    pub const NONE: Self = Self { marketing: None, all: None, changed_at: None };

    /// Both, of two contacts that are one person: the older of two stops, and every stop.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let older = |a: Option<Stop>, b: Option<Stop>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self {
            marketing: older(self.marketing, other.marketing),
            all: older(self.all, other.all),
            changed_at: self.changed_at.max(other.changed_at),
        }
    }

    /// The stop of this scope.
    pub const fn stop(&self, scope: PreferenceScope) -> Option<Stop> {
        match scope {
            PreferenceScope::Marketing => self.marketing,
            PreferenceScope::All => self.all,
        }
    }

    /// What of it outlives an erasure.
    pub fn kept(&self) -> Vec<KeptStop> {
        let kept = |scope| self.stop(scope).map(|stop| KeptStop { scope, since: stop.since });
        PreferenceScope::ALL.into_iter().filter_map(kept).collect()
    }

    /// Whether anything is stopped.
    pub const fn stops_anything(&self) -> bool {
        self.marketing.is_some() || self.all.is_some()
    }

    /// The stop that stands in the way of a message. Who stopped everything and then writes, or stops
    /// everything by writing, may be answered in free words, as the platform's window allows; no more
    /// than that.
    pub fn forbids(&self, wish: Wish) -> Option<(PreferenceScope, Stop)> {
        let answers = |stop: Stop| {
            !wish.marketing && !wish.template && wish.heard_at.is_some_and(|at| at >= stop.since)
        };
        let all = self.all.filter(|stop| !answers(*stop));
        let marketing = self.marketing.filter(|_| wish.marketing);
        all.map(|stop| (PreferenceScope::All, stop))
            .or_else(|| marketing.map(|stop| (PreferenceScope::Marketing, stop)))
    }

    /// Refuses a message that they do not want.
    ///
    /// # Errors
    /// `opted_out`, saying since when, how it became known, and the way back.
    pub fn allow(&self, wish: Wish, contact: ContactId) -> Result<(), Refusal> {
        let Some((scope, stop)) = self.forbids(wish) else { return Ok(()) };
        let (what, instead) = match scope {
            PreferenceScope::Marketing => ("marketing messages", "anything else can be sent; "),
            PreferenceScope::All => {
                ("all messages", "only a free answer to what they write after that can be sent; ")
            }
        };
        let detail = format!(
            "this person stopped {what} ({stop}); {instead}they come back by writing START or \
             through POST /v1/contacts/{contact}/opt-in, once they asked for it"
        );
        let refusal = Refusal::new(RefusalCode::OptedOut, detail);
        Err(refusal.because_of(StreamKind::Contact, contact.0))
    }

    pub(super) fn opted_out(&mut self, event: &OptedOut) {
        let stop = Some(Stop { since: event.at, source: event.source });
        match event.scope {
            PreferenceScope::Marketing => self.marketing = stop,
            PreferenceScope::All => self.all = stop,
        }
        self.changed_at = self.changed_at.max(Some(event.at));
    }

    pub(super) fn opted_in(&mut self, event: &OptedIn) {
        self.marketing = None;
        if event.scope == PreferenceScope::All {
            self.all = None;
        }
        self.changed_at = self.changed_at.max(Some(event.at));
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "on {}, {}", Utc(self.since), self.source.in_words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::fixtures::A;

    const SINCE: i64 = 1_795_251_600;

    const fn stop(since: i64) -> Stop {
        Stop { since, source: PreferenceSource::Words }
    }

    fn wish(marketing: bool, template: bool, heard_at: i64) -> Wish {
        Wish { marketing, template, heard_at: Some(heard_at) }
    }

    #[test]
    fn a_stop_of_marketing_lets_everything_else_through() {
        let stopped = Preferences { marketing: Some(stop(SINCE)), ..Preferences::default() };
        assert!(stopped.forbids(wish(true, true, SINCE)).is_some());
        assert!(stopped.forbids(wish(true, false, SINCE)).is_some());
        assert!(stopped.forbids(wish(false, true, SINCE)).is_none());
        assert!(stopped.forbids(wish(false, false, SINCE)).is_none());
    }

    #[test]
    fn who_stopped_everything_is_only_answered() {
        let stopped = Preferences { all: Some(stop(SINCE)), ..Preferences::default() };
        for (marketing, template, heard_at, forbidden) in [
            (false, false, SINCE - 1, true),
            (false, false, SINCE, false),
            (false, false, SINCE + 1, false),
            (true, false, SINCE + 1, true),
            (false, true, SINCE + 1, true),
        ] {
            let forbids = stopped.forbids(wish(marketing, template, heard_at));
            assert_eq!(forbids.is_some(), forbidden, "{marketing} {template} {heard_at}");
        }
        assert!(stopped.forbids(Wish { heard_at: None, ..wish(false, false, 0) }).is_some());
    }

    #[test]
    fn one_person_has_the_stops_of_all_their_contacts() {
        let one = Preferences { marketing: Some(stop(5)), all: None, changed_at: Some(5) };
        let other =
            Preferences { marketing: Some(stop(3)), all: Some(stop(9)), changed_at: Some(9) };
        let both =
            Preferences { marketing: Some(stop(3)), all: Some(stop(9)), changed_at: Some(9) };
        assert_eq!(one.with(other), both);
        assert_eq!(other.with(one), both);
    }

    #[test]
    fn the_refusal_says_since_when_by_what_and_the_way_back() {
        let stopped = Preferences { marketing: Some(stop(SINCE)), ..Preferences::default() };
        let refusal = stopped.allow(wish(true, true, 0), A).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::OptedOut);
        for said in ["2026-11-21T09:00:00Z", "by a message of theirs", "START", "/opt-in"] {
            assert!(refusal.detail.contains(said), "{}", refusal.detail);
        }
    }
}
