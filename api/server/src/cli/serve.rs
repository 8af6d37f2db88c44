//! `convolog serve`: the server on a data folder, until a signal or a failed write ends it.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use convolog_engine::FolderOptions;
use convolog_projections::RebuildStatus;
use convolog_server::{App, Config, Handle, Poisoned, Server, StartError};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::logging::{self, LogFormat};
use super::outcome::{Ended, Failure, Outcome};
use super::{master_key, out};

/// How often a rebuild is spoken of.
const SPEAK: Duration = Duration::from_secs(5);

/// Bytes of events in a volume, unless set.
const VOLUME_BYTES: u64 = 256 << 20;

/// Everything that can be set.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    config: Config,

    #[command(flatten)]
    storage: Storage,

    /// How log lines look
    #[arg(long, value_enum, default_value_t, env = "CONVOLOG_LOG_FORMAT")]
    log_format: LogFormat,

    /// What is logged: a level (error, warn, info, debug, trace), or levels by part, such as
    /// `warn,convolog::access=info`
    #[arg(long, env = logging::VARIABLE, value_name = "FILTER", default_value = "info,lsm_tree=warn")]
    log: String,
}

/// How the data folder is kept.
#[derive(Debug, Args)]
pub(crate) struct Storage {
    /// A second place for the vault, best on another disk: every new key is there before it is
    /// used
    #[arg(long, env = "CONVOLOG_VAULT_MIRROR", value_name = "FILE")]
    vault_mirror: Option<PathBuf>,

    /// Bytes of events after which a volume of the log closes into a plain file
    #[arg(long, env = "CONVOLOG_VOLUME_BYTES", value_name = "BYTES", default_value_t = VOLUME_BYTES)]
    volume_bytes: u64,
}

impl Storage {
    /// As if nothing was set.
    pub(crate) const fn with_defaults() -> Self {
        Self { vault_mirror: None, volume_bytes: VOLUME_BYTES }
    }
}

impl Serve {
    /// How log lines look.
    pub(crate) const fn log_format(&self) -> LogFormat {
        self.log_format
    }

    /// What is logged.
    pub(crate) fn log_filter(&self) -> &str {
        &self.log
    }

    /// Serves until told to stop.
    pub(crate) async fn run(self) -> Ended {
        let signals = Signals::listen()?;
        let handle = start(self.config, &self.storage).await?;
        out::print(format!("listening on http://{}", handle.address()))?;
        until_stopped(handle, signals, |text| tracing::info!("{text}")).await
    }
}

/// Opens the folder and listens; what refuses says what to do.
pub(crate) async fn start(config: Config, storage: &Storage) -> Result<Handle, Failure> {
    let address = config.listen;
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Failure::found(format!("could not listen on {address}: {error}"))
            .hint("stop what listens there, or choose another address with --listen")
    })?;
    let mut options =
        FolderOptions { vault_mirror: storage.vault_mirror.clone(), ..FolderOptions::default() };
    options.log.volume_bytes = storage.volume_bytes;
    Server::start_on(config, listener, options).await.map_err(|error| match error {
        StartError::NoMasterKey => Failure::usage(error.to_string()).hint(format!(
            "make one with `openssl rand -hex 32`, keep it apart from the data folder, and set {}",
            master_key::VARIABLE
        )),
        error @ StartError::TwoMasterKeys { .. } => Failure::usage(error.to_string()),
        error => Failure::from(error),
    })
}

/// The signals that ask a server to stop. Listened to before it says that it listens, so that none
/// that comes early ends the process the hard way.
pub(crate) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From now on they are heard.
    pub(crate) fn listen() -> std::io::Result<Self> {
        let terminate = signal(SignalKind::terminate())?;
        Ok(Self { terminate, interrupt: signal(SignalKind::interrupt())? })
    }
}

impl Signals {
    /// Waits for one of them.
    pub(crate) async fn any(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Serves until a signal, or until the log takes no more writes.
pub(crate) async fn until_stopped(
    handle: Handle,
    signals: Signals,
    say: impl Fn(&'static str),
) -> Ended {
    let Signals { mut terminate, mut interrupt } = signals;
    let speaking = tokio::spawn(speak_of_rebuilds(handle.app().clone()));
    let stop = handle.stop_token();
    tokio::select! {
        _ = terminate.recv() => say(STOPPING),
        _ = interrupt.recv() => say(STOPPING),
        // It says why itself.
        () = stop.cancelled() => {}
    }
    speaking.abort();
    let stopped = tokio::select! {
        stopped = handle.stop() => stopped,
        _ = terminate.recv() => return Err(Failure::found("stopped at once")),
        _ = interrupt.recv() => return Err(Failure::found("stopped at once")),
    };
    match stopped {
        Ok(()) => Ok(Outcome::Fine),
        Err(Poisoned(reason)) => {
            let what = format!("the log stopped taking writes: {reason}");
            let hint = "what was acknowledged is safe; check the disk and start again";
            Err(Failure::restart(what).hint(hint))
        }
    }
}

/// What is said when a signal asks a server to stop.
const STOPPING: &str = "stopping: requests that run get their time; a second signal ends at once";

/// Writes to the log how far rebuilds got: after an upgrade they run by themselves.
async fn speak_of_rebuilds(app: App) {
    let mut watch = tokio::time::interval(SPEAK);
    let mut building: HashSet<&'static str> = HashSet::new();
    loop {
        watch.tick().await;
        for model in app.model_states() {
            let (name, outdated) = (model.name, model.outdated);
            if let Some(RebuildStatus { position, head, seconds_left, .. }) = model.rebuild {
                building.insert(name);
                tracing::info!(
                    model = name,
                    position,
                    head,
                    seconds_left,
                    outdated,
                    "rebuilding a read model"
                );
            } else if building.remove(name) {
                tracing::info!(model = name, generation = model.generation, "the rebuild is done");
            }
        }
    }
}
