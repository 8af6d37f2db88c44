//! All read models of a log, kept live.
//!
//! Opens what there is, rebuilds what is missing or outdated, feeds the rest. One handle for
//! readers; dropping the last one stops the threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use convolog_log::{Clock, EventLog, Position};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::acts::Acts;
use crate::analytics::Analytics;
use crate::appointments::Appointments;
use crate::beside::{Orders, stopped};
use crate::contacts::Contacts;
use crate::conversations::Conversations;
use crate::costs::Costs;
use crate::deliveries::Deliveries;
use crate::documents::Documents;
use crate::endpoints::Endpoints;
use crate::error::QueryError;
use crate::fold::ReadModel;
use crate::folder::Generation;
use crate::generations::{Purpose, Swap};
use crate::hours::Hours;
use crate::imports::Imports;
use crate::keeper::Keeper;
use crate::leads::Leads;
use crate::live::{Inbox, Live, Member, recorded_at};
use crate::parked::{self, Parked};
use crate::pipeline::Pipeline;
use crate::progress::Progress;
use crate::rebuild::{Brake, Rebuilder};
use crate::recipients::Recipients;
use crate::registry::{AnyModel, MODELS};
use crate::settings::Settings;
use crate::slot::Slot;
use crate::status::ModelStatus;
use crate::store::{Disk, Store};
use crate::table::Table;
use crate::templates::Templates;
use crate::transcripts::Transcripts;

/// How the read models run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Bytes of memory for what was read, for all read models together.
    pub cache_bytes: u64,
    /// How often stores are put on the disk, besides when much is in memory: how much of the log a
    /// crash makes them read again.
    pub sync_every: Duration,
    /// Hundredths of the time that a rebuild may work while commits come in (1 to 100).
    pub rebuild_percent: u8,
    /// How long a generation that was replaced is kept, so that it can serve again; zero: not at
    /// all.
    pub keep_replaced: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cache_bytes: 128 << 20,
            sync_every: Duration::from_secs(30),
            rebuild_percent: 50,
            keep_replaced: Duration::from_hours(24),
        }
    }
}

/// All read models of a log. Cheap to clone.
#[derive(Clone)]
pub struct ReadModels(Arc<Inner>);

struct Inner {
    log: Arc<dyn EventLog>,
    clock: Arc<dyn Clock>,
    slots: Vec<Arc<Slot>>,
    orders: Mutex<Option<Orders>>,
    stop: watch::Sender<bool>,
    brake: Arc<Brake>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl std::fmt::Debug for ReadModels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadModels").field("status", &self.status()).finish()
    }
}

/// What opening the folders found.
struct Opened {
    members: Vec<Member>,
    slots: Vec<Arc<Slot>>,
    unfinished: Vec<(&'static dyn AnyModel, Generation)>,
    to_rebuild: Vec<&'static dyn AnyModel>,
}

impl ReadModels {
    /// Opens the read models in `dir` and starts to feed them from `log`.
    ///
    /// # Errors
    /// If a folder cannot be used at all (no space, no permission, open in another process);
    /// stores that are damaged or do not match the log are rebuilt instead.
    pub fn open(
        dir: &Path,
        log: Arc<dyn EventLog>,
        clock: Arc<dyn Clock>,
        options: Options,
    ) -> Result<Self, QueryError> {
        let disk = Disk::new(options.cache_bytes);
        let Opened { members, slots, unfinished, to_rebuild } = open_all(dir, &disk, &*log)?;
        let ((rebuilds, asked), (tasks, ordered)) = (mpsc::channel(), mpsc::channel());
        for model in to_rebuild {
            // The receiver is still here.
            rebuilds.send(model).ok();
        }
        let orders = Orders { rebuilds, tasks };
        let (stop, stopped) = watch::channel(false);
        let (inbox, brake) = (Arc::new(Inbox::default()), Arc::new(Brake::default()));
        let live = Live {
            log: Arc::clone(&log),
            clock: Arc::clone(&clock),
            members,
            inbox: Arc::clone(&inbox),
            orders: orders.clone(),
            stop: stopped,
            sync_every: options.sync_every,
            keep_replaced: options.keep_replaced,
        };
        let rebuilder = Arc::new(Rebuilder {
            log: Arc::clone(&log),
            dir: PathBuf::from(dir),
            disk,
            slots: slots.clone(),
            inbox,
            brake: Arc::clone(&brake),
            percent: options.rebuild_percent,
        });
        let beside = Arc::clone(&rebuilder);
        let again = orders.rebuilds.clone();
        let waits = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| QueryError::Stopped(error.to_string()))?;
        let threads = vec![
            spawn("read-models", slots.clone(), move || live.run(&waits))?,
            spawn("rebuild", slots.clone(), move || rebuilder.run(&asked, unfinished))?,
            spawn("beside", slots.clone(), move || beside.run_beside(&ordered, &again))?,
        ];
        Ok(Self(Arc::new(Inner {
            log,
            clock,
            slots,
            orders: Mutex::new(Some(orders)),
            stop,
            brake,
            threads: Mutex::new(threads),
        })))
    }

    /// The log they are folded from.
    pub fn log(&self) -> &Arc<dyn EventLog> {
        &self.0.log
    }

    /// Conversations.
    pub fn conversations(&self) -> Result<Table<Conversations>, QueryError> {
        self.table()
    }

    /// Messages.
    pub fn transcripts(&self) -> Result<Table<Transcripts>, QueryError> {
        self.table()
    }

    /// What operators did.
    pub fn acts(&self) -> Result<Table<Acts>, QueryError> {
        self.table()
    }

    /// Contacts.
    pub fn contacts(&self) -> Result<Table<Contacts>, QueryError> {
        self.table()
    }

    /// What became of each event for each subscriber.
    pub fn deliveries(&self) -> Result<Table<Deliveries>, QueryError> {
        self.table()
    }

    /// To whom events are delivered.
    pub fn endpoints(&self) -> Result<Table<Endpoints>, QueryError> {
        self.table()
    }

    /// What messages cost.
    pub fn costs(&self) -> Result<Table<Costs>, QueryError> {
        self.table()
    }

    /// Who is to hear broadcasts, and what became of them.
    pub fn recipients(&self) -> Result<Table<Recipients>, QueryError> {
        self.table()
    }

    /// Documents.
    pub fn documents(&self) -> Result<Table<Documents>, QueryError> {
        self.table()
    }

    /// Message templates.
    pub fn templates(&self) -> Result<Table<Templates>, QueryError> {
        self.table()
    }

    /// Jobs that read files and sites.
    pub fn imports(&self) -> Result<Table<Imports>, QueryError> {
        self.table()
    }

    /// People, keys, apps, channels, quarantined changes.
    pub fn settings(&self) -> Result<Table<Settings>, QueryError> {
        self.table()
    }

    /// Appointments.
    pub fn appointments(&self) -> Result<Table<Appointments>, QueryError> {
        self.table()
    }

    /// Leads.
    pub fn leads(&self) -> Result<Table<Leads>, QueryError> {
        self.table()
    }

    /// The pipeline: leads by stage.
    pub fn pipeline(&self) -> Result<Table<Pipeline>, QueryError> {
        self.table()
    }

    /// What happened in each hour, where it belongs, and how long answers took.
    pub fn analytics(&self) -> Result<Table<Analytics>, QueryError> {
        self.table()
    }

    /// What happened in each hour in a whole workspace.
    pub fn hours(&self) -> Result<Table<Hours>, QueryError> {
        self.table()
    }

    fn table<M: ReadModel>(&self) -> Result<Table<M>, QueryError> {
        Ok(Table::new(self.store(M::NAME)?))
    }

    /// The store that answers for a read model.
    pub(crate) fn store(&self, name: &str) -> Result<Arc<dyn Store>, QueryError> {
        self.slot(name)?.store(self.0.log.head())
    }

    pub(crate) fn slot(&self, name: &str) -> Result<&Arc<Slot>, QueryError> {
        let found = self.0.slots.iter().find(|slot| slot.name == name);
        found.ok_or_else(|| QueryError::NoSuchModel { asked: name.to_owned() })
    }

    /// Waits until every read model shows everything up to `position`.
    ///
    /// # Errors
    /// [`QueryError::BeyondHead`] at once if the position does not exist, [`QueryError::Rebuilding`]
    /// at once if a model has nothing to show, [`QueryError::NotYet`] when `patience` is over.
    pub async fn at_least(&self, position: Position, patience: Duration) -> Result<(), QueryError> {
        let head = self.0.log.head();
        if position > head {
            return Err(QueryError::BeyondHead { asked: position, head });
        }
        let all = async {
            for slot in &self.0.slots {
                if !slot.serves() {
                    slot.store(head)?;
                }
                if slot.follow().wait_for(|applied| *applied >= position).await.is_err() {
                    return Err(stopped());
                }
            }
            Ok(())
        };
        match tokio::time::timeout(patience, all).await {
            Ok(done) => done,
            Err(_) => {
                Err(QueryError::NotYet { asked: position, at: self.applied(), waited: patience })
            }
        }
    }

    /// Waits until every read model serves, however long it takes.
    ///
    /// # Errors
    /// [`QueryError::Stopped`] if the read models are shut down meanwhile.
    pub async fn ready(&self) -> Result<(), QueryError> {
        let mut stop = self.0.stop.subscribe();
        for slot in &self.0.slots {
            tokio::select! {
                () = slot.served() => {}
                _ = stop.wait_for(|stop| *stop) => {
                    return Err(stopped());
                }
            }
        }
        Ok(())
    }

    /// Everything up to here is visible in every read model that serves.
    pub fn applied(&self) -> Position {
        self.0.slots.iter().map(|slot| slot.applied()).min().unwrap_or_default()
    }

    /// How each read model is doing.
    pub fn status(&self) -> Vec<ModelStatus> {
        let (head, now) = (self.0.log.head(), self.0.clock.now());
        self.0.slots.iter().map(|slot| ModelStatus::of(slot, head, now)).collect()
    }

    /// The streams that a read model stopped following.
    pub fn parked(&self, name: &str) -> Result<Vec<Parked>, QueryError> {
        Ok(parked::list(&*self.store(name)?)?)
    }

    /// Orders work, unless the threads are gone.
    pub(crate) fn order(&self, send: impl FnOnce(&Orders) -> bool) -> Result<(), QueryError> {
        let orders = self.0.orders.lock();
        orders.as_ref().is_some_and(send).then_some(()).ok_or_else(stopped)
    }

    /// Waits until no rebuild of a read model is going on, however long it takes.
    ///
    /// # Errors
    /// [`QueryError::NoSuchModel`], or [`QueryError::Stopped`] if it is shut down meanwhile.
    pub async fn rebuilt(&self, name: &str) -> Result<(), QueryError> {
        let slot = self.slot(name)?;
        let mut stop = self.0.stop.subscribe();
        tokio::select! {
            () = slot.built() => Ok(()),
            _ = stop.wait_for(|stop| *stop) => {
                Err(stopped())
            }
        }
    }

    /// Stops the threads and puts everything on the disk. Blocks; what is read afterwards is as it
    /// stood.
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
                tracing::error!("a thread of the read models had panicked");
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shutdown();
    }
}

/// Starts a thread. Should it ever panic, every read model says so instead of falling silent.
fn spawn(
    name: &'static str,
    slots: Vec<Arc<Slot>>,
    f: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, QueryError> {
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(f)).is_err() {
            for slot in slots {
                slot.set_error(Some(format!("the thread `{name}` broke down; restart")));
            }
        }
    };
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(guarded);
    thread.map_err(|error| QueryError::Stopped(format!("no thread could be started: {error}")))
}

fn open_all(dir: &Path, disk: &Disk, log: &dyn EventLog) -> Result<Opened, QueryError> {
    let mut opened = Opened {
        members: Vec::new(),
        slots: Vec::new(),
        unfinished: Vec::new(),
        to_rebuild: Vec::new(),
    };
    for model in MODELS {
        open_one(model, dir, disk, log, &mut opened)?;
    }
    Ok(opened)
}

fn open_one(
    model: &'static dyn AnyModel,
    dir: &Path,
    disk: &Disk,
    log: &dyn EventLog,
    opened: &mut Opened,
) -> Result<(), QueryError> {
    let mut found = model.open(dir, disk, log)?;
    let keeper = Keeper::new(dir.join(model.name()), found.generations);
    // A new log has nothing to rebuild from: its models are complete as they are.
    if found.serving.is_none() && found.building.is_none() && log.head() == Position::START {
        let mut first = model.begin(dir, disk, log)?;
        first.feed.complete()?;
        keeper.serves(first.number, model.version())?;
        found.serving = Some(first);
    }
    let current = found.serving.as_ref().is_some_and(|found| found.feed.current());
    let slot = Arc::new(Slot::new(model.name(), keeper));
    // Whoever went back to an older fold while the newer one waits wants it so.
    let waits = found.generations.beside.is_some_and(|beside| {
        beside.purpose == Purpose::Waiting && beside.version == model.version()
    });
    if let Some(building) = found.building {
        slot.set_building(Some(Progress::at(building.feed.position())));
        opened.unfinished.push((model, building));
    } else if !current && !waits && slot.keeper.ask(Swap::Auto) {
        slot.set_building(Some(Progress::default()));
        opened.to_rebuild.push(model);
    }
    if let Some(serving) = found.serving {
        let feed = &serving.feed;
        slot.serve(Some(feed.store()), !current);
        slot.advance(feed.position(), recorded_at(log, feed.position()), feed.parked());
        opened.members.push(Member::new(Arc::clone(&slot), serving, false));
    }
    opened.slots.push(slot);
    Ok(())
}
