//! Rate limits: how often a key may call, and how often an address may be wrong about a key.
//!
//! Counts in memory, by the minute of the engine's clock; a restart forgets them. What a key called
//! is handed over once its minute is over, for the record of usage. Memory is bounded: a minute's
//! counts go with the minute, addresses beyond a number share one count. The administrator is not
//! counted.

mod address;
mod standing;
mod windows;

use std::net::IpAddr;

use axum::http::HeaderMap;
use convolog_engine::KeyFound;
use convolog_log::Timestamp;
use parking_lot::Mutex;

pub(crate) use address::Peer;
pub(crate) use standing::{HEADERS, Standing};
pub(crate) use windows::KeyMinute;

use crate::config::RateLimits;
use crate::endpoint::{Declaration, RateClass};
use crate::problem::{Outcome, Problem};
use windows::Windows;

/// Counts calls and says which are too many.
pub(crate) struct Rates {
    limits: RateLimits,
    proxies: Vec<IpAddr>,
    windows: Mutex<Windows>,
    /// Held while usage is recorded, so that a stop waits for what is being written.
    pub(crate) recording: tokio::sync::Mutex<()>,
}

impl Rates {
    /// Nothing counted yet. What is over is kept for the record of usage only if `recorded`.
    pub(crate) fn new(limits: RateLimits, proxies: Vec<IpAddr>, recorded: bool) -> Self {
        let windows = Mutex::new(Windows::new(recorded));
        Self { limits, proxies, windows, recording: tokio::sync::Mutex::new(()) }
    }

    /// Counts one call of a key and says where it stands; nothing where the class has no limit.
    pub(crate) fn count(
        &self,
        now: Timestamp,
        key: &KeyFound,
        declaration: &Declaration,
    ) -> Option<Standing> {
        if !declaration.limited() {
            return None;
        }
        let limit = self.limit(declaration.rate);
        let mut windows = self.windows.lock();
        windows.roll(now);
        let before = windows.count(key.key, key.workspace, declaration.rate, limit);
        let ends = windows.ends();
        drop(windows);
        (limit > 0).then(|| Standing::new(declaration.rate, limit, before, ends, now))
    }

    /// Refuses an address that was wrong about keys too often within this minute.
    pub(crate) fn guard(&self, now: Timestamp, address: IpAddr) -> Outcome<()> {
        let limit = self.limits.rate_failures;
        let mut windows = self.windows.lock();
        windows.roll(now);
        let (failures, ends) = (windows.failures(address), windows.ends());
        drop(windows);
        if limit == 0 || failures < u64::from(limit) {
            return Ok(());
        }
        Err(standing::too_many_failures(limit, ends, now))
    }

    /// An address offered a key that is not known.
    pub(crate) fn failed(&self, now: Timestamp, address: IpAddr) {
        if self.limits.rate_failures > 0 {
            let mut windows = self.windows.lock();
            windows.roll(now);
            windows.fail(address);
        }
    }

    /// Where a request comes from.
    pub(crate) fn address(&self, peer: Peer, headers: &HeaderMap) -> IpAddr {
        address::of_caller(peer, headers, &self.proxies)
    }

    /// What keys called in the minutes that are over; with `all`, in the present one, too.
    pub(crate) fn take(&self, now: Timestamp, all: bool) -> Vec<KeyMinute> {
        let mut windows = self.windows.lock();
        windows.roll(now);
        windows.take(all)
    }

    /// Takes back what could not be recorded, to be taken again later.
    pub(crate) fn put_back(&self, minutes: Vec<KeyMinute>) {
        self.windows.lock().put_back(minutes);
    }

    const fn limit(&self, class: RateClass) -> u32 {
        match class {
            RateClass::Unlimited => 0,
            RateClass::Read => self.limits.rate_reads,
            RateClass::Write => self.limits.rate_writes,
            RateClass::Stream => self.limits.rate_streams,
            RateClass::Heavy => self.limits.rate_heavy,
        }
    }
}

/// A call that may not be made now.
pub(crate) fn refused(standing: Option<&Standing>) -> Option<Problem> {
    standing.filter(|standing| standing.is_over()).map(Standing::problem)
}
