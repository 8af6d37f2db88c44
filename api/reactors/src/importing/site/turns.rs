//! Politeness: how long after one page of a host the next may be asked for, whoever asks. One table for
//! all jobs, kept in memory: after a restart the first page of a host may be asked for at once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use convolog_log::Timestamp;
use parking_lot::Mutex;

use crate::acting::Acting;

/// When each host may be asked again. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<String, Host>>>);

#[derive(Clone, Copy, Debug, Default)]
struct Host {
    /// Somebody is asking it.
    busy: bool,
    /// Not before then.
    next: Timestamp,
}

/// A turn at a host: nobody else asks it until this is dropped.
pub(super) struct Turn<'t> {
    turns: &'t Turns,
    acting: &'t Acting,
    host: String,
    delay: Duration,
}

impl Turns {
    /// Waits for a turn at a host; none if this instance stops, or may not act any more. After it, the
    /// host is left alone for `delay`.
    pub(super) async fn take<'t>(
        &'t self,
        acting: &'t Acting,
        host: &str,
        delay: Duration,
    ) -> Option<Turn<'t>> {
        let mut pulse = acting.pulse();
        loop {
            if !acting.may_act() {
                return None;
            }
            if self.try_take(host, acting.now()) {
                return Some(Turn { turns: self, acting, host: host.to_owned(), delay });
            }
            if !pulse.next().await {
                return None;
            }
        }
    }

    fn try_take(&self, host: &str, now: Timestamp) -> bool {
        let mut hosts = self.0.lock();
        // What is over is forgotten, so that the table does not grow with every site ever read.
        hosts.retain(|_, host| host.busy || host.next > now);
        let host = hosts.entry(host.to_owned()).or_default();
        let free = !host.busy && host.next <= now;
        host.busy |= free;
        free
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let now = self.acting.now();
        let delay = i64::try_from(self.delay.as_micros()).unwrap_or(i64::MAX);
        let next = Timestamp(now.0.saturating_add(delay));
        self.turns.0.lock().insert(self.host.clone(), Host { busy: false, next });
    }
}

#[cfg(test)]
mod tests {
    use convolog_domain::WorkspaceId;
    use convolog_engine::Caller;

    use super::*;
    use crate::testing::Fixture;

    #[tokio::test]
    async fn after_a_turn_a_host_is_left_alone() {
        let (fixture, turns) = (Fixture::new(), Turns::default());
        let administrator = Caller::administrator(WorkspaceId::INSTALLATION);
        fixture.engine().arm(&administrator, &Fixture::instance()).await.unwrap();
        let acting = fixture.acting();
        let now = acting.now().0;
        let turn = turns.take(&acting, "a", Duration::from_secs(3)).await.unwrap();
        assert!(!turns.try_take("a", Timestamp(now + 9_000_000)), "it is being asked");
        drop(turn);
        assert!(!turns.try_take("a", Timestamp(now + 2_999_999)));
        assert!(turns.try_take("a", Timestamp(now + 3_000_000)));
        acting.stopping().cancel();
        assert!(turns.take(&acting, "b", Duration::ZERO).await.is_none());
    }

    #[test]
    fn a_host_is_asked_by_one_at_a_time() {
        let turns = Turns::default();
        assert!(turns.try_take("a", Timestamp(1)));
        assert!(!turns.try_take("a", Timestamp(1)) && turns.try_take("b", Timestamp(1)));
        turns.0.lock().insert("a".into(), Host { busy: false, next: Timestamp(5) });
        assert!(!turns.try_take("a", Timestamp(4)) && turns.try_take("a", Timestamp(5)));
    }
}
