//! Which installation this is, so that a copy of it does not act.
//!
//! A data folder that was copied, restored or rolled back to another machine has another
//! fingerprint than the one that was armed, and stays disarmed. (A disk image that was rolled back
//! on the same machine cannot be seen from inside: docs/operating.md.)

use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use convolog_domain::{
    WorkspaceId,
    installation::{ArmInstance, DisarmInstance, Installation},
};
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
        let marker = data.join("INSTANCE");
        let failed = |action| {
            let path = marker.clone();
            move |source| InstanceError { action, path, source }
        };
        if !marker.exists() {
            std::fs::write(&marker, b"This file's place on the disk names the instance.\n")
                .map_err(failed("write"))?;
        }
        let meta = std::fs::metadata(&marker).map_err(failed("look at"))?;
        let mut machine = String::new();
        if let Ok(mut file) = std::fs::File::open("/etc/machine-id") {
            file.read_to_string(&mut machine).map_err(failed("read the machine's id for"))?;
        }
        let (device, inode) = (meta.dev().to_string(), meta.ino().to_string());
        Ok(Self(digest(&["folder", machine.trim(), &device, &inode])))
    }

    /// The fingerprint as the log keeps it.
    pub fn fingerprint(&self) -> &str {
        &self.0
    }
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
}
