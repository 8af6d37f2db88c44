//! The log on sled and plain files: opens it, starts its threads, serves its readers.
//!
//! Readers see synced events only. Opening refuses, before any write, a folder that another
//! process holds and a log that does not reach what its HEAD file names.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use uuid::Uuid;

use crate::append::{Ack, Commit, Holder};
use crate::cache::BlockCache;
use crate::closed::ClosedVolume;
use crate::closer::{self, remove_leftovers};
use crate::error::{AppendError, LogError};
use crate::event_log::{EventLog, Filter, HeadWatch, STRETCH};
use crate::files::{create_folder, io_error};
use crate::head::{HeadKeeper, HeadMark, create_head, read_head};
use crate::ids::{ClaimHash, LogId, Position, StreamKey, Timestamp};
use crate::judge::{Synced, weight};
use crate::layout::Layout;
use crate::lookup::Lookup;
use crate::manifest::{ClosedEntry, Manifest};
use crate::options::Options;
use crate::record::Record;
use crate::recover::{Recovered, recover};
use crate::shared::Shared;
use crate::space::Space;
use crate::tree::{Frontier, Hash, SUBTREE_LEAVES};
use crate::volumes::Volumes;
use crate::writer::{Request, Waiting, Writer};

/// Room made for a page of events before it is known how many there are.
const MOST_EXPECTED: usize = 1_024;

/// An [`EventLog`] in a folder.
pub struct SledLog {
    pub(crate) shared: Arc<Shared>,
    /// Taken when the log closes; the writer ends once it is gone.
    appends: Option<Sender<Request>>,
    threads: Vec<JoinHandle<()>>,
    /// Held as long as the log is open.
    _lock: File,
}

/// How a log is doing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Health {
    /// Why it takes no writes any more: an earlier write or sync failed.
    pub poisoned: Option<String>,
    /// Why a volume could not be closed; nothing is lost, but its memory and sled folder stay.
    pub closing_error: Option<String>,
    /// Bytes free on its disk, if the system says.
    pub free_bytes: Option<u64>,
}

/// What a log consists of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shape {
    /// Closed volumes, in order.
    pub closed: Vec<ClosedEntry>,
    /// How many volumes are on sled.
    pub live: usize,
    /// Bytes of those on the disk.
    pub live_disk_bytes: u64,
    /// Bytes of the records in those.
    pub live_record_bytes: u64,
}

impl std::fmt::Debug for SledLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SledLog")
            .field("id", &self.id())
            .field("head", &self.head())
            .finish_non_exhaustive()
    }
}

impl SledLog {
    /// Opens the log in `folder`, or makes a new one if there is none.
    ///
    /// # Errors
    /// [`LogError::InUse`], [`LogError::WentBack`], [`LogError::Corrupt`]: nothing was changed.
    pub fn open_or_create(folder: &Path, options: Options) -> Result<Self, LogError> {
        let layout = Layout::new(folder);
        create_folder(&layout.volumes())?;
        let lock = lock(&layout)?;
        if Manifest::read(&layout.manifest())?.is_none() {
            create(&layout, &options)?;
        }
        Self::open_locked(layout, options, lock)
    }

    /// Opens a log that exists.
    ///
    /// # Errors
    /// As [`SledLog::open_or_create`]; [`LogError::Io`] if there is none.
    pub fn open(folder: &Path, options: Options) -> Result<Self, LogError> {
        let layout = Layout::new(folder);
        let manifest = layout.manifest();
        std::fs::metadata(&manifest).map_err(io_error("find the log's", &manifest))?;
        let lock = lock(&layout)?;
        Self::open_locked(layout, options, lock)
    }

    fn open_locked(layout: Layout, options: Options, lock: File) -> Result<Self, LogError> {
        let manifest =
            Manifest::read(&layout.manifest())?.ok_or_else(|| LogError::corrupt("no manifest"))?;
        let head = find_head(&layout)?.ok_or_else(|| LogError::corrupt("no manifest"))?;
        if head.log != manifest.log {
            return Err(LogError::corrupt("a HEAD file of another log"));
        }
        let owner = (manifest.log, manifest.partition);
        let closed = manifest.closed.iter().cloned();
        let closed = closed.map(|entry| ClosedVolume::open(&layout, owner, entry).map(Arc::new));
        let closed: Vec<_> = closed.collect::<Result<_, _>>()?;
        let hooks = Arc::clone(&options.hooks);
        let (floor, ballast) = (options.free_floor_bytes, options.ballast_bytes);
        let space = Space::new(layout.root(), floor, ballast, hooks);
        // Sled writes when it opens: on a full disk it needs what the ballast held.
        space.settle_ballast()?;
        let Recovered { live, end } = recover(&layout, &manifest, &closed, &head, &options)?;
        remove_leftovers(&layout, &manifest)?;
        let hooks = Arc::clone(&options.hooks);
        let keeper = HeadKeeper::open(&layout.head(), &head, end.frontier.clone(), hooks)?;
        let cache = Arc::new(BlockCache::new(options.block_cache_bytes));
        let active = live.last().cloned().ok_or_else(|| LogError::corrupt("no active volume"))?;
        let unclosed = live.len() > 1;
        let volumes = Volumes { closed, live, cache };
        let frontier = end.frontier.clone();
        let shared =
            Arc::new(Shared::new(manifest, layout, options, volumes, frontier, keeper, space));
        let (appends, waiting) = mpsc::channel();
        let writer = Writer::new(Arc::clone(&shared), waiting, active, end);
        let (for_head, for_closing) = (Arc::clone(&shared), Arc::clone(&shared));
        let for_next = Arc::clone(&shared);
        let threads = vec![
            spawn("log-writer", move || writer.run())?,
            spawn("log-head", move || keep_head(&for_head))?,
            spawn("log-closer", move || closer::run(&for_closing))?,
            spawn("log-next", move || for_next.next.run(&for_next))?,
        ];
        if unclosed {
            shared.closing.wake();
        }
        Ok(Self { shared, appends: Some(appends), threads, _lock: lock })
    }

    /// Why the log takes no writes any more, if an earlier write or sync failed.
    pub fn poisoned(&self) -> Option<String> {
        self.shared.poisoned().map(str::to_owned)
    }

    /// The generation of the vault that HEAD names: a vault older than that misses keys.
    pub fn vault_generation(&self) -> u64 {
        self.shared.keeper.vault_generation()
    }

    /// Events appended from now on may need this generation of the vault. Never goes back.
    pub fn set_vault_generation(&self, generation: u64) {
        self.shared.keeper.raise_vault_generation(generation);
    }

    /// Closes the active volume now, if it holds anything, and waits until no volume is left to
    /// close. For exports and backups, which copy closed volumes.
    ///
    /// # Errors
    /// Whatever kept a volume from closing; it stays live and nothing is lost.
    pub fn close_volume(&self) -> Result<(), LogError> {
        let (done, rolled) = mpsc::channel();
        if let Some(appends) = &self.appends {
            drop(appends.send(Request::Roll(done)));
        }
        rolled.recv().unwrap_or(Ok(()))?;
        match self.shared.closing.settled() {
            Some(error) => Err(LogError::Unclosed { reason: error }),
            None => Ok(()),
        }
    }

    /// How the log is doing.
    pub fn health(&self) -> Health {
        Health {
            poisoned: self.poisoned(),
            closing_error: self.shared.closing.error(),
            free_bytes: self.shared.space.free().ok(),
        }
    }

    /// What the log consists of.
    pub fn shape(&self) -> Shape {
        let volumes = self.shared.volumes();
        Shape {
            closed: volumes.closed.iter().map(|volume| volume.entry.clone()).collect(),
            live: volumes.live.len(),
            live_disk_bytes: volumes.live.iter().map(|volume| volume.sled.disk_bytes()).sum(),
            live_record_bytes: volumes.live.iter().map(|v| v.index.read().record_bytes()).sum(),
        }
    }

    /// The blocks file of a closed volume, for exports and backups; see [`crate::walk_blocks_file`].
    pub fn blocks_file(&self, number: u32) -> PathBuf {
        self.shared.layout.blocks(number)
    }

    /// Brings the HEAD file up to the synced head now instead of within 100 ms.
    pub fn sync_head(&self) -> Result<(), LogError> {
        self.shared.keeper.sync()
    }

    /// The root of the complete subtree over leaves `256 n` to `256 n + 255` of the Merkle tree
    /// (leaf 0 is position 1); `None` if not all of them are synced. Closed volumes have it stored.
    pub fn subtree(&self, n: u64) -> Result<Option<Hash>, LogError> {
        if n.saturating_add(1).saturating_mul(SUBTREE_LEAVES) > self.head().0 {
            return Ok(None);
        }
        self.shared.volumes().subtree(n).map(Some)
    }

    fn read_by_stream(
        &self,
        stream: &StreamKey,
        after: Position,
        limit: usize,
        filter: &Filter,
    ) -> Result<(Vec<Record>, Position), LogError> {
        let head = self.head();
        let volumes = self.shared.volumes();
        let most = limit.min(usize::try_from(STRETCH).unwrap_or(usize::MAX));
        let positions = volumes.positions_after(stream, after, most)?;
        let mut found = Vec::new();
        let mut at = head;
        for position in positions.iter().copied().filter(|position| *position <= head) {
            let record = volumes.record(position)?;
            if filter.passes(&record)? {
                found.push(record);
            }
            if positions.len() == most {
                at = position;
            }
        }
        Ok((found, at))
    }
}

/// The side thread of HEAD.
fn keep_head(shared: &Shared) {
    if let Err(error) = shared.keeper.run() {
        shared.poison(&error);
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, LogError> {
    let builder = thread::Builder::new().name(name.to_owned());
    builder.spawn(work).map_err(io_error("start a thread for", Path::new(name)))
}

fn lock(layout: &Layout) -> Result<File, LogError> {
    let path = layout.lock();
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(io_error("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(LogError::InUse { path: layout.root().to_path_buf() })
        }
        Err(std::fs::TryLockError::Error(error)) => Err(io_error("lock", &path)(error)),
    }
}

/// What HEAD says of the log in a folder; none if there is no log. Half of a log is refused. Writes
/// nothing, so that whoever needs more than the log can ask before they write.
pub fn head_of(folder: &Path) -> Result<Option<HeadMark>, LogError> {
    find_head(&Layout::new(folder))
}

fn find_head(layout: &Layout) -> Result<Option<HeadMark>, LogError> {
    let head = read_head(&layout.head())?;
    match (&head, layout.manifest().is_file()) {
        (None, true) => Err(LogError::corrupt("no HEAD file beside its manifest")),
        (Some(head), false) if head.position > Position::START => {
            Err(LogError::corrupt("a HEAD file but no manifest"))
        }
        _ => Ok(head),
    }
}

/// Makes an empty log: HEAD first, then the manifest, whose presence says that there is one.
fn create(layout: &Layout, options: &Options) -> Result<(), LogError> {
    find_head(layout)?;
    let log = options.log_id.unwrap_or_else(|| LogId(Uuid::new_v4()));
    let root = Frontier::default().root();
    let mark = HeadMark { log, position: Position::START, root, vault_generation: 0 };
    create_head(&layout.head(), &mark)?;
    Manifest { log, partition: 0, closed: Vec::new() }.write(&layout.manifest())
}

impl Drop for SledLog {
    fn drop(&mut self) {
        // The writer answers what waits and ends; HEAD is written a last time.
        drop(self.appends.take());
        let mut threads = std::mem::take(&mut self.threads).into_iter();
        let writer = threads.next().map(JoinHandle::join);
        self.shared.keeper.stop();
        self.shared.closing.stop();
        self.shared.next.stop();
        let others = threads.map(JoinHandle::join);
        if writer.into_iter().chain(others).any(|ended| ended.is_err()) {
            tracing::error!("a thread of the log panicked");
        }
    }
}

impl EventLog for SledLog {
    fn id(&self) -> LogId {
        self.shared.id
    }

    fn note_vault_generation(&self, generation: u64) {
        self.set_vault_generation(generation);
    }

    fn admit(&self, commit: &Commit) -> Result<(), AppendError> {
        self.shared.healthy()?;
        self.shared.space.admit(weight(commit))
    }

    fn room_for(&self, bytes: usize) -> Result<(), AppendError> {
        self.shared.healthy()?;
        self.shared.space.admit(bytes)
    }

    fn append(&self, commit: Commit) -> Ack {
        let (answer, ack) = Ack::channel();
        if let Some(appends) = &self.appends {
            let lookup = Lookup::of(&commit, &self.shared.volumes());
            let waiting = Waiting { commit, lookup, answer };
            // If the writer is gone, so is the other end, and the ack says that the log is closed.
            drop(appends.send(Request::Append(waiting)));
        }
        ack
    }

    fn head(&self) -> Position {
        *self.shared.head.borrow()
    }

    fn watch(&self) -> HeadWatch {
        self.shared.head.subscribe()
    }

    fn read(
        &self,
        after: Position,
        limit: usize,
        filter: &Filter,
    ) -> Result<(Vec<Record>, Position), LogError> {
        let head = self.head();
        if after >= head || limit == 0 {
            return Ok((Vec::new(), after));
        }
        if let Some(stream) = filter.stream {
            return self.read_by_stream(&stream, after, limit, filter);
        }
        let end = head.min(Position(after.0.saturating_add(STRETCH)));
        let volumes = self.shared.volumes();
        let ahead = usize::try_from(end.0 - after.0).unwrap_or(usize::MAX);
        let mut found = Vec::with_capacity(limit.min(ahead).min(MOST_EXPECTED));
        let mut at = after;
        while at < end && found.len() < limit {
            at = volumes.pass(at, |record| {
                if record.header.position > end || found.len() == limit {
                    return Ok(ControlFlow::Break(()));
                }
                if filter.passes(&record)? {
                    found.push(record.into_owned());
                }
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok((found, at))
    }

    fn get(&self, position: Position) -> Result<Option<Record>, LogError> {
        if position == Position::START || position > self.head() {
            return Ok(None);
        }
        self.shared.volumes().record(position).map(Some)
    }

    fn read_stream(
        &self,
        stream: &StreamKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Record>, LogError> {
        let head = self.head();
        let volumes = self.shared.volumes();
        let positions = volumes.versions_after(stream, after, limit)?;
        let shown = positions.into_iter().filter(|position| *position <= head);
        shown.map(|position| volumes.record(position)).collect()
    }

    fn stream_version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        self.shared.volumes().version(stream)
    }

    fn holder(&self, claim: &ClaimHash) -> Result<Option<Holder>, LogError> {
        let holding = self.shared.volumes().claim(claim)?;
        Ok(holding.map(|(stream, position)| Holder { stream, position, synced: true }))
    }

    fn position_at(&self, time: Timestamp) -> Result<Position, LogError> {
        let head = self.head();
        Ok(self.shared.volumes().position_at(time)?.min(head))
    }

    fn root(&self) -> (u64, Hash) {
        let frontier = self.shared.frontier.lock();
        (frontier.size(), frontier.root())
    }

    fn root_at(&self, position: Position) -> Result<Option<Hash>, LogError> {
        if position > self.head() {
            return Ok(None);
        }
        Ok(Some(self.shared.volumes().frontier_at(position)?.root()))
    }
}
