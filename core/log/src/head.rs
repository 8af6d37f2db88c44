//! The HEAD file: how far the log had come, kept apart from it.
//!
//! Sled can come up shorter or empty without an error; HEAD names a position and the tree root
//! there, and a log that does not reach it is refused. Two slots, written in turn, so that a torn
//! write never loses both. A side thread keeps it at most 100 ms behind the synced head.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};
use uuid::Uuid;

use crate::error::LogError;
use crate::files::{io_error, read_if_there};
use crate::hooks::{Hooks, Step};
use crate::ids::{LogId, Position};
use crate::tree::{Frontier, Hash};
use crate::wire::{Reader, Writer};

/// A slot has a sector of its own, so that writing one cannot tear the other.
const SLOT_BYTES: usize = 4096;
const MAGIC: [u8; 4] = *b"CVLH";
const FORMAT: u8 = 1;
/// With the time to write and sync, HEAD is at most 100 ms behind.
const PAUSE: Duration = Duration::from_millis(50);

/// What HEAD says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeadMark {
    /// Which log.
    pub log: LogId,
    /// A synced position.
    pub position: Position,
    /// The tree's root over all events to that position.
    pub root: Hash,
    /// The generation of the vault that the events need; the caller's number.
    pub vault_generation: u64,
}

impl HeadMark {
    fn encode(&self, turn: u64) -> Vec<u8> {
        let mut w = Writer(Vec::with_capacity(SLOT_BYTES));
        w.bytes(&MAGIC);
        w.u8(FORMAT);
        w.uuid(self.log.0);
        w.u64(turn);
        w.u64(self.position.0);
        w.bytes(&self.root);
        w.u64(self.vault_generation);
        w.u32(crc32c::crc32c(&w.0));
        w.0.resize(SLOT_BYTES, 0);
        w.0
    }

    fn decode(slot: &[u8]) -> Option<(u64, Self)> {
        let mut r = Reader::new(slot);
        let sealed = r.take(77).ok()?;
        let crc = r.u32().ok()?;
        if crc != crc32c::crc32c(sealed) || r.take(slot.len() - 81).ok()?.iter().any(|b| *b != 0) {
            return None;
        }
        let mut r = Reader::new(sealed);
        if r.array().ok()? != MAGIC || r.u8().ok()? != FORMAT {
            return None;
        }
        let log = LogId(Uuid::from_bytes(r.array().ok()?));
        let turn = r.u64().ok()?;
        let position = Position(r.u64().ok()?);
        let root = r.array().ok()?;
        Some((turn, Self { log, position, root, vault_generation: r.u64().ok()? }))
    }
}

/// Reads the newer of the two slots; `None` if there is no file.
///
/// # Errors
/// [`LogError::Corrupt`] if the file is there and neither slot can be read.
pub fn read_head(path: &Path) -> Result<Option<HeadMark>, LogError> {
    Ok(read_slots(path)?.map(|(_, mark)| mark))
}

fn read_slots(path: &Path) -> Result<Option<(u64, HeadMark)>, LogError> {
    let Some(content) = read_if_there(path)? else { return Ok(None) };
    let newest =
        content.chunks(SLOT_BYTES).take(2).filter_map(HeadMark::decode).max_by_key(|s| s.0);
    newest
        .map(Some)
        .ok_or_else(|| LogError::corrupt("a HEAD file of which neither slot can be read"))
}

/// Writes HEAD, slot by slot.
#[derive(Debug)]
struct HeadFile {
    file: File,
    path: PathBuf,
    turn: u64,
}

impl HeadFile {
    fn open(path: &Path) -> Result<Self, LogError> {
        let turn = read_slots(path)?.map_or(0, |(turn, _)| turn);
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        Ok(Self { file: file.map_err(io_error("open", path))?, path: path.to_path_buf(), turn })
    }

    fn write(&mut self, mark: &HeadMark) -> Result<(), LogError> {
        self.turn += 1;
        let offset = if self.turn.is_multiple_of(2) { 0 } else { 4096 };
        let slot = mark.encode(self.turn);
        self.file.write_all_at(&slot, offset).map_err(io_error("write", &self.path))?;
        self.file.sync_data().map_err(io_error("sync", &self.path))
    }
}

/// Writes a first HEAD, before the log exists.
pub(crate) fn create_head(path: &Path, mark: &HeadMark) -> Result<(), LogError> {
    HeadFile::open(path)?.write(mark)?;
    path.parent().map_or(Ok(()), crate::files::sync_folder)
}

/// Keeps HEAD close behind the log.
pub(crate) struct HeadKeeper {
    wanted: Mutex<Wanted>,
    changed: Condvar,
    /// Told apart from `changed`, so that a busy writer does not wake the pause for nothing.
    stopped: Condvar,
    file: Mutex<HeadFile>,
    hooks: Arc<dyn Hooks>,
    log: LogId,
}

struct Wanted {
    frontier: Frontier,
    vault_generation: u64,
    dirty: bool,
    stop: bool,
}

impl HeadKeeper {
    /// Takes over the file of a log that is open at `frontier`.
    pub(crate) fn open(
        path: &Path,
        mark: &HeadMark,
        frontier: Frontier,
        hooks: Arc<dyn Hooks>,
    ) -> Result<Self, LogError> {
        let dirty = frontier.size() != mark.position.0;
        let vault_generation = mark.vault_generation;
        Ok(Self {
            wanted: Mutex::new(Wanted { frontier, vault_generation, dirty, stop: false }),
            changed: Condvar::new(),
            stopped: Condvar::new(),
            file: Mutex::new(HeadFile::open(path)?),
            hooks,
            log: mark.log,
        })
    }

    /// The synced head moved.
    pub(crate) fn moved(&self, frontier: &Frontier) {
        let mut wanted = self.wanted.lock();
        wanted.frontier.clone_from(frontier);
        wanted.dirty = true;
        self.changed.notify_one();
    }

    /// Events from here on may need this generation of the vault; it never goes back.
    pub(crate) fn raise_vault_generation(&self, generation: u64) {
        let mut wanted = self.wanted.lock();
        if generation > wanted.vault_generation {
            wanted.vault_generation = generation;
            wanted.dirty = true;
            self.changed.notify_one();
        }
    }

    pub(crate) fn vault_generation(&self) -> u64 {
        self.wanted.lock().vault_generation
    }

    /// Writes what is wanted, now.
    pub(crate) fn sync(&self) -> Result<(), LogError> {
        let mut file = self.file.lock();
        let mark = {
            let mut wanted = self.wanted.lock();
            if !wanted.dirty {
                return Ok(());
            }
            wanted.dirty = false;
            HeadMark {
                log: self.log,
                position: Position(wanted.frontier.size()),
                root: wanted.frontier.root(),
                vault_generation: wanted.vault_generation,
            }
        };
        let path = file.path.clone();
        let hooked = self.hooks.before(Step::SyncHead).map_err(io_error("sync", &path));
        let written = hooked.and_then(|()| file.write(&mark));
        if written.is_err() {
            self.wanted.lock().dirty = true;
        }
        written
    }

    /// The side thread: writes whenever something changed, with a pause in between. Ends when told
    /// to stop, or with the error that poisons the log.
    pub(crate) fn run(&self) -> Result<(), LogError> {
        loop {
            let mut wanted = self.wanted.lock();
            while !wanted.dirty && !wanted.stop {
                self.changed.wait(&mut wanted);
            }
            let stop = wanted.stop;
            drop(wanted);
            self.sync()?;
            if stop {
                return Ok(());
            }
            let mut wanted = self.wanted.lock();
            // Over or stopped, the next turn looks at what is wanted then.
            self.stopped.wait_while_for(&mut wanted, |wanted| !wanted.stop, PAUSE);
        }
    }

    pub(crate) fn stop(&self) {
        self.wanted.lock().stop = true;
        self.changed.notify_all();
        self.stopped.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(position: u64) -> HeadMark {
        HeadMark {
            log: LogId(Uuid::from_u128(5)),
            position: Position(position),
            root: [3; 32],
            vault_generation: 7,
        }
    }

    #[test]
    fn the_newer_slot_wins_and_a_torn_one_leaves_the_other() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("HEAD");
        assert_eq!(read_head(&path).unwrap(), None);
        let mut file = HeadFile::open(&path).unwrap();
        for position in 1..=5 {
            file.write(&mark(position)).unwrap();
            assert_eq!(read_head(&path).unwrap(), Some(mark(position)));
        }
        let whole = std::fs::read(&path).unwrap();
        for at in SLOT_BYTES..SLOT_BYTES + 81 {
            let mut torn = whole.clone();
            torn[at] ^= 0x40;
            std::fs::write(&path, &torn).unwrap();
            assert_eq!(read_head(&path).unwrap(), Some(mark(4)), "byte {at}");
        }
        std::fs::write(&path, vec![0; 2 * SLOT_BYTES]).unwrap();
        assert!(matches!(read_head(&path), Err(LogError::Corrupt { .. })));
    }

    #[test]
    fn writing_goes_on_in_the_slot_that_is_older() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("HEAD");
        for position in 1..=4 {
            HeadFile::open(&path).unwrap().write(&mark(position)).unwrap();
            assert_eq!(read_head(&path).unwrap(), Some(mark(position)));
        }
    }
}
