//! A data folder: where log, vault, blobs and read models of one installation lie.
//!
//! Opening refuses, before it writes anything, a folder that another process uses, a wrong master
//! key, a vault older than the log needs, and a log that went back.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use convolog_domain::workspace::Plans;
use convolog_log::{
    BlobStore, Clock, EventLog, LogError, Options, Position, SledLog, SystemClock, head_of,
};
use convolog_vault::{Location, MasterKey, Vault, VaultError};

use crate::engine::Engine;
use crate::entropy::{Entropy, SystemEntropy};
use crate::instance::{Instance, InstanceError};

/// How a data folder is opened.
#[derive(Clone)]
pub struct FolderOptions {
    /// Settings of the log.
    pub log: Options,
    /// A second place that gets every change of the vault before it is answered.
    pub vault_mirror: Option<PathBuf>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws ids.
    pub entropy: Arc<dyn Entropy>,
    /// What plans allow.
    pub plans: Plans,
}

impl Default for FolderOptions {
    fn default() -> Self {
        Self {
            log: Options::default(),
            vault_mirror: None,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            plans: Plans::built_in(),
        }
    }
}

/// Why a data folder could not be opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process has it.
    #[error("another process has the data folder {0} open; stop it first, or ask it over its URL")]
    InUse(PathBuf),
    /// There is nothing there.
    #[error("{0} holds no Convolog data; check the path, or let `convolog serve` make it")]
    Missing(PathBuf),
    /// The operating system refused.
    #[error("could not {action} {path}")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The log refused.
    #[error("the log in {path} could not be opened")]
    Log {
        /// The data folder.
        path: PathBuf,
        /// Why not.
        #[source]
        source: LogError,
    },
    /// An older copy of the log was put back beside its marker.
    #[error(
        "the log in {path} ends at position {found}, but this instance had seen {seen}: an older copy was put back. Remove {path}/INSTANCE to go on with it; the instance is disarmed then"
    )]
    OlderLog {
        /// The data folder.
        path: PathBuf,
        /// Where the log ends.
        found: Position,
        /// How far it had come.
        seen: Position,
    },
    /// The vault refused.
    #[error("the vault in {path} could not be opened")]
    Vault {
        /// The data folder.
        path: PathBuf,
        /// Why not.
        #[source]
        source: VaultError,
    },
}

/// An open data folder. Nobody else can open it while this lives.
pub struct DataFolder {
    path: PathBuf,
    engine: Engine,
    log: Arc<SledLog>,
    _lock: File,
}

impl std::fmt::Debug for DataFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DataFolder").field("path", &self.path).finish_non_exhaustive()
    }
}

impl DataFolder {
    /// Where the log lies in a data folder.
    pub fn log_path(data: &Path) -> PathBuf {
        data.join("log")
    }

    /// Where the vault lies in a data folder.
    pub fn vault_path(data: &Path) -> PathBuf {
        data.join("vault").join("keys.vault")
    }

    /// Where the read models lie in a data folder.
    pub fn models_path(data: &Path) -> PathBuf {
        data.join("models")
    }

    /// Where the blobs lie in a data folder.
    pub fn blobs_path(data: &Path) -> PathBuf {
        data.join("blobs")
    }

    /// Opens the folder, making an empty installation if there is none.
    pub fn open_or_create(
        path: &Path,
        master: &MasterKey,
        options: FolderOptions,
    ) -> Result<Self, FolderError> {
        std::fs::create_dir_all(path).map_err(io("create", path))?;
        Self::open_as(path, master, options, SledLog::open_or_create)
    }

    /// Opens a folder that holds an installation.
    pub fn open(
        path: &Path,
        master: &MasterKey,
        options: FolderOptions,
    ) -> Result<Self, FolderError> {
        if !Self::log_path(path).join("MANIFEST").is_file() {
            return Err(FolderError::Missing(path.to_owned()));
        }
        Self::open_as(path, master, options, SledLog::open)
    }

    /// Keeps everybody else from a folder that holds an installation, without opening it, for as
    /// long as the answer lives.
    pub fn hold(path: &Path) -> Result<File, FolderError> {
        if !Self::log_path(path).join("MANIFEST").is_file() {
            return Err(FolderError::Missing(path.to_owned()));
        }
        lock(path)
    }

    fn open_as(
        path: &Path,
        master: &MasterKey,
        options: FolderOptions,
        open_log: fn(&Path, Options) -> Result<SledLog, LogError>,
    ) -> Result<Self, FolderError> {
        let lock = lock(path)?;
        let of_log = |source| match source {
            LogError::InUse { path } => FolderError::InUse(path),
            source => FolderError::Log { path: path.to_owned(), source },
        };
        let of_vault = |source| FolderError::Vault { path: path.to_owned(), source };
        // HEAD says which vault the log needs; the vault is judged before the log is touched.
        let head = head_of(&Self::log_path(path)).map_err(of_log)?;
        let needed = head.map_or(0, |head| head.vault_generation);
        let place = Self::vault_path(path);
        let at = Location { path: &place, mirror: options.vault_mirror.as_deref() };
        let vault = Vault::open_at(&at, master, needed).map_err(of_vault)?;
        let clock = Arc::clone(&options.clock);
        let settings = Options { clock: Arc::clone(&clock), ..options.log };
        let log = Arc::new(open_log(&Self::log_path(path), settings).map_err(of_log)?);
        if let Some(seen) = Instance::last_seen(path)
            && log.head() < seen
        {
            return Err(FolderError::OlderLog { path: path.to_owned(), found: log.head(), seen });
        }
        let blobs = Arc::new(BlobStore::open(&Self::blobs_path(path)).map_err(of_log)?);
        let reader: Arc<dyn EventLog> = Arc::<SledLog>::clone(&log);
        let engine = Engine::new(reader, vault, blobs, clock, options.entropy);
        let engine = engine.with_plans(options.plans);
        Ok(Self { path: path.to_owned(), engine, log, _lock: lock })
    }

    /// The engine over this folder.
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The log, with what only a log on disk can tell.
    pub const fn log(&self) -> &Arc<SledLog> {
        &self.log
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets the marker of the instance remember how far the log has come, if there is a marker.
    /// Called now and then; a marker that lags behind is as good.
    pub fn remember_head(&self) -> Result<(), InstanceError> {
        if Instance::marker(&self.path).exists() {
            Instance::remember(&self.path, self.log.head())?;
        }
        Ok(())
    }
}

impl Drop for DataFolder {
    fn drop(&mut self) {
        if let Err(error) = self.remember_head() {
            tracing::warn!(%error, "the marker of the instance was not brought up to date");
        }
    }
}

fn lock(data: &Path) -> Result<File, FolderError> {
    let path = data.join("LOCK");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(FolderError::InUse(data.to_owned())),
        Err(TryLockError::Error(source)) => Err(io("lock", &path)(source)),
    }
}

fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> FolderError {
    let path = path.to_owned();
    move |source| FolderError::Io { action, path, source }
}
