//! The folder of one read model: a generation a rebuild; a small file says which one serves.
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
use crate::generations::{Beside, Generations, Purpose};
use crate::store::{Disk, DiskStore, Store, StoreError, Walk};

/// Where the generations of a read model lie.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    disk: Disk,
}

/// A generation that takes events.
pub(crate) struct Generation {
    pub(crate) number: u64,
    pub(crate) feed: Box<dyn Feeding>,
}

/// What was found in a folder.
#[derive(Default)]
pub(crate) struct Found {
    /// The generation that serves.
    pub(crate) serving: Option<Generation>,
    /// The one that will: its rebuild is not done, or it has to catch up.
    pub(crate) building: Option<Generation>,
    /// All that are to stay.
    pub(crate) generations: Generations,
    /// Why what this build could have read was set aside.
    pub(crate) damages: Vec<String>,
}

/// A generation of the folder that can be used.
struct Usable {
    number: u64,
    store: Arc<DiskStore>,
    cursor: Cursor,
}

impl Folder {
    pub(crate) fn new(dir: &Path, name: &str, disk: &Disk) -> Self {
        Self { path: dir.join(name), disk: disk.clone() }
    }

    /// Opens what there is, sets aside what cannot be used, removes what nobody needs.
    pub(crate) fn open<M: ReadModel>(&self, log: &dyn EventLog) -> Result<Found, QueryError> {
        self.sweep();
        let stored = Generations::read(&self.path);
        let found = match stored {
            Some(generations) => self.open_named::<M>(generations, log)?,
            None => self.open_newest::<M>(log)?,
        };
        let serving = found.generations.serving.map(|(number, _)| number);
        let beside = found.generations.beside.map(|beside| beside.generation);
        for number in self.numbers()? {
            if Some(number) != serving && Some(number) != beside {
                self.remove(number);
            }
        }
        if stored.unwrap_or_default() != found.generations {
            found.generations.write(&self.path)?;
        }
        Ok(found)
    }

    /// What the folder's own file names.
    fn open_named<M: ReadModel>(
        &self,
        named: Generations,
        log: &dyn EventLog,
    ) -> Result<Found, QueryError> {
        let mut found = Found::default();
        if let Some((number, _)) = named.serving {
            let usable = self.usable::<M>(number, log, &mut found.damages)?;
            let usable = usable.filter(|usable| usable.cursor.complete);
            found.serve(usable.map(Usable::resume::<M>).transpose()?);
        }
        let Some(mut beside) = named.beside else { return Ok(found) };
        if found.serving.is_none() && beside.version == M::VERSION {
            // It is the next best: nothing has to be built from the beginning.
            beside.purpose = Purpose::Joining;
        }
        if !beside.purpose.is_going_on() {
            found.generations.beside =
                self.generation(beside.generation).is_dir().then_some(beside);
            return Ok(found);
        }
        let fits = |usable: &Usable| usable.cursor.complete || usable.cursor.version == M::VERSION;
        let usable = self.usable::<M>(beside.generation, log, &mut found.damages)?;
        let Some(usable) = usable.filter(fits) else {
            return Ok(found);
        };
        if usable.cursor.complete && beside.purpose == Purpose::Building {
            beside.purpose = Purpose::Waiting;
        } else {
            found.building = Some(usable.resume::<M>()?);
        }
        found.generations.beside = Some(beside);
        Ok(found)
    }

    /// Without such a file: the newest complete generation serves, and what is newer than that is
    /// built on.
    fn open_newest<M: ReadModel>(&self, log: &dyn EventLog) -> Result<Found, QueryError> {
        let mut found = Found::default();
        for number in self.numbers()?.into_iter().rev() {
            let Some(usable) = self.usable::<M>(number, log, &mut found.damages)? else { continue };
            if usable.cursor.complete {
                found.serve(Some(usable.resume::<M>()?));
                break;
            }
            if found.building.is_none() && usable.cursor.version == M::VERSION {
                let (generation, version) = (number, M::VERSION);
                let beside = Beside { generation, version, purpose: Purpose::Joining };
                found.generations.beside = Some(beside);
                found.building = Some(usable.resume::<M>()?);
            }
        }
        Ok(found)
    }

    /// A new, empty generation.
    pub(crate) fn begin<M: ReadModel>(&self, log: &dyn EventLog) -> Result<Generation, QueryError> {
        let number = self.numbers()?.last().map_or(1, |last| last.saturating_add(1));
        let store = Arc::new(DiskStore::open(&self.generation(number), &self.disk)?);
        let cursor = Cursor::start(log.id(), M::VERSION, M::FORMAT);
        Ok(Generation { number, feed: Box::new(Feed::<M>::begin(store, cursor)?) })
    }

    /// A generation that lies there complete; none if it cannot be used.
    pub(crate) fn reopen<M: ReadModel>(
        &self,
        number: u64,
        log: &dyn EventLog,
    ) -> Result<Option<Generation>, QueryError> {
        if !self.generation(number).is_dir() {
            return Ok(None);
        }
        let usable = self.usable::<M>(number, log, &mut Vec::new())?;
        let usable = usable.filter(|usable| usable.cursor.complete);
        Ok(usable.map(Usable::resume::<M>).transpose()?)
    }

    /// A generation that can be read; what cannot be is set aside, and said in `damages` unless an
    /// earlier build wrote it in a format of its own.
    fn usable<M: ReadModel>(
        &self,
        number: u64,
        log: &dyn EventLog,
        damages: &mut Vec<String>,
    ) -> Result<Option<Usable>, QueryError> {
        let store = match DiskStore::open(&self.generation(number), &self.disk) {
            Ok(store) => Arc::new(store),
            // Another process has it, or the system is in trouble: what lies there may be whole.
            Err(error @ (StoreError::InUse { .. } | StoreError::Io { .. })) => {
                return Err(error.into());
            }
            Err(error) => {
                let why = reasons(&error);
                self.set_aside(number, &why);
                damages.push(why);
                return Ok(None);
            }
        };
        let mismatch = match Cursor::read(&*store) {
            Ok(Some(cursor)) if cursor.format != M::FORMAT => Mismatch::OtherFormat,
            Ok(Some(cursor)) => match cursor.check(log)? {
                None => return Ok(Some(Usable { number, store, cursor })),
                Some(mismatch) => mismatch,
            },
            Err(error @ StoreError::Io { .. }) => return Err(error.into()),
            Ok(None) | Err(_) => Mismatch::NoCursor,
        };
        // A crash before the first sync leaves nothing at all, which is no damage.
        let is_empty = store.entries(&[], None, Walk::Forward, 1)?.is_empty();
        drop(store);
        self.set_aside(number, &mismatch.to_string());
        if mismatch != Mismatch::OtherFormat && !is_empty {
            damages.push(mismatch.to_string());
        }
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
        let path = self.generation(number);
        tracing::warn!(path = %path.display(), why, "setting a read model aside; it is rebuilt");
        self.remove(number);
    }

    /// Removes a generation that nobody needs. Renamed first, so that nothing opens half of it.
    pub(crate) fn remove(&self, number: u64) {
        let (from, to) = (self.generation(number), self.path.join(format!("{ASIDE}{number}")));
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

impl Found {
    fn serve(&mut self, serving: Option<Generation>) {
        self.generations.serving = serving.as_ref().map(|g| (g.number, g.feed.version()));
        self.serving = serving;
    }
}

impl Usable {
    fn resume<M: ReadModel>(self) -> Result<Generation, StoreError> {
        let feed = Feed::<M>::resume(self.store, self.cursor)?;
        Ok(Generation { number: self.number, feed: Box::new(feed) })
    }
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found")
            .field("serving", &self.serving.as_ref().map(|found| found.feed.position()))
            .field("building", &self.building.as_ref().map(|found| found.feed.position()))
            .field("generations", &self.generations)
            .field("damages", &self.damages)
            .finish()
    }
}
