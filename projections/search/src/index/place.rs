//! The folder of all indexes: a generation a rebuild, the newest complete one serves.
//!
//! What does not open or does not match the log is renamed, so that nothing opens it again, and
//! removed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use convolog_log::{EventLog, LogId, Position};
use convolog_projections::{Mismatch, Parked};
use serde::{Deserialize, Serialize};

use super::generation::{Feed, Generation, ShardSettings};
use crate::error::{SearchError, io};

/// Raised when an index written before cannot be read any more, or the same events give another.
pub(crate) const VERSION: u32 = 4;

/// The file that says how far a generation is.
const CURSOR: &str = "CURSOR";

/// How the folder of a generation begins that was set aside.
const ASIDE: &str = "aside-";

/// The folder of an index that is only compared.
const COMPARE: &str = "compare";

/// How far a generation is, and what it must match to be believed. Written after what it speaks of:
/// an index may be ahead of it, never behind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Cursor {
    version: u32,
    pub(crate) log: LogId,
    pub(crate) position: Position,
    pub(crate) leaf: [u8; 32],
    pub(crate) complete: bool,
    pub(crate) parked: Vec<Parked>,
}

impl Cursor {
    fn start(log: LogId) -> Self {
        let (position, leaf) = (Position::START, [0; 32]);
        Self { version: VERSION, log, position, leaf, complete: false, parked: Vec::new() }
    }

    fn check(&self, log: &dyn EventLog) -> Result<Option<Mismatch>, SearchError> {
        if self.version != VERSION {
            return Ok(Some(Mismatch::OtherFormat));
        }
        Ok(convolog_projections::check_place(log, self.log, self.position, &self.leaf)?)
    }
}

/// Notes how far a generation is.
pub(crate) fn write_cursor(generation: &Path, cursor: &Cursor) -> Result<(), SearchError> {
    let (path, fresh) = (generation.join(CURSOR), generation.join("CURSOR.new"));
    let bytes = serde_json::to_vec(cursor).map_err(|_| SearchError::Unreadable)?;
    std::fs::write(&fresh, bytes).map_err(io("write", &fresh))?;
    std::fs::rename(&fresh, &path).map_err(io("rename into place", &path))
}

/// What was found in the folder.
pub(crate) struct Found {
    /// The generation that serves.
    pub(crate) serving: Option<Feed>,
    /// A rebuild that is not done.
    pub(crate) building: Option<Feed>,
}

/// Where the generations lie.
#[derive(Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    settings: ShardSettings,
}

impl Folder {
    pub(crate) fn new(path: &Path, settings: ShardSettings) -> Self {
        Self { path: path.to_owned(), settings }
    }

    /// Opens what there is, sets aside what cannot be used.
    pub(crate) fn open(&self) -> Result<Found, SearchError> {
        std::fs::create_dir_all(&self.path).map_err(io("create", &self.path))?;
        self.clear_aside()?;
        let mut found = Found { serving: None, building: None };
        for number in self.numbers()?.into_iter().rev() {
            let path = self.path.join(number.to_string());
            let cursor = match self.usable(&path)? {
                Ok(cursor) if found.serving.is_none() => cursor,
                Ok(_) => {
                    self.set_aside(number, "a newer generation serves");
                    continue;
                }
                Err(mismatch) => {
                    self.set_aside(number, &mismatch.to_string());
                    continue;
                }
            };
            let complete = cursor.complete;
            let feed = Feed::new(Arc::new(Generation::new(&path)), self.settings.clone(), cursor);
            if complete {
                found.serving = Some(feed);
            } else if found.building.is_none() {
                found.building = Some(feed);
            } else {
                drop(feed);
                self.set_aside(number, "another rebuild is going on");
            }
        }
        Ok(found)
    }

    fn usable(&self, path: &Path) -> Result<Result<Cursor, Mismatch>, SearchError> {
        let Ok(bytes) = std::fs::read(path.join(CURSOR)) else {
            return Ok(Err(Mismatch::NoCursor));
        };
        let Ok(cursor) = serde_json::from_slice::<Cursor>(&bytes) else {
            return Ok(Err(Mismatch::OtherFormat));
        };
        Ok(cursor.check(&*self.settings.log)?.map_or(Ok(cursor), Err))
    }

    /// A new, empty generation.
    pub(crate) fn begin(&self) -> Result<Feed, SearchError> {
        let number = self.numbers()?.last().map_or(1, |last| last.saturating_add(1));
        self.begin_in(&self.path.join(number.to_string()))
    }

    /// A new, empty generation in a folder of its own.
    pub(crate) fn begin_in(&self, path: &Path) -> Result<Feed, SearchError> {
        std::fs::create_dir_all(path).map_err(io("create", path))?;
        let cursor = Cursor::start(self.settings.log.id());
        write_cursor(path, &cursor)?;
        Ok(Feed::new(Arc::new(Generation::new(path)), self.settings.clone(), cursor))
    }

    fn numbers(&self) -> Result<Vec<u64>, SearchError> {
        let names = names(&self.path)?;
        let mut numbers: Vec<u64> = names.iter().filter_map(|name| name.parse().ok()).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn set_aside(&self, number: u64, why: &str) {
        give_up(&self.path.join(number.to_string()), why);
    }

    /// Where an index is rebuilt only to be compared.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.path.join(COMPARE)
    }

    /// Removes what an earlier run set aside, or rebuilt to compare, and could not remove.
    fn clear_aside(&self) -> Result<(), SearchError> {
        let over = |name: &&String| name.starts_with(ASIDE) || *name == COMPARE;
        for name in names(&self.path)?.iter().filter(over) {
            let path = self.path.join(name);
            std::fs::remove_dir_all(&path).map_err(io("remove", &path))?;
        }
        Ok(())
    }
}

fn names(path: &Path) -> Result<Vec<String>, SearchError> {
    let entries = std::fs::read_dir(path).map_err(io("list", path))?;
    entries
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<_>>()
        .map_err(io("list", path))
}

/// Takes a generation away. Whoever still reads it goes on with files that have no name any more.
pub(crate) fn give_up(generation: &Path, why: &str) {
    tracing::warn!(path = %generation.display(), why, "setting a search index aside");
    let (Some(folder), Some(name)) = (generation.parent(), generation.file_name()) else { return };
    let aside = folder.join(format!("{ASIDE}{}", name.to_string_lossy()));
    let moved = std::fs::rename(generation, &aside).and_then(|()| std::fs::remove_dir_all(&aside));
    if let Err(error) = moved {
        tracing::warn!(path = %generation.display(), %error, "could not remove it");
    }
}

/// Bytes of all files in a folder.
pub(crate) fn bytes(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => bytes(&entry.path()),
            Ok(found) => found.len(),
            Err(_) => 0,
        })
        .sum()
}
