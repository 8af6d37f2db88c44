//! Compares read models with a fresh rebuild.
//!
//! The proof that a read model is nothing but its fold: rows, index entries and parked streams must
//! be the same, line for line.

use std::path::Path;
use std::sync::Arc;

use convolog_log::{EventLog, Position};

use crate::batch::Batch;
use crate::dump::{Difference, compare};
use crate::error::QueryError;
use crate::feed::Feeding;
use crate::registry::{AnyModel, MODELS};
use crate::store::{Disk, DiskStore, MemoryStore, Store};

/// Events read at a time.
const STRETCH: usize = 4_096;

/// What a comparison found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// The read model.
    pub name: &'static str,
    /// The position at which both were compared.
    pub position: Position,
    /// Lines that are the same, from the first.
    pub same: u64,
    /// How they compare.
    pub finding: Finding,
}

/// How a read model and its rebuild compare.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Line for line the same.
    Identical,
    /// Where the live one (first) and the rebuilt one (second) part.
    Different(Difference),
    /// There was no complete live one; it would be rebuilt when serving starts.
    Missing,
    /// Why the live one could not be read; it was set aside, and would be rebuilt when serving starts.
    Damaged(String),
}

impl From<Option<Difference>> for Finding {
    fn from(difference: Option<Difference>) -> Self {
        difference.map_or(Self::Identical, Self::Different)
    }
}

/// Folds the log into a new store.
fn rebuild(
    model: &dyn AnyModel,
    log: &dyn EventLog,
    store: Arc<dyn Store>,
    upto: Position,
    progress: &mut dyn FnMut(&'static str, Position),
) -> Result<(), QueryError> {
    let mut feed = model.begin_in(store, log)?;
    catch_up(&mut *feed, log, upto, progress)
}

fn catch_up(
    feed: &mut dyn Feeding,
    log: &dyn EventLog,
    upto: Position,
    progress: &mut dyn FnMut(&'static str, Position),
) -> Result<(), QueryError> {
    while feed.position() < upto {
        let missing = usize::try_from(upto.0 - feed.position().0).unwrap_or(STRETCH);
        let limit = missing.min(STRETCH);
        let Some(batch) = Batch::read(log, feed.position(), limit, |kind| feed.wants(kind))? else {
            break;
        };
        feed.take(&batch)?;
        progress(feed.name(), feed.position());
    }
    Ok(())
}

/// Compares every read model in `dir`, caught up with the log, with a rebuild in the folder
/// `scratch` (which must not exist, and is removed). Nobody else may have the read models open.
pub fn verify(
    dir: &Path,
    scratch: &Path,
    log: &dyn EventLog,
    progress: &mut dyn FnMut(&'static str, Position),
) -> Result<Vec<Verified>, QueryError> {
    let (mut verified, disk) = (Vec::new(), Disk::default());
    for model in MODELS {
        let path = scratch.join(model.name());
        let result = verify_one(model, dir, &path, &disk, log, progress);
        if let Err(error) = std::fs::remove_dir_all(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "could not remove a scratch folder");
        }
        verified.push(result?);
    }
    Ok(verified)
}

fn verify_one(
    model: &dyn AnyModel,
    dir: &Path,
    scratch: &Path,
    disk: &Disk,
    log: &dyn EventLog,
    progress: &mut dyn FnMut(&'static str, Position),
) -> Result<Verified, QueryError> {
    let (name, head) = (model.name(), log.head());
    let found = model.open(dir, disk, log)?;
    let serving = found.serving.map(|found| found.feed).filter(|feed| feed.current());
    let Some(mut live) = serving else {
        let finding = if found.damages.is_empty() {
            Finding::Missing
        } else {
            Finding::Damaged(found.damages.join("; "))
        };
        return Ok(Verified { name, position: head, same: 0, finding });
    };
    catch_up(&mut *live, log, head, &mut |_, _| {})?;
    let fresh: Arc<dyn Store> = Arc::new(DiskStore::open(scratch, disk)?);
    rebuild(model, log, Arc::clone(&fresh), head, progress)?;
    let store = live.store();
    let (same, difference) = compare(model.lines(&*store), model.lines(&*fresh))?;
    Ok(Verified { name, position: head, same, finding: difference.into() })
}

/// Folds every read model up to a position into memory and prints it.
pub fn dump_all(log: &dyn EventLog, upto: Position) -> Result<Vec<String>, QueryError> {
    let mut lines = Vec::new();
    for model in MODELS {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        rebuild(model, log, Arc::clone(&store), upto, &mut |_, _| {})?;
        for line in model.lines(&*store) {
            lines.push(line?);
        }
    }
    Ok(lines)
}

impl crate::runtime::ReadModels {
    /// Prints every read model that serves. Events that come in meanwhile may or may not be in it.
    pub fn dump(&self) -> Result<Vec<String>, QueryError> {
        let mut lines = Vec::new();
        for model in MODELS {
            let store = self.store(model.name())?;
            for line in model.lines(&*store) {
                lines.push(line?);
            }
        }
        Ok(lines)
    }

    /// Compares a read model that serves with a rebuild in memory. Exact only while no events come
    /// in: the comparison is made at the position that the rebuild reaches.
    pub fn compare_with_rebuild(&self, name: &str) -> Result<Verified, QueryError> {
        let store = self.store(name)?;
        let model = crate::registry::named(name)
            .ok_or_else(|| QueryError::NoSuchModel { asked: name.to_owned() })?;
        let fresh: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let position = self.applied();
        rebuild(model, &**self.log(), Arc::clone(&fresh), position, &mut |_, _| {})?;
        let (same, difference) = compare(model.lines(&*store), model.lines(&*fresh))?;
        Ok(Verified { name: model.name(), position, same, finding: difference.into() })
    }
}
