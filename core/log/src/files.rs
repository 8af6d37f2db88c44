//! Files written so that they are there after a power cut: file, then name, then folder.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::error::LogError;

/// Names the attempt and the file.
pub(crate) fn io_error(
    action: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> LogError + use<> {
    let path = path.to_path_buf();
    move |source| LogError::Io { action, path, source }
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), LogError> {
    let folder = File::open(path).map_err(io_error("open the folder", path))?;
    folder.sync_all().map_err(io_error("sync the folder", path))
}

/// Makes a folder, its parents, and their names durable.
pub(crate) fn create_folder(path: &Path) -> Result<(), LogError> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        create_folder(parent)?;
        fs::create_dir_all(path).map_err(io_error("create the folder", path))?;
        return sync_folder(parent);
    }
    fs::create_dir_all(path).map_err(io_error("create the folder", path))
}

/// Puts `content` in place of whatever `path` held: afterwards either all of it is there or all
/// of the old.
pub(crate) fn replace_file(path: &Path, content: &[u8]) -> Result<(), LogError> {
    let fresh = path.with_extension("new");
    write_synced(&fresh, content)?;
    fs::rename(&fresh, path).map_err(io_error("rename into place", path))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Writes a file and syncs it; the name is not durable until its folder is synced.
pub(crate) fn write_synced(path: &Path, content: &[u8]) -> Result<(), LogError> {
    let mut file = File::create(path).map_err(io_error("create", path))?;
    file.write_all(content).map_err(io_error("write", path))?;
    file.sync_all().map_err(io_error("sync", path))
}

/// Removes a file that may not be there.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), LogError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(io_error("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// Reads a file that may not be there.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, LogError> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error("read", path)(error)),
    }
}
