//! What every request shares: the engine, the read models, the configuration. Cheap to clone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use convolog_engine::{DataFolder, Disclose, Engine, Inbound, Instance, InstanceError};
use convolog_projections::view::Viewer;
use convolog_projections::{ModelStatus, ReadModels};
use convolog_reactors::OutgoingGuard;
use convolog_search::Search;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::api::Api;
use crate::config::Config;
use crate::rates::Rates;

/// Reads carried out at a time, for each core: more only take turns, each with memory of its own.
const READS_PER_CORE: usize = 4;

/// Large files taken in at a time: each is in memory until it is sealed.
const UPLOADS: usize = 4;

/// A running server, as its handlers see it.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    folder: DataFolder,
    models: ReadModels,
    viewer: Viewer,
    search: Search,
    inbound: Inbound,
    api: Arc<Api>,
    outgoing: OutgoingGuard,
    rates: Rates,
    reading: Arc<Semaphore>,
    uploading: Arc<Semaphore>,
    stopping: CancellationToken,
    caught_up: AtomicBool,
    in_flight: Gauge,
    streams: Gauge,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("engine", self.engine()).finish_non_exhaustive()
    }
}

impl App {
    /// Puts the parts together.
    pub(crate) fn new(
        config: Config,
        folder: DataFolder,
        models: ReadModels,
        search: Search,
    ) -> Self {
        let engine = folder.engine().clone();
        let disclose: Arc<dyn Disclose> = Arc::new(engine.clone());
        Self(Arc::new(Inner {
            viewer: Viewer::new(models.clone(), disclose),
            inbound: Inbound::new(engine),
            outgoing: OutgoingGuard::new(&config.allow_private_urls),
            rates: Rates::new(config.rates.clone(), config.trusted_proxies.clone(), config.usage),
            api: Api::native(),
            reading: Arc::new(Semaphore::new(cores() * READS_PER_CORE)),
            uploading: Arc::new(Semaphore::new(UPLOADS)),
            stopping: CancellationToken::new(),
            caught_up: AtomicBool::new(false),
            in_flight: Gauge::default(),
            streams: Gauge::default(),
            config,
            folder,
            models,
            search,
        }))
    }

    /// How it was configured.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.0.folder.engine()
    }

    /// The data folder.
    pub fn folder(&self) -> &DataFolder {
        &self.0.folder
    }

    /// Which instance this is: the one that is named, or the one that the machine tells.
    ///
    /// # Errors
    /// If the marker of the data folder can be neither made nor read.
    pub fn instance(&self) -> Result<Instance, InstanceError> {
        match &self.0.config.instance {
            Some(name) => Ok(Instance::named(name)),
            None => Instance::of_folder(&self.0.config.data),
        }
    }

    /// Why nothing can be written any more, if a write of the log or the vault failed.
    pub fn poisoned(&self) -> Option<String> {
        self.folder().log().poisoned().or_else(|| self.engine().vault().poisoned())
    }

    /// The read models.
    pub fn models(&self) -> &ReadModels {
        &self.0.models
    }

    /// Conversations, messages and contacts as people read them.
    pub fn viewer(&self) -> &Viewer {
        &self.0.viewer
    }

    /// Full-text search.
    pub fn search(&self) -> &Search {
        &self.0.search
    }

    /// How every read model is doing, the search index among them.
    pub fn model_states(&self) -> Vec<ModelStatus> {
        let mut states = self.models().status();
        states.push(self.search().status());
        states
    }

    /// The way in for posts of the platform.
    pub fn inbound(&self) -> &Inbound {
        &self.0.inbound
    }

    /// Every endpoint, and the documentation made from them.
    pub fn api(&self) -> &Api {
        &self.0.api
    }

    /// Says which addresses may be called.
    pub(crate) fn outgoing(&self) -> &OutgoingGuard {
        &self.0.outgoing
    }

    /// Who may call how often.
    pub(crate) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// Records what keys called in the minutes that are over. The server does so by itself, every
    /// few seconds.
    pub async fn record_usage(&self) {
        crate::usage::record(self, false).await;
    }

    /// A turn for a read; whoever came first is first.
    pub(crate) fn reading(&self) -> &Arc<Semaphore> {
        &self.0.reading
    }

    /// A turn to bring a large body.
    pub(crate) fn uploading(&self) -> &Arc<Semaphore> {
        &self.0.uploading
    }

    /// Cancelled when the server is told to stop.
    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// Requests that are being answered.
    pub(crate) fn in_flight(&self) -> &Gauge {
        &self.0.in_flight
    }

    /// How many requests are being answered.
    pub fn requests_in_flight(&self) -> usize {
        self.0.in_flight.count()
    }

    /// Streams of events that are open.
    pub(crate) fn streams(&self) -> &Gauge {
        &self.0.streams
    }

    /// Whether the read models caught up with the log since the start.
    pub(crate) fn caught_up(&self) -> bool {
        self.0.caught_up.load(Ordering::Acquire)
    }

    /// The read models caught up.
    pub(crate) fn set_caught_up(&self) {
        self.0.caught_up.store(true, Ordering::Release);
    }
}

/// Counts what is going on at the moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gauge(Arc<AtomicUsize>);

/// Counted until it is dropped.
#[derive(Debug)]
pub(crate) struct Entered(Arc<AtomicUsize>);

impl Gauge {
    /// One more, until the result is dropped.
    pub(crate) fn enter(&self) -> Entered {
        self.0.fetch_add(1, Ordering::AcqRel);
        Entered(Arc::clone(&self.0))
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Acquire)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
