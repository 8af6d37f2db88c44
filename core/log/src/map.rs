//! The one place that maps a file into memory.
//!
//! Only index files are mapped: immutable, written by us, checked by checksum before use, and
//! derived, so that a broken one is built again.
#![expect(unsafe_code, reason = "a file mapping cannot be made without it")]

use std::fs::File;
use std::path::Path;

use bytes::Bytes;
use memmap2::Mmap;

use crate::error::LogError;
use crate::files::io_error;

/// Maps a whole file. It must not be written to or cut while mapped: index files are replaced by
/// renaming, which leaves the mapped one alone.
pub(crate) fn map(path: &Path) -> Result<Bytes, LogError> {
    let file = File::open(path).map_err(io_error("open", path))?;
    // SAFETY: index files are never changed in place (see above), and the lock on the data folder
    // keeps other processes of ours away from it.
    let mapping = unsafe { Mmap::map(&file) }.map_err(io_error("map", path))?;
    Ok(Bytes::from_owner(mapping))
}
