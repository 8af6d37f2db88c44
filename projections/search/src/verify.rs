//! Compares the indexes with a fresh rebuild: what can be found, and by which words.

use std::path::Path;

use convolog_log::Position;
use convolog_projections::Batch;
use convolog_projections::dump::Difference;
use convolog_projections::{Finding, Verified};

use crate::error::{SearchError, io};
use crate::index::{Feed, Folder, KINDS, ShardSettings, compare};

/// Events read at a time.
const STRETCH: usize = 1_024;

/// Rows between two commits.
const WAITING_MAX: usize = 20_000;

/// Takes and writes everything up to a position.
pub(crate) fn catch_up(
    feed: &mut Feed,
    settings: &ShardSettings,
    upto: Position,
) -> Result<(), SearchError> {
    while feed.position() < upto {
        let missing = usize::try_from(upto.0 - feed.position().0).unwrap_or(STRETCH);
        let wanted = |kind| KINDS.contains(&kind);
        let batch = Batch::read(&*settings.log, feed.position(), missing.min(STRETCH), wanted)?;
        let Some(batch) = batch else { break };
        feed.take(&batch)?;
        if feed.waiting() >= WAITING_MAX {
            feed.write()?;
        }
    }
    feed.write()
}

/// Compares a generation of a folder that stands at `position` with a rebuild beside it, which is
/// removed.
pub(crate) fn compare_with_rebuild(
    live: &crate::index::Generation,
    settings: &ShardSettings,
    position: Position,
    folder: &Folder,
) -> Result<Verified, SearchError> {
    let scratch = &folder.scratch();
    clear(scratch)?;
    let mut fresh = folder.begin_in(scratch)?;
    catch_up(&mut fresh, settings, position)?;
    let (same, difference) = compare(live, &fresh.generation)?;
    drop(fresh);
    clear(scratch)?;
    let difference = difference.map(|parting| Difference {
        line: same + 1,
        left: parting.left,
        right: parting.right,
    });
    Ok(Verified { name: crate::NAME, position, same, finding: difference.into() })
}

fn clear(path: &Path) -> Result<(), SearchError> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(io("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// Compares the indexes in `dir`, caught up with the log, with a rebuild beside them. Nobody else may
/// have them open.
pub fn verify(
    dir: &Path,
    log: std::sync::Arc<dyn convolog_log::EventLog>,
    disclose: std::sync::Arc<dyn convolog_engine::Disclose>,
    clock: std::sync::Arc<dyn convolog_log::Clock>,
) -> Result<Verified, SearchError> {
    let head = log.head();
    let settings = ShardSettings { log, disclose, clock };
    let folder = Folder::new(dir, settings.clone());
    let Some(mut live) = folder.open()?.serving else {
        return Ok(Verified {
            name: crate::NAME,
            position: head,
            same: 0,
            finding: Finding::Missing,
        });
    };
    catch_up(&mut live, &settings, head)?;
    compare_with_rebuild(&live.generation, &settings, head, &folder)
}
