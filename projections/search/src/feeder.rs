//! The thread that feeds the live indexes.
//!
//! Apart from the one of the other read models, because a commit of an index waits for the disk.
//! Rebuilt generations are handed over to this thread, which swaps them in when they have caught
//! up, so that what is found never goes back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use convolog_log::{HeadWatch, Position, Timestamp};
use convolog_projections::Batch;
use parking_lot::Mutex;
use tokio::sync::{Notify, watch};

use crate::error::SearchError;
use crate::index::{Feed, KINDS, ShardSettings, give_up};
use crate::options::Options;
use crate::rebuild::Orders;
use crate::slot::Slot;

/// Events read at a time.
const STRETCH: usize = 1_024;

/// Rows that may wait for a commit.
const WAITING_MAX: usize = 20_000;

/// How long an index that failed is left alone.
const RETRY: Duration = Duration::from_secs(1);

/// How often erasures are tried again, and the place in the log is noted.
const IDLE: Duration = Duration::from_secs(2);

/// Rebuilt generations on their way to the feeder.
#[derive(Default)]
pub(crate) struct Inbox {
    arrived: Mutex<Option<Feed>>,
    bell: Notify,
}

impl Inbox {
    pub(crate) fn hand_over(&self, feed: Feed) {
        *self.arrived.lock() = Some(feed);
        self.ring();
    }

    /// Wakes the feeder.
    pub(crate) fn ring(&self) {
        self.bell.notify_one();
    }
}

/// What the feeder needs.
pub(crate) struct Feeder {
    pub(crate) settings: ShardSettings,
    pub(crate) options: Options,
    pub(crate) slot: Arc<Slot>,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) orders: Orders,
    pub(crate) stop: watch::Receiver<bool>,
    /// The generation that serves.
    pub(crate) live: Option<Feed>,
    /// One that was rebuilt and has to catch up.
    pub(crate) joining: Option<Feed>,
}

/// Why the thread woke up.
enum Woken {
    Stop,
    Work,
    Idle,
}

impl Feeder {
    /// Runs until it is stopped.
    pub(crate) fn run(mut self, waits: &tokio::runtime::Runtime) {
        let mut head = self.settings.log.watch();
        let mut wanted = self.slot.wanted();
        let mut written = None;
        loop {
            if let Some(arrived) = self.inbox.arrived.lock().take() {
                self.joining = Some(arrived);
            }
            if *self.stop.borrow() {
                break;
            }
            let pause = match self.step(&mut written) {
                Ok(true) => continue,
                Ok(false) => self.pause(written),
                Err(error) => {
                    self.fail(&error);
                    RETRY
                }
            };
            match waits.block_on(wait(&mut self.stop, &mut head, &mut wanted, &self.inbox, pause)) {
                Woken::Stop => break,
                Woken::Work => {}
                Woken::Idle => {
                    if let Err(error) = self.look_after() {
                        self.fail(&error);
                    }
                }
            }
        }
        if let Some(live) = &mut self.live
            && let Err(error) = live.write()
        {
            tracing::error!(error = %chain(&error), "the search index could not be closed");
        }
    }

    /// One stretch of the log, and a commit if one is due. True if there may be more at once.
    fn step(&mut self, written: &mut Option<Instant>) -> Result<bool, SearchError> {
        self.join()?;
        let Some(live) = &mut self.live else { return Ok(false) };
        let log = Arc::clone(&self.settings.log);
        let batch = Batch::read(&*log, live.position(), STRETCH, |kind| KINDS.contains(&kind))?;
        let more = batch.is_some();
        let mut at = None;
        if let Some(batch) = batch {
            at = Some(batch.at);
            live.take(&batch)?;
        }
        if self.is_due(*written) {
            self.commit(at)?;
            *written = Some(now());
        } else if let Some(live) = self.live.as_ref().filter(|live| !live.is_dirty()) {
            // Nothing of it is searched: it counts as shown.
            self.slot.advance(live.position(), at, live.parked());
        }
        Ok(more)
    }

    fn is_due(&self, written: Option<Instant>) -> bool {
        let Some(live) = self.live.as_ref().filter(|live| live.is_dirty()) else { return false };
        let waited_for = *self.slot.wanted().borrow() > self.slot.applied();
        waited_for && live.position() >= self.settings.log.head()
            || live.waiting() >= WAITING_MAX
            || written.is_none_or(|written| written.elapsed() >= self.options.commit_every)
    }

    fn commit(&mut self, at: Option<Timestamp>) -> Result<(), SearchError> {
        let Some(live) = &mut self.live else { return Ok(()) };
        live.write()?;
        let at = at.or_else(|| {
            let record = self.settings.log.get(live.position()).ok().flatten()?;
            Some(record.header.recorded_at)
        });
        self.slot.advance(live.position(), at, live.parked());
        self.slot.set_error(None);
        Ok(())
    }

    /// Lets a rebuilt generation catch up and serve.
    fn join(&mut self) -> Result<(), SearchError> {
        if self.slot.building().is_none()
            && let Some(unwanted) = self.joining.take()
        {
            give_up(unwanted.generation.path(), "its rebuild was called off");
        }
        let Some(joining) = &mut self.joining else { return Ok(()) };
        let log = &self.settings.log;
        let goal = self.live.as_ref().map_or_else(|| log.head(), Feed::position);
        while joining.position() < goal {
            let batch =
                Batch::read(&**log, joining.position(), STRETCH, |kind| KINDS.contains(&kind))?;
            let Some(batch) = batch else { break };
            joining.take(&batch)?;
            if joining.waiting() >= WAITING_MAX {
                joining.write()?;
            }
        }
        joining.complete();
        joining.write_all()?;
        let old = std::mem::replace(&mut self.live, self.joining.take());
        if let Some(live) = &self.live {
            self.slot.serve(Some(Arc::clone(&live.generation)));
            self.slot.advance(live.position(), None, live.parked());
        }
        if let Some(old) = old {
            give_up(old.generation.path(), "a rebuilt one serves");
        }
        self.slot.set_building(None);
        self.slot.set_error(None);
        tracing::info!(position = self.slot.applied().0, "a rebuilt search index serves");
        Ok(())
    }

    /// How long nothing has to be done.
    fn pause(&self, written: Option<Instant>) -> Duration {
        match (&self.live, written) {
            (Some(live), Some(written)) if live.is_dirty() => {
                self.options.commit_every.saturating_sub(written.elapsed())
            }
            _ => IDLE,
        }
    }

    fn look_after(&mut self) -> Result<(), SearchError> {
        let Some(live) = &mut self.live else { return Ok(()) };
        if live.is_forgetting() {
            live.forget()?;
        }
        if live.is_dirty() { Ok(()) } else { live.note() }
    }

    /// Notes a failure. What was taken is taken again; an index that does not open is rebuilt.
    fn fail(&mut self, error: &SearchError) {
        let text = chain(error);
        tracing::error!(error = text, "the search index could not take events");
        self.slot.set_error(Some(text));
        for feed in [&mut self.live, &mut self.joining].into_iter().flatten() {
            feed.go_back();
        }
        let damaged = matches!(
            error,
            SearchError::Index {
                source: tantivy::TantivyError::DataCorruption(_)
                    | tantivy::TantivyError::OpenReadError(_)
                    | tantivy::TantivyError::SchemaError(_),
                ..
            } | SearchError::Unreadable
                | SearchError::Row(_)
        );
        if damaged {
            self.orders.rebuild(&self.slot);
        }
    }
}

async fn wait(
    stop: &mut watch::Receiver<bool>,
    head: &mut HeadWatch,
    wanted: &mut watch::Receiver<Position>,
    inbox: &Inbox,
    pause: Duration,
) -> Woken {
    tokio::select! {
        biased;
        _ = stop.wait_for(|stop| *stop) => Woken::Stop,
        () = inbox.bell.notified() => Woken::Work,
        changed = head.changed() => if changed.is_ok() { Woken::Work } else { Woken::Stop },
        changed = wanted.changed() => if changed.is_ok() { Woken::Work } else { Woken::Stop },
        () = tokio::time::sleep(pause) => Woken::Idle,
    }
}

/// An error and its causes on one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "measures its own work, and no fold sees it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
