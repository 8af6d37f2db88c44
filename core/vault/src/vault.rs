//! The vault: keys, tokens and secrets of everybody, in one file outside the log.
//!
//! Everything that makes a key answers at once; [`Vault::sync`] (or awaiting [`Vault::synced`])
//! makes it durable and must come before the log commit that uses it. Keys leave this crate only as
//! sealed parts, keyed hashes, or the key of one event for a case file.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use uuid::Uuid;

use crate::entry::Entry;
use crate::error::VaultError;
use crate::key::{EventKey, Key, WorkspaceKey, front};
use crate::master::MasterKey;
use crate::quarantine::{day_of, day_subject};
use crate::seal::{self, Opened, Part, Sealed};
use crate::shared::Shared;
use crate::state::{KeyState, State};
use crate::store::{Location, Store};

/// How long a tombstone refuses redeliveries, and how long a backup may live.
pub const KEEP_SECONDS: i64 = 30 * 86_400;

/// The workspace of what concerns the whole installation.
pub const INSTALLATION: Uuid = Uuid::nil();

/// Numbers for `keys status` and metrics.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Status {
    /// Counts durable changes; the log's HEAD names it.
    pub generation: u64,
    /// Counts rewrites of the file.
    pub epoch: u32,
    /// Workspaces with a hashing key.
    pub workspaces: usize,
    /// Subjects with a key.
    pub subjects: usize,
    /// Subjects erased.
    pub erased: usize,
    /// Subjects (and workspaces) whose keys were lost in a restore, with consent.
    pub lost: usize,
    /// Identity values with a token.
    pub tokens: usize,
    /// Secrets.
    pub secrets: usize,
    /// Tombstones, expired ones among them until the next [`Vault::purge`].
    pub tombstones: usize,
    /// Day keys of quarantines.
    pub days: usize,
}

/// Keys, tokens and secrets. Share it as `Arc<Vault>`.
pub struct Vault {
    pub(crate) shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Vault").field(&self.status()).finish()
    }
}

impl Vault {
    /// Opens the vault at `path`, or creates it if `min_generation` is 0 and there is none.
    /// `min_generation` is what the log's HEAD names: an older file lacks keys or erasures.
    pub fn open(
        path: &Path,
        master: &MasterKey,
        min_generation: u64,
    ) -> Result<Arc<Self>, VaultError> {
        Self::open_at(&Location { path, mirror: None }, master, min_generation)
    }

    /// Like [`Self::open`], with a mirror that gets every change before it is answered.
    pub fn open_at(
        at: &Location<'_>,
        master: &MasterKey,
        min_generation: u64,
    ) -> Result<Arc<Self>, VaultError> {
        let (store, entries) = Store::open(at, master, min_generation)?;
        let mut state = State::default();
        for entry in entries {
            state.apply(entry);
        }
        let shared = Shared::new(store, state);
        let worker = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("vault-sync".to_owned())
            .spawn(move || worker.run())
            .map_err(VaultError::io("start the sync thread of", at.path))?;
        Ok(Arc::new(Self { shared, thread: Some(thread) }))
    }

    /// Returns when everything staged before the call is on the disk (and on the mirror); at once if
    /// it already is. One write and sync serves all who wait. Answers the durable generation.
    pub fn sync(&self) -> Result<u64, VaultError> {
        self.shared.sync()
    }

    /// The same for callers who must not block: await it, on any runtime.
    pub fn synced(&self) -> Synced {
        Synced { wanted: self.shared.assigned(), shared: Arc::clone(&self.shared) }
    }

    /// Why nothing is kept any more, if a write failed; the process must start again.
    pub fn poisoned(&self) -> Option<String> {
        self.shared.poisoned()
    }

    /// The generation that is on the disk; goes into the log's HEAD.
    pub fn generation(&self) -> u64 {
        self.shared.durable()
    }

    /// The epoch, which sealed parts name.
    pub fn epoch(&self) -> u32 {
        self.shared.epoch()
    }

    /// The hashing key of a workspace, made if there is none. Nil is the installation.
    pub fn workspace_key(&self, workspace: Uuid) -> Result<WorkspaceKey, VaultError> {
        self.shared.find_or_stage(
            |state| Ok(state.workspaces.get(&workspace).cloned().map(WorkspaceKey)),
            || {
                let key = Key::random();
                (Entry::Workspace { workspace, key: Arc::clone(&key) }, WorkspaceKey(key))
            },
        )
    }

    /// Makes sure that a subject (or a day) has a sealing key. Refuses one that was erased.
    pub fn ensure_subject(&self, workspace: Uuid, subject: Uuid) -> Result<(), VaultError> {
        self.subject_key(workspace, subject).map(drop)
    }

    /// The subject for which the quarantine of `owner` (a workspace, or nil) seals on a UTC day.
    pub fn ensure_day(&self, owner: Uuid, day: u32) -> Result<Uuid, VaultError> {
        let subject = day_subject(day);
        self.ensure_subject(owner, subject)?;
        Ok(subject)
    }

    /// What the vault has for a subject.
    pub fn key_state(&self, workspace: Uuid, subject: Uuid) -> KeyState {
        self.shared.state.read().key_state(workspace, subject)
    }

    fn subject_key(&self, workspace: Uuid, subject: Uuid) -> Result<Arc<Key>, VaultError> {
        self.shared.find_or_stage(
            |state| {
                if state.is_erased(workspace, subject) {
                    return Err(VaultError::Erased { subject });
                }
                Ok(state.subject_key(workspace, subject))
            },
            || {
                let key = Key::random();
                let shared = Arc::clone(&key);
                let entry = match day_of(subject) {
                    Some(day) => Entry::Day { owner: workspace, day, key },
                    None => Entry::Subject { workspace, subject, key },
                };
                (entry, shared)
            },
        )
    }

    fn known_key(&self, workspace: Uuid, subject: Uuid) -> Result<Arc<Key>, VaultError> {
        let state = self.shared.state.read();
        match state.subject_key(workspace, subject) {
            _ if state.is_erased(workspace, subject) => Err(VaultError::Erased { subject }),
            Some(key) => Ok(key),
            None => Err(VaultError::Unknown { subject }),
        }
    }

    /// Seals what one event says about one subject; makes the subject's key if there is none.
    pub fn seal(
        &self,
        workspace: Uuid,
        subject: Uuid,
        event_id: Uuid,
        plaintext: &[u8],
    ) -> Result<Sealed, VaultError> {
        let key = seal::event_key(&*self.subject_key(workspace, subject)?, event_id)?;
        seal::seal(&key, workspace, event_id, (subject, self.epoch()), plaintext)
    }

    /// Opens a sealed part of an event of `workspace`.
    pub fn open_part(&self, workspace: Uuid, event_id: Uuid, part: &Part<'_>) -> Opened {
        let key = match self.event_key(workspace, part.subject, event_id) {
            Ok(key) => key,
            Err(VaultError::Erased { .. }) => return Opened::Erased,
            Err(VaultError::Unknown { .. }) => return Opened::Unknown,
            Err(_) => return Opened::Corrupt("a key that cannot be derived"),
        };
        match seal::open_with_event_key(&key, workspace, event_id, part) {
            // The subject got a new key after the old one was lost.
            Opened::Corrupt(seal::WRONG_KEY) if self.is_lost(workspace, part.subject) => {
                Opened::Unknown
            }
            opened => opened,
        }
    }

    fn is_lost(&self, workspace: Uuid, subject: Uuid) -> bool {
        self.shared.state.read().lost.contains(&(workspace, subject))
    }

    /// The key of one event's part about one subject, for a case file. Never makes a key.
    pub fn event_key(
        &self,
        workspace: Uuid,
        subject: Uuid,
        event_id: Uuid,
    ) -> Result<EventKey, VaultError> {
        seal::event_key(&*self.known_key(workspace, subject)?, event_id)
    }

    /// A keyed hash that says "same value as before" about one subject and dies with its key.
    pub fn subject_fingerprint(
        &self,
        workspace: Uuid,
        subject: Uuid,
        label: &str,
        value: &[u8],
    ) -> Result<[u8; 8], VaultError> {
        let key = self.subject_key(workspace, subject)?;
        let mac = key.derive("convolog/fingerprint/1", &[])?.mac(label, &[value]);
        Ok(front(&mac))
    }

    /// Numbers of what is there, staged changes among them.
    pub fn status(&self) -> Status {
        let state = self.shared.state.read();
        Status {
            generation: self.generation(),
            epoch: self.epoch(),
            workspaces: state.workspaces.len(),
            subjects: state.subjects.len(),
            erased: state.erased.len(),
            lost: state.lost.len(),
            tokens: state.identities.len(),
            secrets: state.secrets.len(),
            tombstones: state.tombstones.len(),
            days: state.days.len(),
        }
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        self.shared.queue.lock().closed = true;
        self.shared.work.notify_one();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the sync thread of the vault had died");
        }
    }
}

/// Waits until everything staged before it was made is on the disk; see [`Vault::synced`].
#[must_use = "nothing is durable until this is awaited"]
pub struct Synced {
    wanted: u64,
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Synced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Synced({})", self.wanted)
    }
}

impl Future for Synced {
    type Output = Result<u64, VaultError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.shared.poll_durable(self.wanted, cx.waker()).map_or(Poll::Pending, Poll::Ready)
    }
}
