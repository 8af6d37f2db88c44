//! What was called within the present minute, and in those that were not recorded yet.

use std::collections::HashMap;
use std::net::IpAddr;

use convolog_domain::usage::Calls;
use convolog_domain::{KeyId, WorkspaceId};
use convolog_engine::KeyFound;
use convolog_log::Timestamp;

use super::address::{ELSEWHERE, block};
use crate::endpoint::RateClass;

/// Microseconds of a window.
const MINUTE: i64 = 60_000_000;
/// Addresses that are told apart within a minute; further ones share a count.
const ADDRESSES_MAX: usize = 65_536;
/// Minutes of keys that wait to be recorded while the log takes nothing; further ones are lost.
const WAITING_MAX: usize = 65_536;

/// What one key called within one minute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct KeyMinute {
    /// Which key.
    pub(crate) key: KeyId,
    /// Whose.
    pub(crate) workspace: WorkspaceId,
    /// When the minute began, in whole seconds since 1970.
    pub(crate) begins: i64,
    /// What it called.
    pub(crate) calls: Calls,
}

/// What the rules of a dialect count together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Counter {
    /// The calls of a key.
    Key(KeyId),
    /// The calls of a workspace to one endpoint: surface and name.
    Route(WorkspaceId, (&'static str, &'static str)),
    /// The calls to a surface of an address without a key that works.
    Address(&'static str, IpAddr),
}

/// The counts of a minute.
pub(super) struct Windows {
    /// Minutes since 1970.
    minute: i64,
    keys: HashMap<KeyId, (WorkspaceId, Calls)>,
    failures: HashMap<IpAddr, u64>,
    /// What the rules of dialects count together.
    counters: HashMap<Counter, u64>,
    waiting: Vec<KeyMinute>,
    recorded: bool,
}

impl Windows {
    pub(super) fn new(recorded: bool) -> Self {
        Self {
            minute: i64::MIN,
            keys: HashMap::new(),
            failures: HashMap::new(),
            counters: HashMap::new(),
            waiting: Vec::new(),
            recorded,
        }
    }

    /// Begins a new minute if the last is over. A clock that goes back begins none: the counts of a
    /// minute are never given twice.
    pub(super) fn roll(&mut self, now: Timestamp) {
        let minute = now.0.div_euclid(MINUTE);
        if minute > self.minute {
            self.hand_over();
            self.failures = HashMap::new();
            self.counters = HashMap::new();
            self.minute = minute;
        }
    }

    /// When the present minute ends, in seconds since 1970.
    pub(super) const fn ends(&self) -> i64 {
        self.minute.saturating_add(1).saturating_mul(60)
    }

    /// Counts a call, as refused if it is one too many; says how many of its class there were.
    pub(super) fn count(
        &mut self,
        key: KeyId,
        workspace: WorkspaceId,
        class: RateClass,
        limit: Option<u32>,
    ) -> u64 {
        let (_, calls) = self.keys.entry(key).or_insert((workspace, Calls::default()));
        let Some(counted) = of_class(calls, class) else { return 0 };
        let before = *counted;
        let over = limit.is_some_and(|limit| before >= u64::from(limit));
        let counted = if over { &mut calls.refused } else { counted };
        *counted = counted.saturating_add(1);
        before
    }

    /// The same, by a counter of its own; the class is for the record of usage only.
    pub(super) fn count_as(
        &mut self,
        by: Counter,
        key: &KeyFound,
        class: RateClass,
        limit: Option<u32>,
    ) -> u64 {
        let counted = self.counters.entry(by).or_default();
        let before = *counted;
        let over = limit.is_some_and(|limit| before >= u64::from(limit));
        *counted = before.saturating_add(u64::from(!over));
        let (_, calls) = self.keys.entry(key.key).or_insert((key.workspace, Calls::default()));
        if over {
            calls.refused = calls.refused.saturating_add(1);
        } else if let Some(counted) = of_class(calls, class) {
            *counted = counted.saturating_add(1);
        }
        before
    }

    /// Counts a call of an address to a surface; says how many there were.
    pub(super) fn count_address(&mut self, surface: &'static str, address: IpAddr) -> u64 {
        let own = Counter::Address(surface, block(address));
        let told_apart = self.counters.len() < ADDRESSES_MAX || self.counters.contains_key(&own);
        let place = if told_apart { own } else { Counter::Address(surface, ELSEWHERE) };
        let counted = self.counters.entry(place).or_default();
        let before = *counted;
        *counted = before.saturating_add(1);
        before
    }

    pub(super) fn failures(&self, address: IpAddr) -> u64 {
        self.failures.get(&self.place(address)).copied().unwrap_or(0)
    }

    pub(super) fn fail(&mut self, address: IpAddr) {
        let count = self.failures.entry(self.place(address)).or_default();
        *count = count.saturating_add(1);
    }

    /// Where an address is counted: at its own block, or with all others if there are too many.
    fn place(&self, address: IpAddr) -> IpAddr {
        let own = block(address);
        let told_apart = self.failures.len() < ADDRESSES_MAX || self.failures.contains_key(&own);
        if told_apart { own } else { ELSEWHERE }
    }

    /// What is to be recorded; with `all`, the present minute so far among it.
    pub(super) fn take(&mut self, all: bool) -> Vec<KeyMinute> {
        if all {
            self.hand_over();
        }
        std::mem::take(&mut self.waiting)
    }

    pub(super) fn put_back(&mut self, mut minutes: Vec<KeyMinute>) {
        minutes.append(&mut self.waiting);
        self.waiting = minutes;
        self.forget_beyond();
    }

    fn hand_over(&mut self) {
        let keys = std::mem::take(&mut self.keys);
        if self.recorded {
            let begins = self.minute.saturating_mul(60);
            self.waiting.extend(keys.into_iter().map(|(key, (workspace, calls))| KeyMinute {
                key,
                workspace,
                begins,
                calls,
            }));
            self.forget_beyond();
        }
    }

    fn forget_beyond(&mut self) {
        let lost = self.waiting.len().saturating_sub(WAITING_MAX);
        if lost > 0 {
            tracing::warn!(lost, "usage could not be recorded for long; its oldest part is lost");
            self.waiting.drain(..lost);
        }
    }
}

/// Where calls of a class are counted; nowhere if it has no limit.
const fn of_class(calls: &mut Calls, class: RateClass) -> Option<&mut u64> {
    match class {
        RateClass::Unlimited => None,
        RateClass::Read => Some(&mut calls.read),
        RateClass::Write => Some(&mut calls.write),
        RateClass::Stream => Some(&mut calls.stream),
        RateClass::Heavy => Some(&mut calls.heavy),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use uuid::Uuid;

    use super::*;

    const KEY: KeyId = KeyId(Uuid::from_u128(1));
    const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(2));
    const AT: Timestamp = Timestamp(90_000_000);

    fn began() -> Windows {
        let mut windows = Windows::new(true);
        windows.roll(AT);
        windows
    }

    #[test]
    fn classes_are_counted_apart_and_refused_calls_do_not_count_as_calls() {
        let mut windows = began();
        for before in [0, 1, 2, 2] {
            assert_eq!(windows.count(KEY, WORKSPACE, RateClass::Read, Some(2)), before);
        }
        assert_eq!(windows.count(KEY, WORKSPACE, RateClass::Write, Some(2)), 0);
        windows.roll(Timestamp(AT.0 + MINUTE));
        let calls = Calls { read: 2, write: 1, refused: 2, ..Calls::default() };
        let minute = KeyMinute { key: KEY, workspace: WORKSPACE, begins: 60, calls };
        assert_eq!(windows.take(false), [minute]);
        assert_eq!(windows.take(true), []);
        assert_eq!(windows.count(KEY, WORKSPACE, RateClass::Read, Some(2)), 0);
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing_twice() {
        let mut windows = began();
        windows.count(KEY, WORKSPACE, RateClass::Read, Some(5));
        windows.roll(Timestamp(0));
        assert_eq!(windows.count(KEY, WORKSPACE, RateClass::Read, Some(5)), 1);
        assert_eq!(windows.ends(), 120);
    }

    #[test]
    fn what_could_not_be_recorded_comes_first_again() {
        let mut windows = began();
        windows.count(KEY, WORKSPACE, RateClass::Heavy, None);
        let first = windows.take(true);
        windows.count(KEY, WORKSPACE, RateClass::Heavy, None);
        windows.put_back(first.clone());
        assert_eq!(windows.take(true), [first.clone(), first].concat());
    }

    #[test]
    fn addresses_beyond_a_number_share_a_count() {
        let mut windows = began();
        let address = |n: u32| IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + n));
        let max = u32::try_from(ADDRESSES_MAX).unwrap();
        (0..max + 3).for_each(|n| windows.fail(address(n)));
        assert_eq!(windows.failures.len(), ADDRESSES_MAX + 1);
        assert_eq!((windows.failures(address(0)), windows.failures(address(max + 9))), (1, 3));
        windows.roll(Timestamp(AT.0 + MINUTE));
        assert_eq!(windows.failures(address(0)), 0);
    }

    #[test]
    fn the_addresses_of_one_household_are_one() {
        let mut windows = began();
        let address = |last| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, 2, 3, 4, 5, last));
        windows.fail(address(1));
        assert_eq!(windows.failures(address(2)), 1);
    }
}
