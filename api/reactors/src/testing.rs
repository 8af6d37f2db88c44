//! An engine with read models in a folder of its own, for tests, on a log that fails where they say so.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use convolog_domain::number::OwnershipProof;
use convolog_domain::workspace::CreateWorkspace;
use convolog_domain::{AppId, ChannelId, Decision, StreamKind, WorkspaceId};
use convolog_engine::{
    Answer, AppChoice, AppSecrets, Caller, ChannelSpec, DataFolder, Engine, FolderOptions,
    Instance, Plan, Step, Stream, SystemEntropy,
};
use convolog_log::{
    Ack, AppendError, ClaimHash, Commit, EventLog, Filter, HeadWatch, Holder, LogError, LogId,
    ManualClock, Mode, Position, Record, StreamKey, Timestamp,
};
use convolog_projections::{Options, ReadModels};
use convolog_search::Search;
use convolog_vault::MasterKey;
use secrecy::SecretString;
use tempfile::TempDir;
use uuid::Uuid;

use crate::acting::Acting;
use crate::outgoing::OutgoingGuard;

/// Whose it all is.
pub(crate) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));
/// The number, once it is connected.
pub(crate) const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(2));

/// Goes away when it is dropped.
pub(crate) struct Fixture {
    acting: Acting,
    faults: Arc<Faults>,
    pub(crate) clock: Arc<ManualClock>,
    _folder: DataFolder,
    _dir: TempDir,
}

/// What of the log fails.
#[derive(Default)]
pub(crate) struct Faults {
    /// No stream can be read.
    pub(crate) streams: AtomicBool,
    /// The event at this position cannot be read; 0 is none.
    pub(crate) event: AtomicU64,
    /// There is no room beside the log.
    pub(crate) full: AtomicBool,
    /// Nothing is appended any more.
    pub(crate) refuses: AtomicBool,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(1_795_251_600_000_000)));
        let mut options = FolderOptions { clock: clock.clone(), ..FolderOptions::default() };
        (options.log.ballast_bytes, options.log.free_floor_bytes) = (0, 0);
        let master = MasterKey::parse(&"5e".repeat(32)).unwrap();
        let folder = DataFolder::open_or_create(dir.path(), &master, options).unwrap();
        let (faults, whole) = (Arc::<Faults>::default(), folder.engine());
        let log: Arc<dyn EventLog> =
            Arc::new(Faulty { log: Arc::clone(whole.log()), faults: Arc::clone(&faults) });
        let engine = Engine::new(
            Arc::clone(&log),
            Arc::clone(whole.vault()),
            Arc::clone(whole.blobs()),
            clock.clone(),
            Arc::new(SystemEntropy),
        );
        let (models, disclose) = (DataFolder::models_path(dir.path()), Arc::new(engine.clone()));
        let search = convolog_search::path(&models);
        let search = Search::open(
            &search,
            log.clone(),
            disclose,
            clock.clone(),
            convolog_search::Options::default(),
        );
        let models = ReadModels::open(&models, log, clock.clone(), Options::default()).unwrap();
        let guard = OutgoingGuard::new(&[]);
        let acting = Acting::new(engine, models, search.unwrap(), guard, Self::instance());
        Self { acting, faults, clock, _folder: folder, _dir: dir }
    }

    pub(crate) fn instance() -> Instance {
        Instance::named("this one")
    }

    pub(crate) fn acting(&self) -> Acting {
        self.acting.clone()
    }

    pub(crate) fn engine(&self) -> &Engine {
        self.acting.engine()
    }

    /// What fails from now on.
    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// With a workspace and a number that sends, on the armed instance.
    pub(crate) async fn connected() -> Self {
        let fixture = Self::new();
        let (engine, caller) = (fixture.engine(), Caller::administrator(WORKSPACE));
        engine
            .arm(&Caller::administrator(WorkspaceId::INSTALLATION), &Self::instance())
            .await
            .unwrap();
        let create = CreateWorkspace { name: "A clinic".to_owned(), plan: "pro".to_owned() };
        let nothing = |_: &[convolog_domain::Event]| Answer::none();
        engine.create_workspace(&caller, WORKSPACE, create, None, nothing).await.unwrap();
        let secrets = AppSecrets {
            secret: SecretString::from("the secret of the app"),
            verify_token: SecretString::from("the token to verify"),
            graph_version: "v25.0".to_owned(),
        };
        let app = AppId(Uuid::from_u128(3));
        engine.register_app(&caller, app, "An app", &secrets, None, nothing).await.unwrap();
        let spec = ChannelSpec {
            platform: "whatsapp".to_owned(),
            name: "Front desk".to_owned(),
            app: AppChoice::Registered(app),
            phone_number_id: "106540352242922".to_owned(),
            waba_id: "102290129340398".to_owned(),
            display_phone_number: "+1 555 078 3881".into(),
            access_token: Some(SecretString::from("the access token")),
            graph_url: "https://graph.example.com".to_owned(),
            plain_http_allowed: false,
            proof: OwnershipProof::Waived,
        };
        engine.connect_channel(&caller, CHANNEL, &spec, None, nothing).await.unwrap();
        fixture
    }

    /// Something happens.
    pub(crate) async fn tell(&self, kind: StreamKind, id: Uuid, decision: Decision) -> Position {
        self.tell_in(Mode::Live, kind, id, decision).await
    }

    /// Something happens for real, or in the sandbox.
    pub(crate) async fn tell_in(
        &self,
        mode: Mode,
        kind: StreamKind,
        id: Uuid,
        decision: Decision,
    ) -> Position {
        let steps = vec![Step { stream: Stream::new(WORKSPACE, kind, id), decision }];
        let caller = Caller { mode, ..Caller::system(WORKSPACE) };
        let plan = Plan { steps, ..Plan::default() };
        self.engine().commit(&caller, &plan).await.unwrap().position
    }
}

/// A log that fails where a test says so.
struct Faulty {
    log: Arc<dyn EventLog>,
    faults: Arc<Faults>,
}

fn broken() -> LogError {
    let (action, path) = ("read", PathBuf::from("the disk"));
    LogError::Io { action, path, source: io::Error::other("it is broken") }
}

const FULL: AppendError = AppendError::NoSpace { free: 0, floor: 1 };

impl EventLog for Faulty {
    fn id(&self) -> LogId {
        self.log.id()
    }
    fn append(&self, commit: Commit) -> Ack {
        if !self.faults.refuses.load(Ordering::SeqCst) {
            return self.log.append(commit);
        }
        let (answer, ack) = Ack::channel();
        answer.send(Err(FULL)).ok();
        ack
    }
    fn room_for(&self, bytes: usize) -> Result<(), AppendError> {
        if self.faults.full.load(Ordering::SeqCst) { Err(FULL) } else { self.log.room_for(bytes) }
    }
    fn head(&self) -> Position {
        self.log.head()
    }
    fn watch(&self) -> HeadWatch {
        self.log.watch()
    }
    fn read(
        &self,
        after: Position,
        limit: usize,
        filter: &Filter,
    ) -> Result<(Vec<Record>, Position), LogError> {
        self.log.read(after, limit, filter)
    }
    fn get(&self, position: Position) -> Result<Option<Record>, LogError> {
        if self.faults.event.load(Ordering::SeqCst) == position.0 {
            return Err(broken());
        }
        self.log.get(position)
    }
    fn read_stream(
        &self,
        stream: &StreamKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Record>, LogError> {
        if self.faults.streams.load(Ordering::SeqCst) {
            return Err(broken());
        }
        self.log.read_stream(stream, after, limit)
    }
    fn stream_version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        self.log.stream_version(stream)
    }
    fn holder(&self, claim: &ClaimHash) -> Result<Option<Holder>, LogError> {
        self.log.holder(claim)
    }
    fn position_at(&self, time: Timestamp) -> Result<Position, LogError> {
        self.log.position_at(time)
    }
    fn root(&self) -> (u64, [u8; 32]) {
        self.log.root()
    }
    fn root_at(&self, position: Position) -> Result<Option<[u8; 32]>, LogError> {
        self.log.root_at(position)
    }
}
