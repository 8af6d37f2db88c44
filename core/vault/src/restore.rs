//! Bringing back a vault: a backup, whatever is still readable in its place, and the log's memory.
//!
//! Guarantees that nobody who was erased comes back: every erasure that the log, the backup or a
//! leftover file knows is applied again before the result gets its name. Refuses a loss of keys
//! unless it was accepted.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use uuid::Uuid;

use crate::entry::{Entry, ErasedMark};
use crate::erase::ErasureOrder;
use crate::error::VaultError;
use crate::file::{VaultFile, make_folder, scrub_and_remove, temporary};
use crate::header::Header;
use crate::master::MasterKey;
use crate::state::{KeyState, State};
use crate::stops::KeptStop;
use crate::store::{Location, exists, lock};

/// What the log knows about the vault.
#[derive(Clone, Debug, Default)]
pub struct LogFacts {
    /// Every erasure that was ever ordered.
    pub erasures: Vec<ErasureOrder>,
    /// Every (workspace, subject) that a sealed part names.
    pub needed: HashSet<(Uuid, Uuid)>,
    /// Every stop that was kept beyond an erasure.
    pub stops: Vec<KeptStop>,
    /// Every (workspace, secret id) that was removed.
    pub removed_secrets: Vec<(Uuid, Uuid)>,
    /// The first quarantine day whose key may still exist.
    pub before_day: u32,
    /// The vault generation that HEAD names.
    pub generation: u64,
}

/// A restore, to be started with [`Restore::run`].
#[derive(Debug)]
pub struct Restore<'a> {
    /// The backup.
    pub backup: &'a Path,
    /// The master key it was made with.
    pub backup_master: &'a MasterKey,
    /// Where the vault belongs. What is still readable there is kept.
    pub to: Location<'a>,
    /// The master key from now on.
    pub master: &'a MasterKey,
    /// Seconds since 1970.
    pub now: i64,
    /// Go on although subjects or workspaces of the log end up without keys.
    pub accept_loss: bool,
    /// Go on although the backup should no longer exist.
    pub accept_expired: bool,
}

/// What a restore did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Restored {
    /// Of the new vault; later than any that the log or a source named.
    pub generation: u64,
    /// Of the new vault.
    pub epoch: u32,
    /// Subjects with a key.
    pub subjects: u64,
    /// Subjects whose keys the sources still had and which were erased again.
    pub erased_again: u64,
    /// Subjects erased in all.
    pub erased: u64,
    /// Subjects of the log that nobody can read any more, without having been erased.
    pub unreadable: u64,
    /// Workspaces of the log without their hashing key: what they claimed cannot be recognised.
    pub workspaces_lost: u64,
}

/// A vault file, read.
struct Source {
    header: Header,
    generation: u64,
    entries: Vec<Entry>,
}

impl Restore<'_> {
    /// Checks everything, then puts the new vault in its place, then answers. Until then nothing
    /// that was there is touched. Open it with [`crate::Vault::open_at`] afterwards.
    pub fn run(&self, log: &LogFacts) -> Result<Restored, VaultError> {
        make_folder(self.to.path)?;
        let _lock = lock(self.to.path)?;
        let sources = self.sources()?;
        let newest = sources.iter().map(|s| s.generation).fold(log.generation, u64::max);
        let epoch = sources.iter().map(|s| s.header.epoch).fold(0, u32::max) + 1;
        let generation = newest + 1;
        let vault = sources.first().map_or(Uuid::nil(), |source| source.header.vault);

        let mut state = State::default();
        for entry in sources.into_iter().flat_map(|source| source.entries) {
            state.apply(entry);
        }
        for stop in &log.stops {
            state.stop_entries(stop, i64::MAX).into_iter().for_each(|entry| state.apply(entry));
        }
        let mut restored = Restored { generation, epoch, ..Restored::default() };
        restored.erased_again = erase_again(&mut state, log, generation, epoch);
        for &(workspace, id) in &log.removed_secrets {
            state.secrets.remove(&(workspace, id));
        }
        state.destroy_days(log.before_day.max(state.days_destroyed_before));
        state.expire_tombstones(self.now);
        self.account_for_losses(&mut state, log, &mut restored)?;
        restored.subjects = wide(state.subjects.len());
        restored.erased = wide(state.erased.len());

        let header = Header::new(vault, epoch, generation, 0, 0);
        VaultFile::create(self.to.path, header, self.master, &state.entries())?;
        scrub_and_remove(&temporary(self.to.path))?;
        Ok(restored)
    }

    /// The backup, and what is readable of the vault and its mirror; the oldest first, so that the
    /// newest has the last word.
    fn sources(&self) -> Result<Vec<Source>, VaultError> {
        let backup = read(self.backup, self.backup_master)?;
        let expires = backup.header.expires_at;
        if !backup.header.is_backup() {
            return Err(VaultError::NotBackup { path: self.backup.to_path_buf() });
        }
        if expires <= self.now && !self.accept_expired {
            return Err(VaultError::Expired { path: self.backup.to_path_buf(), expired: expires });
        }
        let vault = backup.header.vault;
        let mut sources = vec![backup];
        for path in [Some(self.to.path), self.to.mirror].into_iter().flatten() {
            if !exists(path)? {
                continue;
            }
            let source = match read(path, self.master).or_else(|_| read(path, self.backup_master)) {
                Ok(source) => source,
                Err(error) => {
                    tracing::warn!(%error, "restoring without a file that cannot be read");
                    continue;
                }
            };
            if source.header.vault != vault {
                return Err(VaultError::OtherVault { path: path.to_path_buf() });
            }
            sources.push(source);
        }
        sources.sort_by_key(|source| source.generation);
        Ok(sources)
    }

    /// Counts what the log needs and nobody has; marks it as lost if that was accepted.
    fn account_for_losses(
        &self,
        state: &mut State,
        log: &LogFacts,
        restored: &mut Restored,
    ) -> Result<(), VaultError> {
        let unreadable: Vec<(Uuid, Uuid)> = log
            .needed
            .iter()
            .copied()
            .filter(|&(workspace, subject)| {
                state.key_state(workspace, subject) == KeyState::Unknown
            })
            .collect();
        let workspaces: HashSet<Uuid> = log
            .needed
            .iter()
            .map(|&(workspace, _)| workspace)
            .filter(|workspace| !state.workspaces.contains_key(workspace))
            .collect();
        restored.unreadable = wide(unreadable.len());
        restored.workspaces_lost = wide(workspaces.len());
        // What was lost and accepted before is no reason to refuse now.
        let subjects = wide(unreadable.iter().filter(|&name| !state.lost.contains(name)).count());
        if subjects + restored.workspaces_lost > 0 && !self.accept_loss {
            let workspaces = restored.workspaces_lost;
            return Err(VaultError::WouldLose { subjects, workspaces });
        }
        state.lost.extend(unreadable);
        // The nil subject stands for the hashing key of the workspace.
        state.lost.extend(workspaces.into_iter().map(|workspace| (workspace, Uuid::nil())));
        Ok(())
    }
}

/// Applies every erasure that any source or the log knows; answers how many keys that removed.
fn erase_again(state: &mut State, log: &LogFacts, generation: u64, epoch: u32) -> u64 {
    let ordered = log.erasures.iter().map(|order| {
        let mark = ErasedMark { at: order.at, generation, epoch };
        ((order.workspace, order.subject), mark)
    });
    let mut marks: HashMap<_, _> = ordered.collect();
    // What a source marked keeps the generation that its certificate names.
    marks.extend(state.erased.iter().map(|(&name, &mark)| (name, mark)));
    state.erase(&marks)
}

/// The erasures that a vault file or backup knows of: what a mirror can add to an older log.
pub fn erasures(path: &Path, master: &MasterKey) -> Result<Vec<ErasureOrder>, VaultError> {
    let mut state = State::default();
    for entry in read(path, master)?.entries {
        state.apply(entry);
    }
    let erased = state.erased.iter();
    Ok(erased
        .map(|(&(workspace, subject), mark)| ErasureOrder { workspace, subject, at: mark.at })
        .collect())
}

fn read(path: &Path, master: &MasterKey) -> Result<Source, VaultError> {
    let (header, generation, entries) = VaultFile::read(path, master)?;
    Ok(Source { header, generation, entries })
}

fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
