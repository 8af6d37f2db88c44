//! The handle: opening, waiting, rebuilding, closing, and how the index is doing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use convolog_domain::WorkspaceId;
use convolog_engine::Disclose;
use convolog_log::{Clock, EventLog, Position};
use convolog_projections::{Brake, ModelStatus, Parked, QueryError, Swap, Verified};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::NAME;
use crate::error::SearchError;
use crate::feeder::{Feeder, Inbox};
use crate::index::{Folder, Generation, Shard, ShardSettings};
use crate::options::Options;
use crate::rebuild::{Orders, Rebuilder};
use crate::slot::{Building, Slot};
use crate::verify::compare_with_rebuild;

/// Why no generation waits or is kept.
const NONE_WAITS: &str = "keeps no other generation, because it holds text that erasures must reach; order a rebuild with `swap` `auto`";

/// Full-text search. Cheap to clone.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    dir: PathBuf,
    settings: ShardSettings,
    slot: Arc<Slot>,
    orders: Mutex<Option<Orders>>,
    stop: watch::Sender<bool>,
    inbox: Arc<Inbox>,
    brake: Arc<Brake>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("applied", &self.applied()).finish_non_exhaustive()
    }
}

impl Search {
    /// Opens the indexes in `dir` and starts to feed them from `log`.
    ///
    /// # Errors
    /// If the folder cannot be used at all; indexes that are damaged or do not match the log are
    /// rebuilt instead.
    pub fn open(
        dir: &Path,
        log: Arc<dyn EventLog>,
        disclose: Arc<dyn Disclose>,
        clock: Arc<dyn Clock>,
        options: Options,
    ) -> Result<Self, SearchError> {
        let settings = ShardSettings { log, disclose, clock };
        let folder = Folder::new(dir, settings.clone());
        let mut found = folder.open()?;
        let slot = Arc::new(Slot::new());
        // A new log has nothing to rebuild from: its index is complete as it is.
        if found.serving.is_none() && settings.log.head() == Position::START {
            let mut feed = folder.begin()?;
            feed.complete();
            feed.note()?;
            found.serving = Some(feed);
        }
        let (orders, ordered) = Orders::new();
        if let Some(live) = &found.serving {
            slot.serve(Some(Arc::clone(&live.generation)));
            slot.advance(live.position(), None, live.parked());
        }
        if found.serving.is_none() || found.building.is_some() {
            orders.rebuild(&slot);
        }
        let (stop, stopped) = watch::channel(false);
        let (inbox, brake) = (Arc::new(Inbox::default()), Arc::new(Brake::default()));
        let feeder = Feeder {
            settings: settings.clone(),
            options,
            slot: Arc::clone(&slot),
            inbox: Arc::clone(&inbox),
            orders: orders.clone(),
            stop: stopped,
            live: found.serving,
            joining: None,
        };
        let rebuilder = Rebuilder {
            folder,
            settings: settings.clone(),
            slot: Arc::clone(&slot),
            inbox: Arc::clone(&inbox),
            brake: Arc::clone(&brake),
            percent: options.rebuild_percent,
            unfinished: found.building,
        };
        let waits = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| SearchError::Stopped(error.to_string()))?;
        let threads = vec![
            spawn("search", Arc::clone(&slot), move || feeder.run(&waits))?,
            spawn("search-rebuild", Arc::clone(&slot), move || rebuilder.run(&ordered))?,
        ];
        Ok(Self(Arc::new(Inner {
            dir: dir.to_owned(),
            settings,
            slot,
            orders: Mutex::new(Some(orders)),
            stop,
            inbox,
            brake,
            threads: Mutex::new(threads),
        })))
    }

    pub(crate) fn shard(&self, workspace: WorkspaceId) -> Result<Option<Arc<Shard>>, SearchError> {
        self.generation()?.shard(workspace)
    }

    fn generation(&self) -> Result<Arc<Generation>, SearchError> {
        self.0.slot.generation(self.0.settings.log.head())
    }

    /// Waits until everything up to `position` is found. Whoever waits need not wait for the next
    /// commit that is due anyway.
    ///
    /// # Errors
    /// [`SearchError::BeyondHead`] at once if the position does not exist,
    /// [`SearchError::Rebuilding`] at once if nothing can be found, [`SearchError::NotYet`] when
    /// `patience` is over.
    pub async fn at_least(
        &self,
        position: Position,
        patience: Duration,
    ) -> Result<(), SearchError> {
        let head = self.0.settings.log.head();
        if position > head {
            return Err(SearchError::BeyondHead { asked: position, head });
        }
        self.generation()?;
        self.0.slot.want(position);
        let mut applied = self.0.slot.follow();
        let reached = applied.wait_for(|applied| *applied >= position);
        match tokio::time::timeout(patience, reached).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(SearchError::Stopped("it was shut down".into())),
            Err(_) => Err(SearchError::NotYet { asked: position, at: self.applied() }),
        }
    }

    /// Waits until it answers, however long it takes.
    ///
    /// # Errors
    /// [`SearchError::Stopped`] if it is shut down meanwhile.
    pub async fn ready(&self) -> Result<(), SearchError> {
        self.unless_stopped(self.0.slot.served()).await
    }

    /// Waits until no rebuild is going on, however long it takes.
    ///
    /// # Errors
    /// [`SearchError::Stopped`] if it is shut down meanwhile.
    pub async fn rebuilt(&self) -> Result<(), SearchError> {
        self.unless_stopped(self.0.slot.built()).await
    }

    async fn unless_stopped(&self, done: impl Future<Output = ()>) -> Result<(), SearchError> {
        let mut stop = self.0.stop.subscribe();
        tokio::select! {
            () = done => Ok(()),
            _ = stop.wait_for(|stop| *stop) => Err(SearchError::Stopped("it was shut down".into())),
        }
    }

    /// The rebuild that is wanted or going on.
    pub(crate) fn building(&self) -> Option<Building> {
        self.0.slot.building()
    }

    /// Everything up to here is found.
    pub fn applied(&self) -> Position {
        self.0.slot.applied()
    }

    /// How it is doing.
    pub fn status(&self) -> ModelStatus {
        self.0.slot.status(self.0.settings.log.head(), self.0.settings.clock.now())
    }

    /// The streams that it stopped following.
    pub fn parked(&self) -> Vec<Parked> {
        self.0.slot.parked()
    }

    /// Rebuilds all indexes beside the live ones and swaps them in when they have caught up.
    ///
    /// # Errors
    /// [`QueryError::Rebuilding`] if that is being done already; [`QueryError::NotNow`] if it shall
    /// wait for a swap: indexes hold text, and a generation that only lies there would keep what
    /// erasures take out of the live one.
    pub fn rebuild(&self, swap: Swap) -> Result<(), QueryError> {
        if swap == Swap::Manual {
            return Err(Self::not_now(NONE_WAITS));
        }
        let orders = self.0.orders.lock();
        let Some(orders) = orders.as_ref() else {
            return Err(QueryError::Stopped("it was shut down".into()));
        };
        if orders.rebuild(&self.0.slot) {
            return Ok(());
        }
        let position = self.0.slot.building().unwrap_or_default().progress.position;
        Err(QueryError::Rebuilding { model: NAME, position, head: self.0.settings.log.head() })
    }

    /// Calls a rebuild off; the live indexes go on.
    ///
    /// # Errors
    /// [`QueryError::NotNow`] if there is none, or nothing else could serve.
    pub fn call_off(&self) -> Result<(), QueryError> {
        let slot = &self.0.slot;
        if !slot.serves() {
            return Err(Self::not_now(
                "has nothing else that could serve; its rebuild cannot be called off",
            ));
        }
        if slot.building().is_none() {
            return Err(Self::not_now("is not being rebuilt"));
        }
        slot.set_building(None);
        self.0.inbox.ring();
        Ok(())
    }

    /// What answers when another generation is asked for that waits or is kept: there never is one.
    pub const fn none_beside() -> QueryError {
        Self::not_now(NONE_WAITS)
    }

    const fn not_now(why: &'static str) -> QueryError {
        QueryError::NotNow { model: NAME, why }
    }

    /// Compares what is found with a fresh rebuild. Exact only while no events come in.
    pub fn compare_with_rebuild(&self) -> Result<Verified, SearchError> {
        let folder = Folder::new(&self.0.dir, self.0.settings.clone());
        compare_with_rebuild(&*self.generation()?, &self.0.settings, self.applied(), &folder)
    }

    /// Stops the threads and writes what was taken. Blocks.
    pub fn shutdown(&self) {
        self.0.shutdown();
    }
}

impl Inner {
    fn shutdown(&self) {
        self.stop.send_replace(true);
        self.brake.stop();
        drop(self.orders.lock().take());
        for thread in self.threads.lock().drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the search index had panicked");
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shutdown();
    }
}

/// Starts a thread. Should it ever panic, the status says so.
fn spawn(
    name: &'static str,
    slot: Arc<Slot>,
    f: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, SearchError> {
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(f)).is_err() {
            slot.set_error(Some(format!("the thread `{name}` broke down; restart")));
        }
    };
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(guarded);
    thread.map_err(|error| SearchError::Stopped(format!("no thread could be started: {error}")))
}
