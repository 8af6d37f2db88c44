//! Compares the generation that serves with the one beside it, while events go on to come in.
//!
//! Part by part, each at one position: the live one stands still for as long as it takes to read a
//! few hundred entries of both. Between the parts commits have the machine.

use std::time::Duration;

use convolog_log::Position;

use crate::batch::Batch;
use crate::beside::stopped;
use crate::dump::Difference;
use crate::error::QueryError;
use crate::feed::Feeding;
use crate::folder::Generation;
use crate::pace::{Pace, STRETCH};
use crate::rebuild::{Rebuilder, now};
use crate::registry::AnyModel;
use crate::slot::Slot;
use crate::store::{Entry, Store, StoreError, Walk, keys};

/// Entries of a part.
const PART: usize = 512;

/// The pause before it is looked again whether the live one has come as far as the other.
const PAUSE: Duration = Duration::from_millis(10);

/// What a comparison of two generations found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// The read model.
    pub name: &'static str,
    /// The position at which the last part was compared.
    pub position: Position,
    /// Lines that both have and that say the same.
    pub same: u64,
    /// Lines that both have and that differ.
    pub different: u64,
    /// Lines that only the one that serves has.
    pub only_serving: u64,
    /// Lines that only the one beside it has.
    pub only_beside: u64,
    /// Where they part first: what the one that serves says, and what the one beside it says.
    pub difference: Option<Difference>,
    /// Whether everything was compared; otherwise it ended at the limit that was asked for.
    pub complete: bool,
}

impl Comparison {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            position: Position::START,
            same: 0,
            different: 0,
            only_serving: 0,
            only_beside: 0,
            difference: None,
            complete: false,
        }
    }

    fn lines(&self) -> u64 {
        self.same + self.different + self.only_serving + self.only_beside
    }

    fn part_at(&mut self, left: Option<String>, right: Option<String>) {
        let line = self.lines();
        self.difference.get_or_insert(Difference { line, left, right });
    }

    /// Takes the next entry of one or both, the smaller key first.
    fn take(
        &mut self,
        model: &dyn AnyModel,
        left: Option<&Entry>,
        right: Option<&Entry>,
    ) -> Result<(), StoreError> {
        let say =
            |entry: Option<&Entry>| entry.map(|(key, value)| model.line(key, value)).transpose();
        match (left, right) {
            (Some(one), Some(other)) if one.1 == other.1 => self.same += 1,
            (Some(_), Some(_)) => {
                let (left, right) = (say(left)?, say(right)?);
                if left == right {
                    self.same += 1;
                } else {
                    self.different += 1;
                    self.part_at(left, right);
                }
            }
            (Some(_), None) => {
                self.only_serving += 1;
                self.part_at(say(left)?, None);
            }
            (None, Some(_)) => {
                self.only_beside += 1;
                self.part_at(None, say(right)?);
            }
            (None, None) => {}
        }
        Ok(())
    }
}

/// Where the next part begins.
enum Next {
    After(Vec<u8>),
    End,
}

impl Rebuilder {
    /// Compares; gives up when `nobody_waits` for the answer.
    pub(crate) fn compare(
        &self,
        model: &dyn AnyModel,
        lines: u64,
        nobody_waits: &dyn Fn() -> bool,
    ) -> Result<Comparison, QueryError> {
        let slot = self.slot(model).ok_or_else(stopped)?;
        let mut generation = self.beside(model, &slot)?;
        let compared = self.compare_parts(model, &slot, &mut generation, lines, nobody_waits);
        // What it caught up with need not be done again.
        generation.feed.sync()?;
        compared
    }

    fn compare_parts(
        &self,
        model: &dyn AnyModel,
        slot: &Slot,
        generation: &mut Generation,
        lines: u64,
        nobody_waits: &dyn Fn() -> bool,
    ) -> Result<Comparison, QueryError> {
        let (mut found, mut after) = (Comparison::new(slot.name), vec![keys::META]);
        let mut pace = Pace::new(self.percent, self.log.head());
        loop {
            let going = |purpose: crate::generations::Purpose| purpose.is_going_on();
            let purpose = slot.keeper.purpose(generation.number);
            if purpose.is_none_or(going) || nobody_waits() {
                let why = "was changed while it was compared; ask again";
                return Err(QueryError::NotNow { model: slot.name, why });
            }
            let begun = now();
            let near = slot.applied();
            let feed = &mut *generation.feed;
            if feed.position().0 + u64::try_from(STRETCH).unwrap_or(u64::MAX) < near.0 {
                // Far behind: it catches up while the live one goes on.
                take_one(feed, &*self.log, near)?;
            } else if feed.position() > near {
                if self.brake.rest(PAUSE) {
                    return Err(stopped());
                }
                continue;
            } else {
                let held = slot.gate.lock();
                let position = slot.applied();
                while feed.position() < position {
                    take_one(feed, &*self.log, position)?;
                }
                let serving = slot.store(position)?;
                found.position = position;
                let next = part(model, &*serving, &*feed.store(), &after, &mut found)?;
                drop(held);
                match next {
                    Next::End => return Ok(Comparison { complete: true, ..found }),
                    Next::After(_) if found.lines() >= lines => return Ok(found),
                    Next::After(key) => after = key,
                }
            }
            if self.brake.rest(pace.rest(begun.elapsed(), self.log.head())) {
                return Err(stopped());
            }
        }
    }
}

/// Feeds one stretch of what is missing up to `upto`.
fn take_one(
    feed: &mut dyn Feeding,
    log: &dyn convolog_log::EventLog,
    upto: Position,
) -> Result<(), QueryError> {
    let missing = upto.0.saturating_sub(feed.position().0);
    let limit = usize::try_from(missing).unwrap_or(STRETCH).min(STRETCH);
    if let Some(batch) = Batch::read(log, feed.position(), limit, |kind| feed.wants(kind))? {
        feed.take(&batch)?;
    }
    Ok(())
}

/// Compares one part of two stores.
fn part(
    model: &dyn AnyModel,
    left: &dyn Store,
    right: &dyn Store,
    after: &[u8],
    found: &mut Comparison,
) -> Result<Next, StoreError> {
    let read = |store: &dyn Store| store.entries(&[], Some(after), Walk::Forward, PART);
    let (left, right) = (read(left)?, read(right)?);
    // A store that gave a whole part may have more behind its last entry.
    let end =
        |part: &[Entry]| part.last().filter(|_| part.len() == PART).map(|(key, _)| key.clone());
    let end = match (end(&left), end(&right)) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let inside = |entry: &&Entry| end.as_ref().is_none_or(|end| entry.0 <= *end);
    let mut lefts = left.iter().filter(inside).peekable();
    let mut rights = right.iter().filter(inside).peekable();
    loop {
        let order = match (lefts.peek(), rights.peek()) {
            (None, None) => break,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(one), Some(other)) => one.0.cmp(&other.0),
        };
        let one = if order.is_le() { lefts.next() } else { None };
        let other = if order.is_ge() { rights.next() } else { None };
        found.take(model, one, other)?;
    }
    Ok(end.map_or(Next::End, Next::After))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    /// Stores whose entries lie behind those of rows, where a line is key and value.
    fn store(entries: impl Iterator<Item = (u32, u8)>) -> MemoryStore {
        let store = MemoryStore::default();
        for (key, value) in entries {
            let key = [&[0xf0][..], &key.to_be_bytes()].concat();
            store.put(&key, &[value]);
        }
        store
    }

    fn compare(left: &MemoryStore, right: &MemoryStore) -> Comparison {
        let model = crate::registry::named("contacts").unwrap();
        let (mut found, mut after) = (Comparison::new("contacts"), vec![keys::META]);
        while let Next::After(key) = part(model, left, right, &after, &mut found).unwrap() {
            after = key;
        }
        found
    }

    #[test]
    fn counts_what_is_the_same_different_or_missing_over_many_parts() {
        let left = store((0..3_000).map(|n| (n, 1)));
        assert_eq!(compare(&left, &left).same, 3_000);
        // Every third is missing, every one from 2,000 on differs, and there are some more.
        let value = |n| if n < 2_000 { 1 } else { 2 };
        let right = store((0..3_100).filter(|n| n % 3 != 1).map(|n| (n, value(n))));
        let found = compare(&left, &right);
        let counts = (found.same, found.different, found.only_serving, found.only_beside);
        assert_eq!(counts, (1_333, 667, 1_000, 67));
        let first = found.difference.unwrap();
        assert_eq!((first.line, first.right), (2, None));
        assert!(first.left.unwrap().starts_with("entry f000000001"));
    }
}
