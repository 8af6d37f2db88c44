//! Which installation this is, so that a copy of it does not act.
//!
//! A data folder that was copied, restored or rolled back to another machine has another
//! fingerprint than the one that was armed, and stays disarmed. The marker also remembers how far
//! the log had come: an older log put back beside it is refused until the marker is removed, which
//! disarms. (A disk image that was rolled back as a whole cannot be seen from inside:
//! docs/operating.md.)

use std::io::Read;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use convolog_domain::{
    WorkspaceId,
    installation::{ArmInstance, DisarmInstance, Installation},
};
use convolog_log::Position;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::Done;

/// What tells this instance from a copy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instance(String);

/// Why the instance cannot be told.
#[derive(Debug, thiserror::Error)]
#[error("could not {action} {path}, which tells this instance from a copy of it")]
pub struct InstanceError {
    action: &'static str,
    path: PathBuf,
    #[source]
    source: std::io::Error,
}

impl Instance {
    /// The instance that its operator names (`CONVOLOG_INSTANCE`).
    pub fn named(name: &str) -> Self {
        Self(digest(&["named", name]))
    }

    /// The instance of a data folder: the machine's id, device and inode of a marker file.
    ///
    /// # Errors
    /// If the marker can be neither made nor read.
    pub fn of_folder(data: &Path) -> Result<Self, InstanceError> {
        let marker = Self::marker(data);
        let failed = |action| {
            let path = marker.clone();
            move |source| InstanceError { action, path, source }
        };
        if !marker.exists() {
            std::fs::write(&marker, mark(Position::START)).map_err(failed("write"))?;
        }
        let meta = std::fs::metadata(&marker).map_err(failed("look at"))?;
        let mut machine = String::new();
        if let Ok(mut file) = std::fs::File::open("/etc/machine-id") {
            file.read_to_string(&mut machine).map_err(failed("read the machine's id for"))?;
        }
        let (device, inode) = (meta.dev().to_string(), meta.ino().to_string());
        Ok(Self(digest(&["folder", machine.trim(), &device, &inode])))
    }

    /// The file whose place on the disk names the instance.
    pub fn marker(data: &Path) -> PathBuf {
        data.join("INSTANCE")
    }

    /// How far the log had come when the marker was last written; nothing if there is no marker or
    /// it cannot be read.
    pub fn last_seen(data: &Path) -> Option<Position> {
        let text = std::fs::read_to_string(Self::marker(data)).ok()?;
        let (position, check) = text.strip_prefix("position ")?.trim_end().split_once(' ')?;
        (check == digest(&["position", position]).get(..8)?).then_some(())?;
        position.parse().ok().map(Position)
    }

    /// Remembers how far the log has come. Written in place, so that the marker stays the same file;
    /// a torn one says nothing.
    ///
    /// # Errors
    /// If the marker cannot be written.
    pub fn remember(data: &Path, head: Position) -> Result<(), InstanceError> {
        let path = Self::marker(data);
        let write = || -> std::io::Result<()> {
            let file = std::fs::File::options().write(true).open(&path)?;
            file.write_all_at(mark(head).as_bytes(), 0)
        };
        write().map_err(|source| InstanceError { action: "write", path: path.clone(), source })
    }

    /// The fingerprint as the log keeps it.
    pub fn fingerprint(&self) -> &str {
        &self.0
    }
}

/// What the marker holds; always of the same length.
fn mark(head: Position) -> String {
    let position = format!("{:020}", head.0);
    let check = digest(&["position", &position]);
    format!("position {position} {}\n", check.get(..8).unwrap_or_default())
}

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

impl Engine {
    /// Lets this instance, and no other, act on the outside world.
    pub async fn arm(&self, caller: &Caller, instance: &Instance) -> Result<Done, EngineError> {
        let command = ArmInstance { instance: instance.0.clone() };
        self.execute(&caller.in_workspace(WorkspaceId::INSTALLATION), Uuid::nil(), command).await
    }

    /// Lets no instance act.
    pub async fn disarm(&self, caller: &Caller, reason: &str) -> Result<Done, EngineError> {
        let command = DisarmInstance { reason: reason.to_owned() };
        self.execute(&caller.in_workspace(WorkspaceId::INSTALLATION), Uuid::nil(), command).await
    }

    /// Whether this instance may act.
    pub fn is_armed(&self, instance: &Instance) -> Result<bool, EngineError> {
        let loaded = self.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?;
        Ok(loaded.state.armed.as_deref() == Some(instance.fingerprint()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_folder_is_another_instance() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        std::fs::create_dir(&a).unwrap();
        std::fs::create_dir(&b).unwrap();
        let first = Instance::of_folder(&a).unwrap();
        assert_eq!(first, Instance::of_folder(&a).unwrap());
        std::fs::copy(a.join("INSTANCE"), b.join("INSTANCE")).unwrap();
        assert_ne!(first, Instance::of_folder(&b).unwrap());
        assert_ne!(Instance::named("x"), Instance::named("y"));
    }

    #[test]
    fn the_marker_remembers_and_stays_the_same_file() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Instance::last_seen(dir.path()), None);
        let instance = Instance::of_folder(dir.path()).unwrap();
        Instance::remember(dir.path(), Position(4711)).unwrap();
        assert_eq!(Instance::last_seen(dir.path()), Some(Position(4711)));
        assert_eq!(Instance::of_folder(dir.path()).unwrap(), instance);
        std::fs::write(Instance::marker(dir.path()), "position 00000000000000009999 torn").unwrap();
        assert_eq!(Instance::last_seen(dir.path()), None);
    }
}
