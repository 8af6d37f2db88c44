//! What the threads of an open log share.

use std::sync::{Arc, OnceLock};

use parking_lot::{Mutex, RwLock};
use tokio::sync::watch;

use crate::closer::Closing;
use crate::error::{AppendError, LogError};
use crate::head::HeadKeeper;
use crate::ids::{LogId, Position};
use crate::layout::Layout;
use crate::manifest::Manifest;
use crate::next::NextVolume;
use crate::options::Options;
use crate::space::Space;
use crate::tree::Frontier;
use crate::volumes::Volumes;

pub(crate) struct Shared {
    pub(crate) id: LogId,
    pub(crate) layout: Layout,
    pub(crate) options: Options,
    pub(crate) volumes: RwLock<Arc<Volumes>>,
    /// The synced head.
    pub(crate) head: watch::Sender<Position>,
    /// The tree over all synced events.
    pub(crate) frontier: Mutex<Frontier>,
    pub(crate) keeper: HeadKeeper,
    pub(crate) space: Space,
    /// Changed by the closing thread only.
    pub(crate) manifest: Mutex<Manifest>,
    pub(crate) closing: Closing,
    pub(crate) next: NextVolume,
    poison: OnceLock<String>,
}

impl Shared {
    pub(crate) fn new(
        manifest: Manifest,
        layout: Layout,
        options: Options,
        volumes: Volumes,
        frontier: Frontier,
        keeper: HeadKeeper,
        space: Space,
    ) -> Self {
        Self {
            id: manifest.log,
            manifest: Mutex::new(manifest),
            closing: Closing::default(),
            next: NextVolume::default(),
            layout,
            options,
            volumes: RwLock::new(Arc::new(volumes)),
            head: watch::Sender::new(Position(frontier.size())),
            frontier: Mutex::new(frontier),
            keeper,
            space,
            poison: OnceLock::new(),
        }
    }

    pub(crate) fn volumes(&self) -> Arc<Volumes> {
        Arc::clone(&self.volumes.read())
    }

    /// Puts a changed set of volumes in place of the one that readers take next.
    pub(crate) fn change_volumes<T>(&self, change: impl FnOnce(&mut Volumes) -> T) -> T {
        let mut volumes = self.volumes.write();
        let mut changed = Volumes::clone(&volumes);
        let result = change(&mut changed);
        *volumes = Arc::new(changed);
        result
    }

    /// After this nothing is written any more: a failed write or sync leaves it unknown what is on
    /// the disk, and only opening again finds out.
    pub(crate) fn poison(&self, error: &LogError) {
        let mut reason = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            reason = format!("{reason}: {inner}");
            cause = inner.source();
        }
        tracing::error!(reason, "the log is poisoned; restart the process");
        // The first reason is the one that explains the others.
        drop(self.poison.set(reason));
    }

    pub(crate) fn poisoned(&self) -> Option<&str> {
        self.poison.get().map(String::as_str)
    }

    /// Refuses when poisoned.
    pub(crate) fn healthy(&self) -> Result<(), AppendError> {
        self.poisoned().map_or(Ok(()), |reason| Err(AppendError::Poisoned(reason.to_owned())))
    }
}
