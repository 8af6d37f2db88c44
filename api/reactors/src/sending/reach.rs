//! To how many people a portfolio writes first: so many in any 24 hours, all its numbers together.
//!
//! What counts is in the log: attempts that say so. It is read once when the sender starts, so that a
//! restart forgets nothing; from then on every attempt is counted as it is made. Where no place is
//! free a person gets the next one that will be, so that those who wait do not all come back at once.
//! A portfolio is not told to us; it is taken to be the business account.

use std::collections::HashMap;

use convolog_domain::conversation::Conversation;
use convolog_domain::{ContactId, Event, WorkspaceId, conversation};
use convolog_engine::{Engine, EngineError, Recorded};
use convolog_log::{Filter, Timestamp};
use parking_lot::Mutex;

use crate::lanes::types;

/// The stretch of time in which people count, in microseconds: a day.
const DAY: i64 = 86_400_000_000;
/// Events read at a time.
const BATCH: usize = 1_000;

/// Somebody of a workspace.
type Person = (WorkspaceId, ContactId);

/// One business account.
#[derive(Debug, Default)]
struct Reached {
    /// When each was last written to first, in microseconds since 1970.
    people: HashMap<Person, i64>,
    /// Those who wait, and when there is a place for them.
    waiting: HashMap<Person, i64>,
}

/// The people of every account.
#[derive(Debug, Default)]
pub(super) struct Reach {
    accounts: Mutex<HashMap<String, Reached>>,
}

impl Reach {
    /// Counts what the log says of the last day.
    pub(super) fn count(&self, engine: &Engine, now: Timestamp) -> Result<(), EngineError> {
        let log = engine.log();
        let filter = Filter { types: types(&["message_attempted"]), ..Filter::default() };
        let mut after = log.position_at(Timestamp(now.0.saturating_sub(DAY)))?;
        let head = log.head();
        while after < head {
            let (records, upto) = log.read(after, BATCH, &filter)?;
            for record in &records {
                let Ok(recorded) = Recorded::read(record) else { continue };
                self.note(engine, &recorded)?;
            }
            after = upto;
        }
        Ok(())
    }

    fn note(&self, engine: &Engine, recorded: &Recorded) -> Result<(), EngineError> {
        let Event::Conversation(conversation::Event::MessageAttempted(attempted)) = &recorded.event
        else {
            return Ok(());
        };
        if !attempted.writes_first || recorded.mode == convolog_log::Mode::Test {
            return Ok(());
        }
        let workspace = recorded.workspace();
        let state = engine.load::<Conversation>(workspace, recorded.stream.id)?.state;
        let Some(opened) = &state.opened else { return Ok(()) };
        if let Some(account) = engine.account_of_channel(workspace, opened.channel)? {
            let mut accounts = self.accounts.lock();
            let reached = accounts.entry(account).or_default();
            reached.people.insert((workspace, opened.contact), recorded.at.0);
        }
        Ok(())
    }

    /// Takes a place for somebody, or says when there is one.
    pub(super) fn take(
        &self,
        account: &str,
        person: Person,
        most: Option<u64>,
        now: Timestamp,
    ) -> Result<(), Timestamp> {
        let mut accounts = self.accounts.lock();
        let reached = accounts.entry(account.to_owned()).or_default();
        reached.people.retain(|_, at| at.saturating_add(DAY) > now.0);
        let most = most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        let known = reached.people.contains_key(&person);
        if known || reached.people.len() < most {
            let Reached { people, waiting } = reached;
            // A place that becomes free is for those who wait, the first of them first.
            let free = most.saturating_sub(people.len());
            let before = waiting.iter().filter(|(other, at)| {
                **other != person && waiting.get(&person).is_none_or(|mine| *at < mine)
            });
            if known || before.count() < free {
                waiting.remove(&person);
                people.insert(person, now.0);
                return Ok(());
            }
        }
        let mut free_at: Vec<i64> =
            reached.people.values().map(|at| at.saturating_add(DAY)).collect();
        free_at.sort_unstable();
        let place = reached.waiting.get(&person).copied().filter(|at| *at > now.0);
        let at = place.unwrap_or_else(|| {
            let taken = reached.waiting.len();
            free_at
                .get(taken)
                .or(free_at.last())
                .copied()
                .unwrap_or_else(|| now.0.saturating_add(DAY))
        });
        reached.waiting.insert(person, at);
        Err(Timestamp(at))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn person(n: u128) -> Person {
        (WorkspaceId(Uuid::from_u128(1)), ContactId(Uuid::from_u128(n)))
    }

    fn at(hours: i64) -> Timestamp {
        Timestamp(hours * HOUR)
    }

    #[test]
    fn so_many_people_in_any_day_and_each_as_often_as_wanted() {
        let reach = Reach::default();
        assert_eq!(reach.take("a", person(1), Some(2), at(0)), Ok(()));
        assert_eq!(reach.take("a", person(2), Some(2), at(1)), Ok(()));
        assert_eq!(reach.take("a", person(1), Some(2), at(1)), Ok(()), "known already");
        assert_eq!(reach.take("a", person(3), Some(2), at(2)), Err(at(25)));
        assert_eq!(reach.take("b", person(3), Some(2), at(2)), Ok(()), "another account");
        assert_eq!(reach.take("a", person(3), None, at(2)), Ok(()), "no limit is known");
    }

    #[test]
    fn those_who_wait_get_the_places_one_after_the_other() {
        let reach = Reach::default();
        for n in 0..3 {
            assert_eq!(
                reach.take("a", person(1 + n), Some(3), at(i64::try_from(n).unwrap())),
                Ok(())
            );
        }
        assert_eq!(reach.take("a", person(10), Some(3), at(5)), Err(at(24)));
        assert_eq!(reach.take("a", person(11), Some(3), at(5)), Err(at(25)));
        assert_eq!(
            reach.take("a", person(10), Some(3), at(6)),
            Err(at(24)),
            "asking again keeps it"
        );
        assert_eq!(
            reach.take("a", person(12), Some(3), at(24)),
            Err(at(26)),
            "not before those who wait"
        );
        assert_eq!(reach.take("a", person(10), Some(3), at(24)), Ok(()));
        assert_eq!(reach.take("a", person(11), Some(3), at(25)), Ok(()));
        assert_eq!(reach.take("a", person(12), Some(3), at(26)), Ok(()));
    }
}
