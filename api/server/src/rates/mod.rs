//! Rate limits: how often a key may call, and how often an address may be wrong about a key.
//!
//! Counts in memory, by the minute of the engine's clock; a restart forgets them. What a key called
//! is handed over once its minute is over, for the record of usage. Memory is bounded: a minute's
//! counts go with the minute, addresses beyond a number share one count. The administrator is not
//! counted.

mod address;
mod quotas;
mod rules;
mod standing;
mod windows;

use std::net::IpAddr;

use axum::http::HeaderMap;
use convolog_engine::KeyFound;
use convolog_log::Timestamp;
use parking_lot::Mutex;

pub(crate) use address::Peer;
pub(crate) use quotas::{refuse_any_number, take};
pub use rules::{Quota, RateRules, Requests, Told};
pub(crate) use standing::{HEADERS, Standing};
pub(crate) use windows::KeyMinute;

use crate::config::RateLimits;
use crate::endpoint::{RateClass, Route};
use crate::problem::Outcome;
use crate::surfaces::Surface;
use quotas::Quotas;
use standing::Counts;
use windows::{Counter, Windows};

/// What was called, as far as counting goes.
#[derive(Clone, Copy)]
pub(crate) struct Door {
    class: RateClass,
    route: (&'static str, &'static str),
}

impl Door {
    /// An endpoint.
    pub(crate) const fn at(route: &Route) -> Self {
        let class =
            if route.declaration.limited() { route.declaration.rate } else { RateClass::Unlimited };
        Self { class, route: (route.surface.name, route.declaration.name) }
    }

    /// Where there is no endpoint.
    pub(crate) const fn to_nowhere(surface: &Surface) -> Self {
        Self { class: RateClass::Read, route: (surface.name, "") }
    }
}

/// Counts calls and says which are too many.
pub(crate) struct Rates {
    limits: RateLimits,
    proxies: Vec<IpAddr>,
    windows: Mutex<Windows>,
    quotas: Quotas,
    /// Held while usage is recorded, so that a stop waits for what is being written.
    pub(crate) recording: tokio::sync::Mutex<()>,
}

impl Rates {
    /// Nothing counted yet. What is over is kept for the record of usage only if `recorded`.
    pub(crate) fn new(limits: RateLimits, proxies: Vec<IpAddr>, recorded: bool) -> Self {
        let windows = Mutex::new(Windows::new(recorded));
        let quotas = Quotas::default();
        Self { limits, proxies, windows, quotas, recording: tokio::sync::Mutex::new(()) }
    }

    /// Counts one call of a key at a door and says where it stands by the rules of the surface that
    /// the key was made for; nothing where they have no limit.
    pub(crate) fn count(
        &self,
        now: Timestamp,
        key: &KeyFound,
        plan: &str,
        door: Door,
    ) -> Option<Standing> {
        if door.class == RateClass::Unlimited {
            return None;
        }
        let (rules, class) = (&Surface::named(&key.surface)?.rates, door.class);
        let mut windows = self.windows.lock();
        windows.roll(now);
        let (counts, limit, before) = match rules.requests {
            Requests::ByClass => {
                let limit = Some(self.limit(class)).filter(|limit| *limit > 0);
                let before = windows.count(key.key, key.workspace, class, limit);
                (Counts::Class(class), limit, before)
            }
            Requests::ByPlan(most) => {
                let (limit, counter) = (Some(most(plan)), Counter::Key(key.key));
                (Counts::Key, limit, windows.count_as(counter, key, class, limit))
            }
            Requests::ByRoute(most) => {
                let (limit, counter) = (Some(most), Counter::Route(key.workspace, door.route));
                (Counts::Route, limit, windows.count_as(counter, key, class, limit))
            }
        };
        let ends = windows.ends();
        drop(windows);
        limit.map(|limit| Standing::new((counts, rules.told), limit, before, ends, now))
    }

    /// Counts one call of an address that shows no key that works on this surface.
    pub(crate) fn count_anonymous(
        &self,
        now: Timestamp,
        surface: &'static Surface,
        address: IpAddr,
    ) -> Option<Standing> {
        let limit = surface.rates.anonymous?;
        let mut windows = self.windows.lock();
        windows.roll(now);
        let (before, ends) = (windows.count_address(surface.name, address), windows.ends());
        drop(windows);
        Some(Standing::new((Counts::Address, surface.rates.told), limit, before, ends, now))
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
