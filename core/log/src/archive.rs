//! Blocks files on their own: exports, archives, golden logs.
//!
//! A blocks file needs nothing else to be read: it names its log, and each block is checked
//! against the one before.

use std::fs::File;
use std::path::Path;

use crate::block::BlockHeader;
use crate::closed::blocks_of;
use crate::error::LogError;
use crate::files::io_error;
use crate::manifest::Junction;
use crate::record::Record;
use crate::walk::Walk;

/// Walks over a blocks file that continues `start` (the default for the first of a log), checks it
/// and hands out each block's records. Returns what the next file would continue.
///
/// # Errors
/// [`LogError::Corrupt`] at the first thing that is not as it was written, an unfinished commit at
/// the end included; whatever `each` returns.
pub fn walk_blocks_file(
    path: &Path,
    start: Junction,
    mut each: impl FnMut(&BlockHeader, &[Record]) -> Result<(), LogError>,
) -> Result<Junction, LogError> {
    let file = File::open(path).map_err(io_error("open", path))?;
    let size = file.metadata().map_err(io_error("look at", path))?.len();
    let mut walk: Option<Walk> = None;
    for stored in blocks_of(&file, path, size) {
        let stored = stored?;
        let walk = if let Some(walk) = &mut walk {
            walk
        } else {
            let header = BlockHeader::decode(&stored)?;
            walk.insert(Walk::new(header.log, header.partition, start.clone()))
        };
        let step = walk.step(&stored)?;
        each(&step.block.header, &step.records)?;
    }
    match walk {
        Some(walk) if !walk.is_whole() => {
            Err(LogError::corrupt_at("the start of a commit without its end", walk.at.position))
        }
        Some(walk) => Ok(walk.at),
        None => Ok(start),
    }
}
