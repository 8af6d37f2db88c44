//! The engine: one handle to log, vault and blobs, and the way to load what a decision needs.

use std::sync::{Arc, OnceLock};

use convolog_domain::workspace::Plans;
use convolog_domain::{Actor, Aggregate, Ctx, Event, Refusal, WorkspaceId};
use convolog_log::{BlobStore, Clock, EventLog, Mode};
use convolog_vault::Vault;
use uuid::Uuid;

use crate::allowance::Bounds;
use crate::entropy::Entropy;
use crate::error::EngineError;
use crate::monthly::Monthly;
use crate::recorded::{Recorded, Stream};
use crate::states::States;

/// How many events are folded at a time.
const LOAD_BATCH: usize = 1_000;

/// Runs commands. Cheap to clone.
#[derive(Clone)]
pub struct Engine(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) blobs: Arc<BlobStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) states: States,
    /// Held while a person is erased and while a legal hold is placed, so that no hold is answered
    /// for somebody whose keys are being destroyed.
    pub(crate) erasing: tokio::sync::Mutex<()>,
    /// What plans allow; set once.
    pub(crate) plans: OnceLock<Plans>,
    pub(crate) bounds: Bounds,
    pub(crate) monthly: Monthly,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("log", &self.0.log.id()).finish_non_exhaustive()
    }
}

/// On whose behalf something is done.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// In which workspace.
    pub workspace: WorkspaceId,
    /// For real or in the sandbox.
    pub mode: Mode,
    /// The request it belongs to; stands on every event as its correlation.
    pub request: Option<Uuid>,
}

impl Caller {
    /// Convolog itself, in a workspace.
    pub const fn system(workspace: WorkspaceId) -> Self {
        Self { actor: Actor::SYSTEM, workspace, mode: Mode::Live, request: None }
    }

    /// What acts because of events, in a workspace.
    pub const fn reactor(workspace: WorkspaceId) -> Self {
        Self { actor: Actor::REACTOR, workspace, mode: Mode::Live, request: None }
    }

    /// The administrator, in a workspace.
    pub const fn administrator(workspace: WorkspaceId) -> Self {
        Self { actor: Actor::ADMINISTRATOR, workspace, mode: Mode::Live, request: None }
    }

    /// Refuses a key of the sandbox what would reach people.
    ///
    /// # Errors
    /// A [`Refusal`] of the code `sandbox_key` that says what it would be.
    pub fn reaching(&self, because: &str) -> Result<(), Refusal> {
        match self.mode {
            Mode::Live => Ok(()),
            Mode::Test => Err(Refusal::sandbox(because)),
        }
    }

    /// The same caller in another workspace.
    #[must_use]
    pub const fn in_workspace(mut self, workspace: WorkspaceId) -> Self {
        self.workspace = workspace;
        self
    }
}

/// An aggregate as its stream stands.
pub struct Loaded<A: Aggregate> {
    /// What its history amounts to.
    pub state: Arc<A::State>,
    /// The version of the stream; 0 = it does not exist.
    pub version: u64,
}

impl<A: Aggregate> Clone for Loaded<A> {
    fn clone(&self) -> Self {
        Self { state: Arc::clone(&self.state), version: self.version }
    }
}

impl Engine {
    /// An engine over its parts.
    pub fn new(
        log: Arc<dyn EventLog>,
        vault: Arc<Vault>,
        blobs: Arc<BlobStore>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self(Arc::new(Inner {
            log,
            vault,
            blobs,
            clock,
            entropy,
            states: States::new(),
            erasing: tokio::sync::Mutex::new(()),
            plans: OnceLock::new(),
            bounds: Bounds::default(),
            monthly: Monthly::default(),
        }))
    }

    /// With plans that allow something else than what is built in. Only what is done afterwards heeds
    /// them; a second call changes nothing.
    #[must_use]
    pub fn with_plans(self, plans: Plans) -> Self {
        drop(self.0.plans.set(plans));
        self
    }

    /// The log.
    pub fn log(&self) -> &Arc<dyn EventLog> {
        &self.0.log
    }

    /// The vault.
    pub fn vault(&self) -> &Arc<Vault> {
        &self.0.vault
    }

    /// The blobs.
    pub fn blobs(&self) -> &Arc<BlobStore> {
        &self.0.blobs
    }

    /// The clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// Remembers what a stream amounts to, folded elsewhere with the aggregate's own fold, so that the
    /// next [`Engine::load`] only folds what came after. A state that is known to be newer stays.
    pub fn remember<A: Aggregate>(
        &self,
        workspace: WorkspaceId,
        id: Uuid,
        version: u64,
        state: A::State,
    ) {
        let key = Stream::new(workspace, A::KIND, id).key();
        if self.0.states.get::<A::State>(&key).is_none_or(|(known, _)| known < version) {
            self.0.states.put(key, version, Arc::new(state));
        }
    }

    /// The time and randomness of one decision.
    pub fn ctx(&self) -> Ctx {
        Ctx::new(self.0.clock.now().0, self.0.entropy.seed())
    }

    /// An aggregate, from the cache and what was synced since.
    pub fn load<A: Aggregate>(
        &self,
        workspace: WorkspaceId,
        id: Uuid,
    ) -> Result<Loaded<A>, EngineError> {
        let key = Stream::new(workspace, A::KIND, id).key();
        let (mut version, mut state) = self
            .0
            .states
            .get::<A::State>(&key)
            .unwrap_or_else(|| (0, Arc::new(A::State::default())));
        let start = version;
        while self.0.log.stream_version(&key)? > version {
            let records = self.0.log.read_stream(&key, version, LOAD_BATCH)?;
            let Some(last) = records.last() else { break };
            let reached = last.header.version;
            let folded = Arc::make_mut(&mut state);
            for record in &records {
                evolve::<A>(folded, Recorded::read(record)?.event);
            }
            version = reached;
        }
        if version > start {
            self.0.states.put(key, version, Arc::clone(&state));
        }
        Ok(Loaded { state, version })
    }
}

/// Folds one event, if it belongs to this aggregate.
pub(crate) fn evolve<A: Aggregate>(state: &mut A::State, event: Event) {
    if let Ok(event) = A::Event::try_from(event) {
        A::evolve(state, &event);
    }
}
