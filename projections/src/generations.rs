//! Which generation of a read model serves, and what the one beside it is for.
//!
//! One small file in the model's folder, replaced as a whole, decides after any crash: a change is
//! made when that file is on the disk, and not before. A generation that it does not name is
//! nobody's, and removed. There is never more than one beside the one that serves.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use convolog_log::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::StoreError;

/// The name of the file.
const NAME: &str = "GENERATIONS";

/// How a rebuilt read model comes to serve.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Swap {
    /// By itself, as soon as it has caught up.
    #[default]
    Auto,
    /// It waits, complete, until somebody asks for the swap.
    Manual,
}

/// What a generation beside the serving one is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Purpose {
    /// It is being built, and will wait when it is complete.
    Building,
    /// It is being built or caught up, and will be swapped in then.
    Joining,
    /// Complete: it waits for the swap.
    Waiting,
    /// It served before, and is kept until then so that it can serve again.
    Kept(Timestamp),
}

impl Purpose {
    /// Whether somebody works on it.
    pub(crate) const fn is_going_on(self) -> bool {
        matches!(self, Self::Building | Self::Joining)
    }
}

impl From<Swap> for Purpose {
    fn from(swap: Swap) -> Self {
        match swap {
            Swap::Auto => Self::Joining,
            Swap::Manual => Self::Building,
        }
    }
}

/// The generation beside the one that serves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Beside {
    pub(crate) generation: u64,
    /// The version of the fold that began it.
    pub(crate) version: u32,
    pub(crate) purpose: Purpose,
}

/// What the file says.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(crate) struct Generations {
    /// The one that serves, with the version of its fold.
    pub(crate) serving: Option<(u64, u32)>,
    pub(crate) beside: Option<Beside>,
}

impl Generations {
    /// What stands in the folder; none if nothing does, or nothing that can be read.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let bytes = std::fs::read(folder.join(NAME)).ok()?;
        let read = serde_json::from_slice(&bytes);
        read.inspect_err(|error| tracing::warn!(path = %folder.display(), %error, "could not read which generation serves; the newest complete one does"))
            .ok()
    }

    /// Puts it in the folder, on the disk when this returns.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(NAME);
        let failed = |source| StoreError::Io { action: "write", path: path.clone(), source };
        self.put(folder, &path).map_err(failed)
    }

    fn put(&self, folder: &Path, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let new: PathBuf = folder.join(format!("{NAME}.new"));
        let mut file = File::create(&new)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        std::fs::rename(&new, path)?;
        File::open(folder)?.sync_all()
    }

    /// The generation of that number serves from now on. The one before is kept until `until` if
    /// it is older, and waits if it is newer, because then this is a roll back. None if it was
    /// called off meanwhile.
    pub(crate) fn swapped(self, number: u64, until: Option<Timestamp>) -> Option<Self> {
        let joined = self.beside.filter(|beside| beside.generation == number)?;
        let beside = self.serving.and_then(|(generation, version)| {
            let purpose =
                if generation > number { Purpose::Waiting } else { Purpose::Kept(until?) };
            Some(Beside { generation, version, purpose })
        });
        Some(Self { serving: Some((number, joined.version)), beside })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATER: Timestamp = Timestamp(9);

    const fn joining(generation: u64) -> Beside {
        Beside { generation, version: 1, purpose: Purpose::Joining }
    }

    #[test]
    fn what_served_before_is_kept_and_what_is_rolled_back_from_waits() {
        let first = Generations { serving: Some((1, 1)), beside: Some(joining(2)) };
        let second = first.swapped(2, Some(LATER)).unwrap();
        assert_eq!(second.serving, Some((2, 1)));
        let kept = Beside { generation: 1, version: 1, purpose: Purpose::Kept(LATER) };
        assert_eq!(second.beside, Some(kept));
        let back =
            Generations { beside: Some(joining(1)), ..second }.swapped(1, Some(LATER)).unwrap();
        assert_eq!(back.serving, Some((1, 1)));
        let waiting = Beside { generation: 2, version: 1, purpose: Purpose::Waiting };
        assert_eq!(back.beside, Some(waiting));
    }

    #[test]
    fn nothing_is_kept_that_nobody_wants_and_nothing_swapped_that_was_called_off() {
        let first = Generations { serving: Some((1, 1)), beside: Some(joining(2)) };
        assert_eq!(first.swapped(2, None).unwrap().beside, None);
        assert_eq!(Generations { beside: None, ..first }.swapped(2, Some(LATER)), None);
    }

    #[test]
    fn what_is_written_is_read_and_what_is_none_is_nothing() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Generations::read(dir.path()), None);
        let written = Generations { serving: Some((3, 2)), beside: Some(joining(4)) };
        written.write(dir.path()).unwrap();
        assert_eq!(Generations::read(dir.path()), Some(written));
        std::fs::write(dir.path().join(NAME), b"{\"serving\":").unwrap();
        assert_eq!(Generations::read(dir.path()), None);
    }
}
