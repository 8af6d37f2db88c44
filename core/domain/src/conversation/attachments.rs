//! Files that are still to be fetched, as decisions see them: what is kept or lost is none of them,
//! so that the state of a long conversation stays small.

use std::collections::BTreeMap;

use super::MessageFacts;
use super::media_events::MediaDelayed;
use crate::ids::MessageId;

/// A file that is to be fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Until when the platform hands it out (seconds since 1970).
    pub until: i64,
    /// Tries that failed.
    pub attempts: u32,
    /// Not before (seconds since 1970).
    pub not_before: i64,
}

/// All files of a conversation that are to be fetched.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attachments {
    /// By message.
    pub wanted: BTreeMap<MessageId, Wanted>,
}

/// What comes next for a conversation's files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NextMedia {
    /// Nothing is to be fetched.
    Nothing,
    /// Look again then (seconds since 1970).
    At(i64),
    /// The file of this message may be fetched now.
    Fetch(MessageId),
    /// The platform does not hand out the file of this message any more.
    Lapse(MessageId),
}

impl Attachments {
    /// What comes next at `now` (seconds since 1970): the file that waits longest. None waits for
    /// another.
    pub fn next(&self, now: i64) -> NextMedia {
        let due = |wanted: &Wanted| wanted.not_before.min(wanted.until);
        let first = self.wanted.iter().min_by_key(|(_, wanted)| due(wanted));
        match first {
            None => NextMedia::Nothing,
            Some((message, wanted)) if wanted.until <= now => NextMedia::Lapse(*message),
            Some((message, wanted)) if wanted.not_before <= now => NextMedia::Fetch(*message),
            Some((_, wanted)) => NextMedia::At(due(wanted)),
        }
    }

    /// A message was told, perhaps once more. Whether its file is kept or lost already, the intake knows:
    /// a claim says so, and it does not say then that the file can be fetched.
    pub(super) fn told(&mut self, facts: &MessageFacts) {
        if let Some(until) = facts.media_until {
            let wanted = Wanted { until, attempts: 0, not_before: 0 };
            let wanted = self.wanted.entry(facts.message).or_insert(wanted);
            wanted.until = wanted.until.max(until);
        }
    }

    pub(super) fn delayed(&mut self, delayed: &MediaDelayed) {
        if let Some(wanted) = self.wanted.get_mut(&delayed.message) {
            wanted.attempts = delayed.attempt;
            wanted.not_before = delayed.retry_at;
        }
    }

    pub(super) fn done(&mut self, message: MessageId) {
        self.wanted.remove(&message);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const fn message(n: u128) -> MessageId {
        MessageId(Uuid::from_u128(n))
    }

    fn wanted(all: &[(u128, i64, i64)]) -> Attachments {
        let one = |(n, until, not_before): &(u128, i64, i64)| {
            let (until, not_before) = (*until, *not_before);
            (message(*n), Wanted { until, attempts: 0, not_before })
        };
        Attachments { wanted: all.iter().map(one).collect() }
    }

    #[test]
    fn whatever_waits_longest_comes_first_and_none_waits_for_another() {
        assert_eq!(wanted(&[]).next(10), NextMedia::Nothing);
        let all = [(1, 100, 50), (2, 100, 0)];
        assert_eq!(wanted(&all).next(10), NextMedia::Fetch(message(2)));
        assert_eq!(wanted(&[(1, 100, 50)]).next(10), NextMedia::At(50));
        assert_eq!(wanted(&[(1, 100, 200)]).next(60), NextMedia::At(100));
    }

    #[test]
    fn what_is_not_handed_out_any_more_lapses_also_while_it_waits() {
        assert_eq!(wanted(&[(1, 100, 50)]).next(100), NextMedia::Lapse(message(1)));
        assert_eq!(wanted(&[(1, 100, 200)]).next(100), NextMedia::Lapse(message(1)));
    }
}
