//! What all deliveries share: how many may be under way, in all and to one host, how many one host gets
//! within a second, and the clients.
//!
//! A client is kept as long as its host stands for the same addresses, which are looked up and
//! checked anew for every attempt; connections to them are used again.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::bucket::Bucket;
use crate::outgoing::Destination;

/// Deliveries under way, in all.
const IN_ALL: usize = 256;
/// Deliveries under way to one host.
const TO_ONE_HOST: usize = 32;
/// Deliveries that are begun with to one host within a second, whoever asked for them.
const TO_ONE_HOST_A_SECOND: u16 = 500;
/// Hosts that are remembered.
const HOSTS_MAX: usize = 4_096;
/// Hosts that are forgotten at a time, when there are too many.
const FORGOTTEN: usize = HOSTS_MAX / 16;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// Shared by all endpoints.
#[derive(Debug)]
pub(super) struct Road {
    all: Arc<Semaphore>,
    hosts: Mutex<Hosts>,
}

/// Every host that is remembered.
#[derive(Debug, Default)]
struct Hosts {
    by_name: HashMap<String, Host>,
    /// Counts how often anything was asked for.
    uses: u64,
}

#[derive(Debug)]
struct Host {
    /// The number of the newest use.
    used: u64,
    turns: Arc<Semaphore>,
    bucket: Bucket,
    client: Option<(Vec<SocketAddr>, reqwest::Client)>,
}

/// A turn; over when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _host: OwnedSemaphorePermit,
    _all: OwnedSemaphorePermit,
}

impl Road {
    pub(super) fn new() -> Self {
        Self { all: Arc::new(Semaphore::new(IN_ALL)), hosts: Mutex::default() }
    }

    /// A turn to call this host: first among those that call it, then among all.
    pub(super) async fn turn(&self, host: &str) -> Option<Turn> {
        let turns = self.with(host, |host| Arc::clone(&host.turns));
        let host = turns.acquire_owned().await.ok()?;
        let all = Arc::clone(&self.all).acquire_owned().await.ok()?;
        Some(Turn { _host: host, _all: all })
    }

    /// Whether one more may be begun with to this host now (microseconds since 1970).
    pub(super) fn has_one(&self, host: &str, now: i64) -> bool {
        self.with(host, |host| host.bucket.has_one(now, TO_ONE_HOST_A_SECOND))
    }

    /// One was begun with.
    pub(super) fn take(&self, host: &str) {
        self.with(host, |host| host.bucket.take());
    }

    /// When the next one may be begun with to this host; none if one may be now.
    pub(super) fn next_at(&self, host: &str) -> Option<i64> {
        self.with(host, |host| host.bucket.next_at(TO_ONE_HOST_A_SECOND))
    }

    /// The client for a destination that was checked just now.
    pub(super) fn client(&self, to: &Destination) -> Result<reqwest::Client, reqwest::Error> {
        let mut addresses = to.addresses.clone();
        addresses.sort_unstable();
        let name = to.url.host_str().unwrap_or_default();
        self.with(&format!("{name}:{:?}", to.url.port_or_known_default()), |host| {
            match &host.client {
                Some((known, client)) if *known == addresses => Ok(client.clone()),
                _ => {
                    let client = to
                        .client()
                        .connect_timeout(CONNECT)
                        .pool_idle_timeout(Duration::from_secs(30))
                        .user_agent(concat!("Convolog/", env!("CARGO_PKG_VERSION")))
                        .build()?;
                    host.client = Some((addresses, client.clone()));
                    Ok(client)
                }
            }
        })
    }

    fn with<T>(&self, name: &str, act: impl FnOnce(&mut Host) -> T) -> T {
        act(self.hosts.lock().unwrap_or_else(PoisonError::into_inner).named(name))
    }
}

impl Hosts {
    fn named(&mut self, name: &str) -> &mut Host {
        if self.by_name.len() >= HOSTS_MAX && !self.by_name.contains_key(name) {
            self.forget_some();
        }
        self.uses += 1;
        let host = self.by_name.entry(name.to_owned()).or_insert_with(|| Host {
            used: 0,
            turns: Arc::new(Semaphore::new(TO_ONE_HOST)),
            bucket: Bucket::full(TO_ONE_HOST_A_SECOND),
            client: None,
        });
        host.used = self.uses;
        host
    }

    /// Forgets those that nobody has called for longest, and that nobody is calling: they can be made
    /// again, and what they were owed of a second is long over.
    fn forget_some(&mut self) {
        let idle = |host: &Host| host.turns.available_permits() == TO_ONE_HOST;
        let mut uses: Vec<u64> =
            self.by_name.values().filter(|host| idle(host)).map(|host| host.used).collect();
        uses.sort_unstable();
        let Some(newest) = uses.get(FORGOTTEN.min(uses.len()).saturating_sub(1)) else { return };
        self.by_name.retain(|_, host| !idle(host) || host.used > *newest);
    }
}

/// The name of a host, without its port: what turns are counted by.
pub(super) fn name_of_host(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_gets_so_many_a_second_whoever_asked_for_them() {
        let road = Road::new();
        let (one, other) = (name_of_host("crm.example.com:443"), name_of_host("crm.example.com"));
        let mut begun = 0;
        while road.has_one(one, 7) && road.has_one(other, 7) {
            road.take(if begun % 2 == 0 { one } else { other });
            begun += 1;
        }
        assert_eq!(begun, TO_ONE_HOST_A_SECOND);
        assert_eq!(road.next_at(one), Some(7 + 1_000_000 / i64::from(TO_ONE_HOST_A_SECOND)));
        assert!(road.has_one("elsewhere.example.com", 7), "another host waits for nothing");
        assert!(road.has_one(one, 7 + 2_000));
        assert_eq!(name_of_host("[::1]:8080"), "[::1]");
    }

    #[tokio::test]
    async fn among_too_many_hosts_those_that_are_called_stay() {
        let road = Road::new();
        let busy = road.turn("busy.example.com").await.unwrap();
        let known = |road: &Road, name: &str| road.hosts.lock().unwrap().by_name.contains_key(name);
        road.take("drained.example.com");
        for n in 0..2 * HOSTS_MAX {
            road.take(&format!("{n}.example.com"));
            assert!(known(&road, "drained.example.com"), "{n}");
            // Whoever has called it just now is not forgotten, nor what is left of its second.
            road.take("drained.example.com");
        }
        assert!(known(&road, "busy.example.com"), "somebody is calling it");
        assert!(!known(&road, "0.example.com"), "nobody has called it for longest");
        assert!(road.hosts.lock().unwrap().by_name.len() <= HOSTS_MAX);
        drop(busy);
    }
}
