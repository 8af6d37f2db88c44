//! Starting and stopping: open, listen, drain.
//!
//! Stops in this order: no new connections, streams of events end, requests in flight get their
//! time, what was called is recorded, reactors finish what is under way, then read models, log and
//! vault close.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use convolog_domain::WorkspaceId;
use convolog_engine::{Caller, DataFolder, EngineError, FolderError, FolderOptions, InstanceError};
use convolog_log::{Clock, SystemClock};
use convolog_projections::{Options, QueryError, ReadModels};
use convolog_reactors::{Acting, Reactors};
use convolog_search::{Search, SearchError};
use convolog_vault::{MasterKey, VaultError};
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::config::{Config, PlanLimit};
use crate::connections;

/// How often the server looks after itself.
const TICK: Duration = Duration::from_secs(1);

/// Why a server did not start. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// There is no master key.
    #[error(
        "there is no master key: set CONVOLOG_MASTER_KEY to 64 hexadecimal digits, or name a file outside the data folder with --master-key-file"
    )]
    NoMasterKey,
    /// Two are given: nobody would know which one is meant.
    #[error(
        "two master keys are given: CONVOLOG_MASTER_KEY is set, and {path} is named (with --master-key-file or CONVOLOG_MASTER_KEY_FILE); give one of them"
    )]
    TwoMasterKeys {
        /// The file.
        path: std::path::PathBuf,
    },
    /// The file that should hold it cannot be read.
    #[error("could not read the master key from {path}")]
    MasterKeyFile {
        /// Which file.
        path: std::path::PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The file lies where it would be copied together with what it opens.
    #[error(
        "the master key file {path} lies within the data folder: a copy of the folder could be read by anybody; keep the key elsewhere"
    )]
    MasterKeyInside {
        /// Which file.
        path: std::path::PathBuf,
    },
    /// It is no master key.
    #[error("the master key cannot be used")]
    MasterKey(#[source] VaultError),
    /// The data folder refused.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The read models refused.
    #[error("the read models could not be opened")]
    Models(#[from] QueryError),
    /// The search index refused.
    #[error("the search index could not be opened")]
    Search(#[from] SearchError),
    /// This instance cannot be told from a copy.
    #[error(transparent)]
    Instance(#[from] InstanceError),
    /// It could not be disarmed as it was told.
    #[error("could not disarm this instance")]
    Disarm(#[source] EngineError),
    /// The address is gone.
    #[error("could not listen")]
    Listen(#[source] std::io::Error),
}

/// A server that ended because a write or sync had failed; start it again.
#[derive(Debug, thiserror::Error)]
#[error(
    "a write or sync failed: {0}; what was acknowledged is on the disk, start the server again"
)]
pub struct Poisoned(pub String);

/// Starts servers.
#[derive(Debug)]
pub struct Server;

/// A running server.
#[derive(Debug)]
pub struct Handle {
    app: App,
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    reactors: Reactors,
}

impl Server {
    /// Opens the data folder and serves on `listener`.
    pub async fn start(config: Config, listener: TcpListener) -> Result<Handle, StartError> {
        Self::start_with(config, listener, Arc::new(SystemClock)).await
    }

    /// As [`Server::start`], with a clock of one's own.
    pub async fn start_with(
        config: Config,
        listener: TcpListener,
        clock: Arc<dyn Clock>,
    ) -> Result<Handle, StartError> {
        let options = FolderOptions { clock: Arc::clone(&clock), ..FolderOptions::default() };
        Self::start_on(config, listener, options).await
    }

    /// As [`Server::start`], with every setting of the data folder.
    pub async fn start_on(
        config: Config,
        listener: TcpListener,
        mut options: FolderOptions,
    ) -> Result<Handle, StartError> {
        let master = master_key(&config)?;
        let address = listener.local_addr().map_err(StartError::Listen)?;
        options.log.free_floor_bytes = config.free_space_floor_bytes;
        options.plans = PlanLimit::plans(&config.plan_limits);
        let path = config.data.clone();
        let models = Options { keep_replaced: config.replaced_models_kept(), ..Options::default() };
        let opening = move || open(&path, &master, options, models);
        let (folder, models, search) = tokio::task::spawn_blocking(opening)
            .await
            .map_err(|error| StartError::Listen(std::io::Error::other(error)))??;
        let app = App::new(config, folder, models, search);
        crate::system::metrics::install();
        watch_catching_up(&app);
        watch_poison(&app);
        crate::housekeeping::start(&app);
        crate::usage::start(&app);
        let reactors = Reactors::start(acting(&app).await?);
        let stop = app.stopping().clone();
        let router = crate::api::router(&app);
        let serving = tokio::spawn(connections::serve(app.clone(), listener, router));
        tracing::info!(%address, head = app.engine().log().head().0, "listening");
        Ok(Handle { app, address, stop, serving, reactors })
    }
}

/// What reactors act with; with `--disarmed` the log says so before there are any.
async fn acting(app: &App) -> Result<Acting, StartError> {
    let (engine, instance) = (app.engine(), app.instance()?);
    if app.config().disarmed && engine.is_armed(&instance).map_err(StartError::Disarm)? {
        let caller = Caller::system(WorkspaceId::INSTALLATION);
        engine.disarm(&caller, "started with --disarmed").await.map_err(StartError::Disarm)?;
    }
    let (models, search) = (app.models().clone(), app.search().clone());
    let acting = Acting::new(engine.clone(), models, search, app.outgoing().clone(), instance);
    let extractor = app.config().extractor.clone();
    let acting = acting.with_extractor(extractor).with_manners(app.config().crawl_manners());
    Ok(acting.with_delivery_patience(app.config().webhook_timeout()))
}

fn master_key(config: &Config) -> Result<MasterKey, StartError> {
    let text = match (&config.master_key, &config.master_key_file) {
        (Some(_), Some(path)) => return Err(StartError::TwoMasterKeys { path: path.clone() }),
        (Some(key), None) => key.clone(),
        (None, Some(path)) => read_master_key(path, &config.data)?,
        (None, None) => return Err(StartError::NoMasterKey),
    };
    MasterKey::parse(text.expose_secret()).map_err(StartError::MasterKey)
}

/// What a file holds that is to hold the master key of a data folder.
///
/// # Errors
/// [`StartError::MasterKeyInside`] if it lies within that folder, [`StartError::MasterKeyFile`] if it
/// cannot be read.
pub fn read_master_key(path: &Path, data: &Path) -> Result<SecretString, StartError> {
    if lies_within(path, data) {
        return Err(StartError::MasterKeyInside { path: path.to_owned() });
    }
    let text = std::fs::read_to_string(path)
        .map_err(|source| StartError::MasterKeyFile { path: path.to_owned(), source })?;
    Ok(SecretString::from(text.trim().to_owned()))
}

/// Whether a file lies in a folder or below it. What does not exist lies nowhere.
fn lies_within(file: &Path, folder: &Path) -> bool {
    let (file, folder) = (file.canonicalize(), folder.canonicalize());
    file.is_ok_and(|file| folder.is_ok_and(|folder| file.starts_with(folder)))
}

fn open(
    path: &Path,
    master: &MasterKey,
    options: FolderOptions,
    models: Options,
) -> Result<(DataFolder, ReadModels, Search), StartError> {
    let clock = Arc::clone(&options.clock);
    let folder = DataFolder::open_or_create(path, master, options)?;
    let (engine, dir) = (folder.engine(), DataFolder::models_path(path));
    let (log, disclose) = (Arc::clone(engine.log()), Arc::new(engine.clone()));
    let search = convolog_search::path(&dir);
    let models = ReadModels::open(&dir, Arc::clone(&log), Arc::clone(&clock), models)?;
    let search = Search::open(&search, log, disclose, clock, convolog_search::Options::default())?;
    Ok((folder, models, search))
}

/// The server is ready once the read models show what the log held when it started.
fn watch_catching_up(app: &App) {
    let (app, head) = (app.clone(), app.engine().log().head());
    tokio::spawn(async move {
        let stopping = app.stopping().clone();
        let caught_up = async {
            if app.models().ready().await.is_ok() {
                let forever = Duration::from_secs(u64::from(u32::MAX));
                let found = app.search().ready().await.is_ok()
                    && app.search().at_least(head, forever).await.is_ok();
                if found && app.models().at_least(head, forever).await.is_ok() {
                    app.set_caught_up();
                }
            }
        };
        tokio::select! {
            () = caught_up => {}
            () = stopping.cancelled() => {}
        }
    });
}

/// A poisoned log or vault takes nothing until the process starts anew: the server says so for a moment,
/// then stops, for the supervisor to start it again.
fn watch_poison(app: &App) {
    let app = app.clone();
    tokio::spawn(async move {
        let stopping = app.stopping().clone();
        let mut ticks = tokio::time::interval(TICK);
        loop {
            tokio::select! {
                _ = ticks.tick() => crate::system::metrics::upkeep(),
                () = stopping.cancelled() => return,
            }
            if let Some(reason) = app.poisoned() {
                tracing::error!(
                    reason,
                    "nothing can be written any more; the server is about to end"
                );
                tokio::time::sleep(Duration::from_secs(app.config().poisoned_seconds)).await;
                stopping.cancel();
                return;
            }
        }
    });
}

impl Handle {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its handlers see: the engine, the read models.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// A token that stops the server when it is cancelled.
    pub fn stop_token(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Waits until the server ended by itself or by its token, and closes everything.
    ///
    /// # Errors
    /// [`Poisoned`] if it ended because a write or sync had failed.
    pub async fn wait(mut self) -> Result<(), Poisoned> {
        if let Err(error) = (&mut self.serving).await {
            tracing::error!(%error, "the server ended badly");
        }
        self.stop.cancel();
        crate::usage::record(&self.app, true).await;
        self.reactors.stop().await;
        let app = self.app.clone();
        let closed = tokio::task::spawn_blocking(move || {
            app.models().shutdown();
            app.search().shutdown();
            if let Err(error) = app.folder().log().sync_head() {
                tracing::warn!(%error, "HEAD could not be brought up to date");
            }
        });
        if let Err(error) = closed.await {
            tracing::error!(%error, "closing ended badly");
        }
        self.app.poisoned().map_or(Ok(()), |reason| Err(Poisoned(reason)))
    }

    /// Stops: no new requests, those in flight are answered, everything is closed.
    ///
    /// # Errors
    /// As [`Handle::wait`].
    pub async fn stop(self) -> Result<(), Poisoned> {
        self.stop.cancel();
        self.wait().await
    }
}
