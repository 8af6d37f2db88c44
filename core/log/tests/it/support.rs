//! Logs to try things on, and events short enough to read in a test.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use convolog_log::{
    Actor, Body, ClaimAction, ClaimHash, Commit, Committed, Condition, Draft, EventLog, Hooks,
    LogError, LogId, ManualClock, MemoryLog, Mode, OnClash, Options, Origin, Position, Record,
    RecordedClaim, SledLog, Step, StreamKey, Timestamp,
};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const WORKSPACE: Uuid = Uuid::from_u128(0x57);

/// A log and the clock it stamps with.
pub(crate) struct Opened {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) clock: Arc<ManualClock>,
    _dir: Option<TempDir>,
}

impl Opened {
    pub(crate) fn memory() -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp(1_000)));
        let log = Arc::new(MemoryLog::new(clock.clone()));
        Self { log, clock, _dir: None }
    }

    pub(crate) fn sled() -> Self {
        Self::sled_with(|_| ())
    }

    pub(crate) fn sled_with(change: impl FnOnce(&mut Options)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (mut options, clock) = options();
        change(&mut options);
        let log = Arc::new(SledLog::open_or_create(dir.path(), options).unwrap());
        Self { log, clock, _dir: Some(dir) }
    }

    pub(crate) fn append(&self, commit: Commit) -> Committed {
        append(&*self.log, commit)
    }
}

/// Options for tests: a clock that stands still, small caches, no ballast.
pub(crate) fn options() -> (Options, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::new(Timestamp(1_000)));
    let options = Options {
        clock: clock.clone(),
        log_id: Some(LogId(Uuid::from_u128(0x106))),
        sled_cache_bytes: 4 << 20,
        block_cache_bytes: 1 << 20,
        free_floor_bytes: 0,
        ballast_bytes: 0,
        ..Options::default()
    };
    (options, clock)
}

/// Steps that fail, and what the disk is said to have free.
#[derive(Default)]
pub(crate) struct Faults {
    failing: Mutex<Option<(Step, u32)>>,
    free: Mutex<Option<u64>>,
    seen: Mutex<HashMap<Step, u32>>,
    /// Where the next sync of a volume reports and waits.
    gate: Mutex<Option<(Sender<()>, Receiver<()>)>>,
    /// Where to copy the folder from and to at the moment a step fails.
    crash: Mutex<Option<(PathBuf, PathBuf)>>,
}

impl Faults {
    /// Lets `step` pass `times` times, then fails it until [`Faults::heal`].
    pub(crate) fn fail_after(&self, step: Step, times: u32) {
        *self.failing.lock().unwrap() = Some((step, times));
    }
    /// Holds up the next sync of a volume: it reports, then waits until something is sent.
    pub(crate) fn hold_sync(&self) -> (Receiver<()>, Sender<()>) {
        let ((reach, reached), (open, gate)) = (channel(), channel());
        *self.gate.lock().unwrap() = Some((reach, gate));
        (reached, open)
    }
    pub(crate) fn heal(&self) {
        *self.failing.lock().unwrap() = None;
        *self.crash.lock().unwrap() = None;
    }
    pub(crate) fn set_free(&self, bytes: Option<u64>) {
        *self.free.lock().unwrap() = bytes;
    }
    pub(crate) fn count(&self, step: Step) -> u32 {
        self.seen.lock().unwrap().get(&step).copied().unwrap_or(0)
    }
}

impl Hooks for Faults {
    fn before(&self, step: Step) -> io::Result<()> {
        *self.seen.lock().unwrap().entry(step).or_default() += 1;
        let gate = (step == Step::SyncVolume).then(|| self.gate.lock().unwrap().take());
        if let Some((reach, gate)) = gate.flatten() {
            reach.send(()).unwrap();
            gate.recv().unwrap();
        }
        match &mut *self.failing.lock().unwrap() {
            Some((failing, 0)) if *failing == step => {
                if let Some((from, to)) = self.crash.lock().unwrap().take() {
                    copy_folder(&from, &to);
                }
                Err(io::Error::other("failed on purpose"))
            }
            Some((failing, left)) if *failing == step => {
                *left -= 1;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn free_bytes(&self, actual: u64) -> u64 {
        self.free.lock().unwrap().unwrap_or(actual)
    }
}

/// A folder, and options to open the log in it again and again.
pub(crate) struct Disk {
    pub(crate) dir: TempDir,
    pub(crate) options: Options,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) faults: Arc<Faults>,
}

impl Disk {
    pub(crate) fn new() -> Self {
        let (mut options, clock) = options();
        let faults = Arc::new(Faults::default());
        options.hooks = faults.clone();
        Self { dir: tempfile::tempdir().unwrap(), options, clock, faults }
    }
    pub(crate) fn try_open(&self) -> Result<SledLog, LogError> {
        SledLog::open_or_create(self.dir.path(), self.options.clone())
    }
    pub(crate) fn open(&self) -> SledLog {
        self.try_open().unwrap()
    }
    /// A disk that becomes what a kill right before `step` would leave.
    pub(crate) fn crash_at(&self, step: Step) -> Self {
        let crashed = Self::new();
        let paths = (self.dir.path().to_owned(), crashed.dir.path().to_owned());
        *self.faults.crash.lock().unwrap() = Some(paths);
        self.faults.fail_after(step, 0);
        crashed
    }
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
    /// A copy of the folder as it is now, to be opened on its own: what a crash would leave.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::new();
        copy_folder(self.dir.path(), copy.dir.path());
        copy
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(crate) fn append(log: &dyn EventLog, commit: Commit) -> Committed {
    log.append(commit).wait().expect("the commit goes in")
}

pub(crate) fn stream(id: u128) -> StreamKey {
    StreamKey { workspace: WORKSPACE, kind: 3, id: Uuid::from_u128(id) }
}

/// Bytes that do not compress.
pub(crate) fn noise(seed: u128, len: usize) -> Vec<u8> {
    let mut state = seed | 1;
    let mut next = || {
        state = state.wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645).wrapping_add(7);
        state.to_be_bytes()[0]
    };
    (0..len).map(|_| next()).collect()
}

/// Claims whose fingerprints are spread like those of real, keyed hashes.
pub(crate) fn claim(id: u64) -> ClaimHash {
    let mut hash = [0x11; 32];
    hash[..8].copy_from_slice(&id.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    hash[24..].copy_from_slice(&id.to_be_bytes());
    ClaimHash(hash)
}

/// An event in the making.
#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) body: Body,
    on_clash: OnClash,
}

/// An event of a stream.
pub(crate) fn event(id: u128) -> Event {
    let body = Body {
        event_id: Uuid::from_u128(id ^ 0xE0E0),
        stream: stream(id),
        type_code: 7,
        schema: 1,
        commit_id: Uuid::from_u128(2),
        actor: Actor::default(),
        causation: None,
        correlation: None,
        mode: Mode::Live,
        origin: Origin::Live,
        claims: Vec::new(),
        imported_from: None,
        blobs: Vec::new(),
        payload: Bytes::from_static(b"payload"),
        sealed: Vec::new(),
    };
    Event { body, on_clash: OnClash::Fail }
}

impl Event {
    pub(crate) fn kind(mut self, type_code: u16) -> Self {
        self.body.type_code = type_code;
        self
    }
    pub(crate) fn workspace(mut self, workspace: u128) -> Self {
        self.body.stream.workspace = Uuid::from_u128(workspace);
        self
    }
    pub(crate) fn payload(mut self, payload: impl Into<Bytes>) -> Self {
        self.body.payload = payload.into();
        self
    }
    pub(crate) fn holds(mut self, id: u64) -> Self {
        self.body.claims.push(RecordedClaim { action: ClaimAction::Hold, hash: claim(id) });
        self
    }
    pub(crate) fn holds_hash(mut self, hash: ClaimHash) -> Self {
        self.body.claims.push(RecordedClaim { action: ClaimAction::Hold, hash });
        self
    }
    pub(crate) fn with_body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }
    pub(crate) fn releases(mut self, id: u64) -> Self {
        self.body.claims.push(RecordedClaim { action: ClaimAction::Release, hash: claim(id) });
        self
    }
    pub(crate) fn or_drops(mut self) -> Self {
        self.on_clash = OnClash::Drop;
        self
    }
    pub(crate) fn draft(&self) -> Draft {
        Draft::new(&self.body, |_| self.on_clash).unwrap()
    }
}

pub(crate) fn commit(events: impl IntoIterator<Item = Event>) -> Commit {
    let drafts = events.into_iter().map(|event| event.draft()).collect();
    Commit { conditions: Vec::new(), drafts }
}

pub(crate) fn commit_if(
    conditions: impl IntoIterator<Item = Condition>,
    events: impl IntoIterator<Item = Event>,
) -> Commit {
    Commit { conditions: conditions.into_iter().collect(), ..commit(events) }
}

pub(crate) fn all(log: &dyn EventLog) -> Vec<Record> {
    let everything = convolog_log::Filter::default();
    let mut records = Vec::new();
    let mut after = Position::START;
    while after < log.head() {
        let (some, next) = log.read(after, 1_000, &everything).unwrap();
        assert!(next > after, "a reader that is not at the head moves on");
        records.extend(some);
        after = next;
    }
    records
}

pub(crate) fn positions(records: &[Record]) -> Vec<u64> {
    records.iter().map(|record| record.header.position.0).collect()
}
