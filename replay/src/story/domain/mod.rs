//! The engine in this process as the host of a story: real vault, real read models, a clock that
//! stands still, counted randomness. The log is in memory, or a whole data folder.

mod agents;
mod answering;
mod appointments;
mod broadcasts;
mod commands;
mod imports;
mod leads;
mod media;
mod operators;
mod preferences;
mod sending;
mod templates;
mod views;
mod webhooks;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use convolog_domain::{WorkspaceId, installation::Installation};
use convolog_engine::{
    CountedEntropy, DataFolder, Engine, EngineError, FolderOptions, Inbound, InboundError,
    Received, Recorded,
};
use convolog_log::{
    BlobStore, Filter, LogId, ManualClock, MemoryLog, Options, Position, Timestamp,
};
use convolog_projections::{Options as ModelOptions, ReadModels, view::Viewer};
use convolog_vault::{MasterKey, Vault};
use serde_json::{Value, json};
use uuid::Uuid;

use super::host::{Asked, Host, HostError, HostEvent, Moment, Outcome, View};
use crate::reading::each;
use crate::verify::{self, VerifyError};

/// The log of every story on disk.
const LOG: LogId = LogId(Uuid::from_u128(0x5707_0000_0000_4000_8000_0000_0000_0001));

/// How long the read models may take to follow.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the log of a story is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Backend {
    /// In memory.
    #[default]
    Memory,
    /// In a data folder of its own, removed afterwards.
    Disk,
}

/// The engine in this process.
pub struct DomainHost {
    engine: Engine,
    inbound: Inbound,
    clock: Arc<ManualClock>,
    viewer: Viewer,
    folder: Option<DataFolder>,
    // Dropped last: everything above lies in it.
    dir: Option<tempfile::TempDir>,
}

impl std::fmt::Debug for DomainHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DomainHost")
            .field("engine", &self.engine)
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

fn failed(error: impl std::error::Error) -> HostError {
    HostError::failed(&error)
}

impl DomainHost {
    /// The master key of every story's vault.
    pub const MASTER_KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

    /// An empty installation whose clock shows `at`.
    pub fn new(backend: Backend, at: jiff::Timestamp) -> Result<Self, HostError> {
        let dir = tempfile::tempdir().map_err(failed)?;
        let mut host = Self::in_folder(dir.path(), backend, at)?;
        host.dir = Some(dir);
        Ok(host)
    }

    /// An installation in a data folder of the caller's, which stays: for golden logs.
    pub fn in_folder(
        data: &Path,
        backend: Backend,
        at: jiff::Timestamp,
    ) -> Result<Self, HostError> {
        let clock = Arc::new(ManualClock::new(Timestamp(at.as_microsecond())));
        let master = MasterKey::parse(Self::MASTER_KEY).map_err(failed)?;
        let entropy = Arc::new(CountedEntropy::default());
        let (engine, folder) = match backend {
            Backend::Memory => {
                let log = Arc::new(MemoryLog::new(Arc::<ManualClock>::clone(&clock)));
                let path = DataFolder::vault_path(data);
                if let Some(parent) = path.parent() {
                    std::fs::create_dir_all(parent).map_err(failed)?;
                }
                let vault = Vault::open(&path, &master, 0).map_err(failed)?;
                let blobs = BlobStore::open(&DataFolder::blobs_path(data)).map_err(failed)?;
                let its = Arc::<ManualClock>::clone(&clock);
                (Engine::new(log, vault, Arc::new(blobs), its, entropy), None)
            }
            Backend::Disk => {
                let log = Options {
                    ballast_bytes: 0,
                    free_floor_bytes: 0,
                    log_id: Some(LOG),
                    ..Options::default()
                };
                let options = FolderOptions {
                    log,
                    clock: Arc::<ManualClock>::clone(&clock),
                    entropy,
                    ..FolderOptions::default()
                };
                let folder = DataFolder::open_or_create(data, &master, options).map_err(failed)?;
                (folder.engine().clone(), Some(folder))
            }
        };
        let options = ModelOptions { cache_bytes: 1 << 20, ..ModelOptions::default() };
        let path = DataFolder::models_path(data);
        let its = Arc::<ManualClock>::clone(&clock);
        let models =
            ReadModels::open(&path, Arc::clone(engine.log()), its, options).map_err(failed)?;
        let viewer = Viewer::new(models, Arc::new(engine.clone()));
        let inbound = Inbound::new(engine.clone());
        Ok(Self { engine, inbound, clock, viewer, folder, dir: None })
    }

    /// The engine of a server that runs in this process, asked behind its back. The clock must be
    /// that of its log.
    pub fn beside(engine: Engine, viewer: Viewer, clock: Arc<ManualClock>) -> Self {
        let inbound = Inbound::new(engine.clone());
        Self { engine, inbound, clock, viewer, folder: None, dir: None }
    }

    /// The token of a key that a story made through the engine.
    pub fn token_of_key(id: Uuid) -> String {
        format!("cl_story_{}", id.simple())
    }

    /// The engine, for those who want more than a story can ask.
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The data folder, if the log is on disk.
    pub const fn folder(&self) -> Option<&DataFolder> {
        self.folder.as_ref()
    }

    /// The read models that serve.
    pub const fn models(&self) -> &ReadModels {
        self.viewer.models()
    }

    /// The workspaces, in the order of their ids.
    pub fn workspaces(&self) -> Result<Vec<Uuid>, HostError> {
        let directory = self.engine.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil());
        Ok(directory.map_err(failed)?.state.workspaces.iter().map(|id| id.0).collect())
    }

    async fn caught_up(&self) -> Result<(), HostError> {
        let head = self.engine.log().head();
        self.viewer.models().at_least(head, PATIENCE).await.map_err(failed)
    }
}

impl Host for DomainHost {
    async fn command(&mut self, asked: &Asked) -> Result<Outcome, HostError> {
        match self.carry_out(asked).await {
            Ok(outcome) => Ok(outcome),
            Err(Stopped::Host(error)) => Err(error),
            Err(Stopped::Engine(error)) => refusal(&error),
        }
    }

    async fn post(
        &mut self,
        body: Vec<u8>,
        signature: Option<String>,
    ) -> Result<Outcome, HostError> {
        match self.inbound.receive(Bytes::from(body), signature.as_deref()).await {
            Ok(received) => Ok(outcome_of(received)),
            Err(InboundError::Unsigned) => Ok(refused(401, "invalid_signature", None)),
            Err(InboundError::TooLarge) => Ok(refused(413, "body_too_large", None)),
            Err(InboundError::Engine(error)) => refusal(&error),
        }
    }

    fn set_clock(&mut self, at: i64) -> Result<(), HostError> {
        self.clock.set(Timestamp(at));
        Ok(())
    }

    async fn view(
        &mut self,
        workspace: Uuid,
        view: View,
        as_of: Option<Moment>,
    ) -> Result<Vec<Value>, HostError> {
        self.caught_up().await?;
        let reader = match as_of {
            None => self.viewer.now(),
            Some(moment) => {
                let cut = match moment {
                    Moment::Position(position) => Position(position),
                    Moment::Time(at) => {
                        self.engine.log().position_at(Timestamp(at)).map_err(failed)?
                    }
                };
                self.viewer.as_of(cut, PATIENCE).await.map_err(failed)?
            }
        };
        views::view(&self.engine, &reader, workspace, view)
    }

    async fn events(
        &mut self,
        workspace: Option<Uuid>,
        after: u64,
    ) -> Result<Vec<HostEvent>, HostError> {
        let filter = Filter { workspace, ..Filter::default() };
        let log = &**self.engine.log();
        let mut events = Vec::new();
        each::<VerifyError>(log, (Position(after), log.head()), &filter, |record| {
            let event = Recorded::read(record)?;
            events.push(HostEvent {
                position: event.position.0,
                kind: event.stream.kind.name().to_owned(),
                name: event.event.event_type().name.to_owned(),
                data: event.event.json(),
            });
            Ok(())
        })
        .map_err(failed)?;
        Ok(events)
    }

    async fn position(&mut self) -> Result<u64, HostError> {
        Ok(self.engine.log().head().0)
    }

    async fn judge(&mut self) -> Result<Vec<String>, HostError> {
        self.caught_up().await?;
        let mut problems = verify::judge_log(&self.engine).map_err(failed)?;
        problems.extend(verify::judge_models(self.viewer.models()).map_err(failed)?);
        problems.extend(verify::judge_transcripts(&self.viewer, &self.engine).map_err(failed)?);
        if let Some(folder) = &self.folder {
            let report = folder.log().verify(&mut |_, _| {});
            problems.extend(report.problem.map(|problem| format!("the log: {problem}")));
        }
        Ok(problems)
    }
}

/// Why a command ended early.
enum Stopped {
    Engine(EngineError),
    Host(HostError),
}

impl<E: Into<EngineError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Engine(error.into())
    }
}

fn outcome_of(received: Received) -> Outcome {
    let Received { position: _, accepted, repeated, refused, quarantined } = received;
    let counts = json!({
        "accepted": accepted, "repeated": repeated, "refused": refused, "quarantined": quarantined,
    });
    Outcome { received: Some(counts), ..Outcome::ok(200, Value::Null) }
}

/// A refusal as an outcome, with the status that the API gives it; anything else is a failure.
fn refusal(error: &EngineError) -> Result<Outcome, HostError> {
    match error {
        EngineError::Refused(refusal) => {
            let code = refusal.code.as_str();
            let status = match code {
                "not_found" => 404,
                "window_closed" | "opted_out" => 403,
                "invalid_field" => 400,
                "erased" => 410,
                _ => 409,
            };
            Ok(refused(status, code, refusal.field))
        }
        EngineError::KeyReused => {
            Ok(refused(422, "idempotency_key_reused", Some("Idempotency-Key")))
        }
        other => Err(HostError::failed(other)),
    }
}

fn refused(status: u16, code: &str, field: Option<&str>) -> Outcome {
    Outcome {
        status,
        body: json!({ "code": code, "field": field }),
        refused: Some(code.to_owned()),
        field: field.map(str::to_owned),
        received: None,
    }
}
