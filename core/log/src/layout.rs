//! Which file of a log lies where.
//!
//! ```text
//! LOCK  MANIFEST  HEAD  ballast
//! volumes/00000001.blocks  volumes/00000001.index     closed
//! volumes/00000002.sled/                              live
//! ```

use std::path::{Path, PathBuf};

/// The folder of a log.
#[derive(Clone, Debug)]
pub(crate) struct Layout(PathBuf);

impl Layout {
    pub(crate) fn new(root: &Path) -> Self {
        Self(root.to_path_buf())
    }
    pub(crate) fn root(&self) -> &Path {
        &self.0
    }
    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("LOCK")
    }
    pub(crate) fn manifest(&self) -> PathBuf {
        self.0.join("MANIFEST")
    }
    pub(crate) fn head(&self) -> PathBuf {
        self.0.join("HEAD")
    }
    pub(crate) fn volumes(&self) -> PathBuf {
        self.0.join("volumes")
    }
    pub(crate) fn sled(&self, number: u32) -> PathBuf {
        self.volumes().join(format!("{number:08}.sled"))
    }
    pub(crate) fn blocks(&self, number: u32) -> PathBuf {
        self.volumes().join(format!("{number:08}.blocks"))
    }
    pub(crate) fn index(&self, number: u32) -> PathBuf {
        self.volumes().join(format!("{number:08}.index"))
    }
}

/// The number and kind (`sled`, `blocks`, `index`, …) of a name in `volumes/`.
pub(crate) fn parse_name(name: &str) -> Option<(u32, &str)> {
    let (number, kind) = name.split_once('.')?;
    (number.len() == 8).then_some(())?;
    Some((number.parse().ok()?, kind))
}
