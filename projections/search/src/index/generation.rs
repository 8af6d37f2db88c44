//! One generation of all indexes: what readers open, and what a thread feeds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Recorded};
use convolog_log::{Clock, EventLog, Position, StreamKey};
use convolog_projections::{Batch, Parked};
use parking_lot::Mutex;
use uuid::Uuid;

use super::item::Items;
use super::place::{Cursor, write_cursor};
use super::row::{Key, Kind, Row, erased_by, key_of};
use super::shard::{Changes, Mark, Shard};
use crate::error::SearchError;

/// The most indexes that are kept open.
const OPEN_MAX: usize = 128;

/// The kinds of streams that are searched.
pub(crate) const KINDS: [StreamKind; 4] =
    [StreamKind::Document, StreamKind::Conversation, StreamKind::Contact, StreamKind::Lead];

/// What indexes are made from.
#[derive(Clone)]
pub(crate) struct ShardSettings {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) disclose: Arc<dyn Disclose>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// The indexes of one generation, opened when they are needed.
pub(crate) struct Generation {
    path: PathBuf,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    shards: HashMap<WorkspaceId, (u64, Arc<Shard>)>,
    used: u64,
}

impl Generation {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), open: Mutex::default() }
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its number: the name of its folder.
    pub(crate) fn number(&self) -> u64 {
        let name = self.path.file_name().and_then(|name| name.to_str());
        name.and_then(|name| name.parse().ok()).unwrap_or_default()
    }

    /// The index of a workspace; none if it has none.
    pub(crate) fn shard(&self, workspace: WorkspaceId) -> Result<Option<Arc<Shard>>, SearchError> {
        if !self.place(workspace).join("meta.json").is_file() {
            return Ok(None);
        }
        self.opened(workspace).map(Some)
    }

    /// The index of a workspace, an empty one if it has none.
    fn opened(&self, workspace: WorkspaceId) -> Result<Arc<Shard>, SearchError> {
        let mut open = self.open.lock();
        open.used += 1;
        let used = open.used;
        if let Some((last, shard)) = open.shards.get_mut(&workspace) {
            *last = used;
            return Ok(Arc::clone(shard));
        }
        let shard = Arc::new(Shard::open(&self.place(workspace), workspace)?);
        open.shards.insert(workspace, (used, Arc::clone(&shard)));
        if open.shards.len() > OPEN_MAX {
            // One that somebody uses stays: two handles on one index would not know of each other.
            let idle = open.shards.iter().filter(|(_, (_, shard))| Arc::strong_count(shard) == 1);
            let oldest = idle.min_by_key(|(_, (last, _))| *last).map(|(workspace, _)| *workspace);
            oldest.and_then(|workspace| open.shards.remove(&workspace));
        }
        Ok(shard)
    }

    fn place(&self, workspace: WorkspaceId) -> PathBuf {
        self.path.join(workspace.0.to_string())
    }

    /// The workspaces that have an index, sorted.
    pub(crate) fn workspaces(&self) -> Result<Vec<WorkspaceId>, SearchError> {
        let entries = std::fs::read_dir(&self.path)
            .map_err(crate::error::io("list", &self.path))?
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        let mut found: Vec<WorkspaceId> = entries.map(WorkspaceId).collect();
        found.sort_unstable();
        Ok(found)
    }
}

/// Changes of one workspace that are not written yet.
struct Waiting {
    shard: Arc<Shard>,
    changes: Changes,
    /// Everything up to here is in the index.
    written: Position,
}

/// A generation that is being fed.
pub(crate) struct Feed {
    pub(crate) generation: Arc<Generation>,
    settings: ShardSettings,
    cursor: Cursor,
    /// What was noted on the disk last.
    noted: Cursor,
    waiting: BTreeMap<WorkspaceId, Waiting>,
    /// Erasures whose files are not written anew yet.
    forgetting: BTreeMap<WorkspaceId, BTreeSet<Uuid>>,
    parked: BTreeMap<StreamKey, Parked>,
}

impl Feed {
    pub(crate) fn new(
        generation: Arc<Generation>,
        settings: ShardSettings,
        cursor: Cursor,
    ) -> Self {
        let parked = cursor.parked.iter().map(|parked| (parked.stream, parked.clone())).collect();
        Self {
            generation,
            settings,
            noted: cursor.clone(),
            cursor,
            waiting: BTreeMap::new(),
            forgetting: BTreeMap::new(),
            parked,
        }
    }

    /// Everything up to here was taken.
    pub(crate) const fn position(&self) -> Position {
        self.cursor.position
    }

    /// Whether something that was taken is not shown yet.
    pub(crate) fn is_dirty(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// How many rows wait to be written.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.values().map(|waiting| waiting.changes.rows.len()).sum()
    }

    /// Whether an erasure is not out of the files yet.
    pub(crate) fn is_forgetting(&self) -> bool {
        !self.forgetting.is_empty()
    }

    /// Whether an erasure was taken that is not written yet.
    pub(crate) fn has_erasures(&self) -> bool {
        self.waiting.values().any(|waiting| !waiting.changes.erased.is_empty())
    }

    /// The streams that are not followed any more.
    pub(crate) fn parked(&self) -> Vec<Parked> {
        self.parked.values().cloned().collect()
    }

    /// From now on it may serve.
    pub(crate) fn complete(&mut self) {
        self.cursor.complete = true;
    }

    /// Takes a stretch of the log.
    pub(crate) fn take(&mut self, batch: &Batch) -> Result<(), SearchError> {
        if batch.upto <= self.cursor.position {
            return Ok(());
        }
        for event in &batch.events {
            match event {
                Ok(event) if event.position > self.cursor.position => self.take_event(event)?,
                Ok(_) => {}
                Err(unread) => self.park(unread.stream, unread.position, unread.reason.clone()),
            }
        }
        self.cursor.position = batch.upto;
        self.cursor.leaf = batch.leaf;
        Ok(())
    }

    fn take_event(&mut self, event: &Recorded) -> Result<(), SearchError> {
        let (stream, workspace) = (event.stream.key(), event.workspace());
        // Also where the stream is not followed any more.
        for subject in erased_by(event) {
            let waiting = self.waiting_of(workspace)?;
            if waiting.shard.row(Key { kind: Kind::Erased, id: subject })?.is_none() {
                waiting.changes.erased.insert(subject);
            }
        }
        if self.skips(&stream, event.position) {
            return Ok(());
        }
        let Some(key) = key_of(event) else { return Ok(()) };
        let waiting = self.waiting_of(workspace)?;
        if event.position <= waiting.written {
            return Ok(());
        }
        let row = match waiting.changes.rows.entry(key) {
            std::collections::btree_map::Entry::Occupied(found) => found.into_mut(),
            std::collections::btree_map::Entry::Vacant(empty) => {
                let stored = waiting.shard.row(key)?;
                empty.insert(stored.unwrap_or_else(|| Row::new(key.kind)))
            }
        };
        if let Err(error) = row.fold(event) {
            self.park(stream, event.position, error.to_string());
        }
        Ok(())
    }

    fn waiting_of(&mut self, workspace: WorkspaceId) -> Result<&mut Waiting, SearchError> {
        use std::collections::btree_map::Entry;
        match self.waiting.entry(workspace) {
            Entry::Occupied(found) => Ok(found.into_mut()),
            Entry::Vacant(empty) => {
                let shard = self.generation.opened(workspace)?;
                let written = shard.mark()?.map_or(Position::START, |mark| mark.position);
                Ok(empty.insert(Waiting { shard, changes: Changes::default(), written }))
            }
        }
    }

    fn skips(&mut self, stream: &StreamKey, position: Position) -> bool {
        let Some(parked) = self.parked.get_mut(stream) else { return false };
        if position > parked.last {
            parked.last = position;
            parked.skipped += 1;
        }
        true
    }

    fn park(&mut self, stream: StreamKey, position: Position, reason: String) {
        tracing::error!(position = position.0, reason, "search stops following a stream");
        let parked = Parked { stream, position, reason, skipped: 0, last: position };
        self.parked.entry(stream).or_insert(parked);
    }

    /// Writes and shows everything that was taken, and notes how far that is.
    pub(crate) fn write(&mut self) -> Result<(), SearchError> {
        let mark = self.mark();
        let settings = self.settings.clone();
        while let Some((workspace, waiting)) = self.waiting.pop_first() {
            let Waiting { shard, changes, written: _ } = waiting;
            let erased = changes.erased.clone();
            if changes.rows.is_empty() && erased.is_empty() {
                continue;
            }
            let items = items(&settings, &shard);
            if !shard.write(changes, &items, mark, &*settings.clock)? {
                self.forgetting.entry(workspace).or_default().extend(erased);
            }
        }
        self.note()
    }

    /// The same, and nothing that was erased is in the files any more: for who is the only one that
    /// has them open.
    pub(crate) fn write_all(&mut self) -> Result<(), SearchError> {
        self.write()?;
        if self.is_forgetting() {
            self.forget()?;
        }
        Ok(())
    }

    /// Tries again to get erasures out of the files.
    pub(crate) fn forget(&mut self) -> Result<(), SearchError> {
        let (mark, settings) = (self.mark(), self.settings.clone());
        let mut left = BTreeMap::new();
        for (workspace, erased) in std::mem::take(&mut self.forgetting) {
            let shard = self.generation.opened(workspace)?;
            let mark = shard.mark()?.unwrap_or(mark);
            if !shard.forget(&erased, &items(&settings, &shard), mark, &*settings.clock)? {
                left.insert(workspace, erased);
            }
        }
        self.forgetting = left;
        self.note()
    }

    const fn mark(&self) -> Mark {
        Mark { log: self.cursor.log, position: self.cursor.position, leaf: self.cursor.leaf }
    }

    /// Notes how far it is. Not past an erasure whose files are not written anew: after a crash it
    /// is taken again.
    pub(crate) fn note(&mut self) -> Result<(), SearchError> {
        self.cursor.parked = self.parked();
        if self.is_forgetting() {
            return Ok(());
        }
        if self.cursor != self.noted {
            write_cursor(self.generation.path(), &self.cursor)?;
            self.noted = self.cursor.clone();
        }
        Ok(())
    }

    /// After a failure: goes back to what is known to be on the disk. What was written meanwhile
    /// is recognised and not taken twice.
    pub(crate) fn go_back(&mut self) {
        self.cursor = self.noted.clone();
        self.waiting.clear();
        self.forgetting.clear();
        self.parked =
            self.cursor.parked.iter().map(|parked| (parked.stream, parked.clone())).collect();
    }
}

fn items<'a>(settings: &'a ShardSettings, shard: &Shard) -> Items<'a> {
    Items { log: &*settings.log, disclose: &*settings.disclose, fields: *shard.fields() }
}
