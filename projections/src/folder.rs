//! The folder of one read model: a generation a rebuild, the newest complete one serves.
//!
//! What does not open or does not match the log is renamed, so that nothing opens it again, and
//! removed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use convolog_log::EventLog;

use crate::batch::reasons;
use crate::cursor::{Cursor, Mismatch};
use crate::error::QueryError;
use crate::feed::{Feed, Feeding};
use crate::fold::ReadModel;
use crate::store::{DiskOptions, DiskStore, StoreError};

/// Where the generations of a read model lie.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    options: DiskOptions,
}

/// What was found in a folder.
pub(crate) struct Found {
    /// The generation that serves.
    pub(crate) serving: Option<Box<dyn Feeding>>,
    /// A rebuild that is not done.
    pub(crate) building: Option<Box<dyn Feeding>>,
}

/// A generation of the folder that can be used.
struct Usable {
    number: u64,
    store: Arc<DiskStore>,
    cursor: Cursor,
}

impl Folder {
    pub(crate) fn new(dir: &Path, name: &str, options: DiskOptions) -> Self {
        Self { path: dir.join(name), options }
    }

    /// Opens what there is, sets aside what cannot be used.
    pub(crate) fn open<M: ReadModel>(&self, log: &dyn EventLog) -> Result<Found, QueryError> {
        self.sweep();
        let mut found = Found { serving: None, building: None };
        for number in self.numbers()?.into_iter().rev() {
            let Some(usable) = self.usable::<M>(number, log)? else { continue };
            let Usable { number, store, cursor } = usable;
            if found.serving.is_some() {
                drop(store);
                self.set_aside(number, "a newer generation serves");
            } else if cursor.complete {
                found.serving = Some(Box::new(Feed::<M>::resume(store, cursor, log.head())?));
            } else if found.building.is_none() && cursor.version == M::VERSION {
                found.building = Some(Box::new(Feed::<M>::resume(store, cursor, log.head())?));
            } else {
                drop(store);
                self.set_aside(number, "an unfinished rebuild of another version");
            }
        }
        Ok(found)
    }

    /// A new, empty generation.
    pub(crate) fn begin<M: ReadModel>(
        &self,
        log: &dyn EventLog,
    ) -> Result<Box<dyn Feeding>, QueryError> {
        let number = self.numbers()?.last().map_or(1, |last| last.saturating_add(1));
        let store = Arc::new(DiskStore::open(&self.generation(number), &self.options)?);
        let cursor = Cursor::start(log.id(), M::VERSION, M::FORMAT);
        Ok(Box::new(Feed::<M>::begin(store, cursor)?))
    }

    fn usable<M: ReadModel>(
        &self,
        number: u64,
        log: &dyn EventLog,
    ) -> Result<Option<Usable>, QueryError> {
        let store = match DiskStore::open(&self.generation(number), &self.options) {
            Ok(store) => Arc::new(store),
            // Its lock is held: another process has it, and will not like it moved away.
            Err(error) if is_in_use(&error) => return Err(error.into()),
            Err(error) => {
                self.set_aside(number, &reasons(&error));
                return Ok(None);
            }
        };
        let mismatch = match Cursor::read(&*store) {
            Ok(Some(cursor)) if cursor.format != M::FORMAT => Mismatch::OtherFormat,
            Ok(Some(cursor)) => match cursor.check(log)? {
                None => return Ok(Some(Usable { number, store, cursor })),
                Some(mismatch) => mismatch,
            },
            Ok(None) | Err(_) => Mismatch::NoCursor,
        };
        drop(store);
        self.set_aside(number, &mismatch.to_string());
        Ok(None)
    }

    fn generation(&self, number: u64) -> PathBuf {
        self.path.join(number.to_string())
    }

    fn numbers(&self) -> Result<Vec<u64>, StoreError> {
        let mut numbers: Vec<u64> =
            self.names()?.iter().filter_map(|name| name.parse().ok()).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        let io = |action, source| StoreError::Io { action, path: self.path.clone(), source };
        std::fs::create_dir_all(&self.path).map_err(|source| io("create", source))?;
        let entries = std::fs::read_dir(&self.path).map_err(|source| io("list", source))?;
        entries
            .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<_>>()
            .map_err(|source| io("list", source))
    }

    fn set_aside(&self, number: u64, why: &str) {
        let (from, to) = (self.generation(number), self.path.join(format!("{ASIDE}{number}")));
        tracing::warn!(path = %from.display(), why, "setting a read model aside; it is rebuilt");
        let moved = std::fs::rename(&from, &to).and_then(|()| std::fs::remove_dir_all(&to));
        if let Err(error) = moved {
            tracing::warn!(path = %from.display(), %error, "could not remove it");
        }
    }

    /// Removes what an earlier run set aside and could not remove.
    fn sweep(&self) {
        for name in self.names().unwrap_or_default() {
            if name.starts_with(ASIDE) {
                let path = self.path.join(name);
                if let Err(error) = std::fs::remove_dir_all(&path) {
                    tracing::warn!(path = %path.display(), %error, "could not remove it");
                }
            }
        }
    }
}

/// How the folder of a generation begins that was set aside.
const ASIDE: &str = "aside-";

fn is_in_use(error: &StoreError) -> bool {
    let StoreError::Sled { source: sled::Error::Io(source), .. } = error else { return false };
    source.kind() == io::ErrorKind::WouldBlock
        || source.to_string().contains("could not acquire lock")
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found")
            .field("serving", &self.serving.as_ref().map(|feed| feed.position()))
            .field("building", &self.building.as_ref().map(|feed| feed.position()))
            .finish()
    }
}
