//! What all deliveries share: how many may be under way, in all and to one host, and the clients.
//!
//! A client is kept as long as its host stands for the same addresses, which are looked up and
//! checked anew for every attempt; connections to them are used again.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::outgoing::Destination;

/// Deliveries under way, in all.
const IN_ALL: usize = 256;
/// Deliveries under way to one host.
const TO_ONE_HOST: usize = 32;
/// Hosts that are remembered.
const HOSTS_MAX: usize = 4_096;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// Shared by all endpoints.
#[derive(Debug)]
pub(super) struct Road {
    all: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Host>>,
}

#[derive(Debug)]
struct Host {
    turns: Arc<Semaphore>,
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
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= HOSTS_MAX && !hosts.contains_key(name) {
            // Those that nobody is calling can be made again.
            hosts.retain(|_, host| host.turns.available_permits() < TO_ONE_HOST);
        }
        let host = hosts
            .entry(name.to_owned())
            .or_insert_with(|| Host { turns: Arc::new(Semaphore::new(TO_ONE_HOST)), client: None });
        act(host)
    }
}
