//! The thread that rebuilds all indexes beside the live ones, at the lowest priority, resting while
//! commits come in. What it has done survives a restart.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use convolog_log::Position;
use convolog_projections::{Batch, Brake, Meter, Pace, Progress};

use crate::error::SearchError;
use crate::feeder::{Inbox, chain, now};
use crate::index::{Feed, Folder, KINDS, ShardSettings, give_up};
use crate::slot::{Building, Slot};

/// Events read at a time.
const STRETCH: usize = 512;

/// Rows between two commits: a restart loses no more of the work.
const WAITING_MAX: usize = 20_000;

/// The pause after the first failure of a rebuild that is needed.
const RETRY_FIRST: Duration = Duration::from_secs(1);

/// The longest such pause.
const RETRY_LAST: Duration = Duration::from_secs(30);

/// Orders rebuilds.
#[derive(Clone)]
pub(crate) struct Orders(mpsc::Sender<()>);

impl Orders {
    pub(crate) fn new() -> (Self, mpsc::Receiver<()>) {
        let (sender, receiver) = mpsc::channel();
        (Self(sender), receiver)
    }

    /// Orders a rebuild, unless one is wanted or going on. False if one is.
    pub(crate) fn rebuild(&self, slot: &Slot) -> bool {
        // Nobody rebuilds any more once it is shutting down.
        slot.want_building() && self.0.send(()).is_ok()
    }
}

/// What the rebuilding thread needs.
pub(crate) struct Rebuilder {
    pub(crate) folder: Folder,
    pub(crate) settings: ShardSettings,
    pub(crate) slot: Arc<Slot>,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) brake: Arc<Brake>,
    pub(crate) percent: u8,
    /// A rebuild that an earlier run did not finish.
    pub(crate) unfinished: Option<Feed>,
}

impl Rebuilder {
    /// Runs until the orders end.
    pub(crate) fn run(mut self, orders: &mpsc::Receiver<()>) {
        // Only this thread: on Linux the priority belongs to the thread.
        if let Err(error) = rustix::process::setpriority_process(None, 19) {
            tracing::debug!(%error, "rebuilding at normal priority");
        }
        while orders.recv().is_ok() {
            let mut pause = RETRY_FIRST;
            loop {
                match self.rebuild() {
                    Ok(()) => break,
                    Err(error) => {
                        let text = chain(&error);
                        tracing::error!(error = text, "a rebuild of the search index failed");
                        self.slot.set_error(Some(text));
                    }
                }
                if self.slot.serves() {
                    self.slot.set_building(None);
                    break;
                }
                if self.brake.rest(pause) {
                    return;
                }
                pause = (pause * 2).min(RETRY_LAST);
            }
        }
    }

    fn rebuild(&mut self) -> Result<(), SearchError> {
        if self.slot.building().is_none() {
            // It was called off before it began.
            return Ok(());
        }
        let mut feed = match self.unfinished.take() {
            Some(feed) => feed,
            None => self.folder.begin()?,
        };
        let path = feed.generation.path().to_owned();
        match self.feed(&mut feed) {
            Ok(Ended::CaughtUp) => self.inbox.hand_over(feed),
            Ok(Ended::Stopped) => {}
            Ok(Ended::CalledOff) => give_up(&path, "its rebuild was called off"),
            Err(error) => {
                give_up(&path, "its rebuild failed");
                return Err(error);
            }
        }
        Ok(())
    }

    /// Feeds a generation until it has caught up.
    fn feed(&self, feed: &mut Feed) -> Result<Ended, SearchError> {
        let log = &self.settings.log;
        let mut pace = Pace::new(self.percent, log.head());
        let mut meter = Meter::new(now(), feed.position());
        let generation = Some(feed.generation.number());
        let progress = Progress::at(feed.position());
        // Of whoever was erased before, nothing can be read, unless an earlier run did.
        let known = if feed.position() == Position::START { log.head() } else { Position::START };
        let mut shown = Building { generation, progress, written: known };
        loop {
            if !self.slot.show_building(shown) {
                return Ok(Ended::CalledOff);
            }
            let begun = now();
            let batch =
                Batch::read(&**log, feed.position(), STRETCH, |kind| KINDS.contains(&kind))?;
            let Some(batch) = batch else { break };
            feed.take(&batch)?;
            if feed.waiting() >= WAITING_MAX || feed.has_erasures() && feed.position() > known {
                feed.write_all()?;
                shown.written = known.max(feed.position());
            }
            let pause = pace.rest(begun.elapsed(), log.head());
            let stop = self.brake.rest(pause);
            shown.progress = meter.step(now(), feed.position(), pause);
            if stop {
                feed.write()?;
                return Ok(Ended::Stopped);
            }
        }
        feed.write_all()?;
        shown.written = known.max(feed.position());
        self.slot.show_building(shown);
        Ok(Ended::CaughtUp)
    }
}

/// How a rebuild ended.
enum Ended {
    CaughtUp,
    /// It goes on after the next start.
    Stopped,
    CalledOff,
}
