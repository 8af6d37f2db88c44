//! Erasing: the key goes, and with it everything that was ever sealed with it, here and in every
//! copy of the log. What leads back to the person (identity tokens) goes too.
//!
//! Every erasure rewrites the file under a new epoch, because a file that is only appended to keeps
//! what it dropped. Also here: everything else that makes bytes go away for good.

use std::collections::HashMap;

use uuid::Uuid;

use crate::entry::ErasedMark;
use crate::error::VaultError;
use crate::master::MasterKey;
use crate::vault::{KEEP_SECONDS, Vault};

/// One erasure that the log asks for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ErasureOrder {
    /// Whose workspace.
    pub workspace: Uuid,
    /// Whom.
    pub subject: Uuid,
    /// When it was decided, in seconds since 1970.
    pub at: i64,
}

/// What the certificate says about the keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Erasure {
    /// When the key went; seconds since 1970.
    pub at: i64,
    /// The first generation of the vault without the key.
    pub generation: u64,
    /// The epoch that began with it.
    pub epoch: u32,
    /// From then on no backup of the vault has the key either; seconds since 1970.
    pub backups_expire_at: i64,
}

/// What the vault holds of somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Footprint {
    /// Sealing keys.
    pub keys: usize,
    /// Joint subjects that they are a member of: what is sealed for those goes too.
    pub joint: Vec<Uuid>,
    /// Tokens that lead from an identity to them.
    pub tokens: usize,
}

/// What [`Vault::purge`] removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Purged {
    /// Tombstones whose 30 days are over.
    pub tombstones: usize,
    /// Day keys of quarantines.
    pub days: usize,
}

impl Vault {
    /// Erases one subject at `at` (seconds since 1970). Durable when it returns. Doing it again
    /// answers what the first time answered. Write the generation to the log's HEAD before you
    /// answer for it: HEAD is what refuses an older copy of the vault.
    pub fn erase(&self, workspace: Uuid, subject: Uuid, at: i64) -> Result<Erasure, VaultError> {
        let order = ErasureOrder { workspace, subject, at };
        self.erase_all(&[order])?.pop().ok_or(VaultError::Unknown { subject })
    }

    /// Erases many subjects with one rewrite; answers in their order.
    pub fn erase_all(&self, orders: &[ErasureOrder]) -> Result<Vec<Erasure>, VaultError> {
        self.shared.rewrite(None, |state| {
            let new: HashMap<_, _> = orders
                .iter()
                .map(|order| {
                    // Generation and epoch are known when the new file is.
                    let mark = ErasedMark { at: order.at, generation: 0, epoch: 0 };
                    ((order.workspace, order.subject), mark)
                })
                .filter(|(name, _)| !state.erased.contains_key(name))
                .collect();
            state.erase(&new);
            ((), !new.is_empty())
        })?;
        Ok(orders.iter().filter_map(|order| self.erasure(order.workspace, order.subject)).collect())
    }

    /// What can be certified of a subject that was erased.
    pub fn erasure(&self, workspace: Uuid, subject: Uuid) -> Option<Erasure> {
        let mark = *self.shared.state.read().erased.get(&(workspace, subject))?;
        Some(Erasure {
            at: mark.at,
            generation: mark.generation,
            epoch: mark.epoch,
            backups_expire_at: mark.at.saturating_add(KEEP_SECONDS),
        })
    }

    /// What an erasure of all of `subjects` would destroy.
    pub fn footprint(&self, workspace: Uuid, subjects: &[Uuid]) -> Footprint {
        let state = self.shared.state.read();
        let theirs = |of: Uuid, id: &Uuid| of == workspace && subjects.contains(id);
        let keys = subjects.iter().filter(|&&id| state.subjects.contains_key(&(workspace, id)));
        let identities = state.identities.iter();
        Footprint {
            keys: keys.count(),
            joint: state
                .joints
                .iter()
                .filter(|((of, _), members)| members.iter().any(|id| theirs(*of, id)))
                .map(|((_, joint), _)| *joint)
                .collect(),
            tokens: identities
                .filter(|((of, ..), identity)| theirs(*of, &identity.subject))
                .count(),
        }
    }

    /// Destroys the keys of quarantine days before `before_day`; they are never made again. Answers
    /// how many.
    pub fn destroy_day_keys(&self, before_day: u32) -> Result<usize, VaultError> {
        self.shared.rewrite(None, |state| {
            let moved = state.days_destroyed_before < before_day;
            let count = state.destroy_days(before_day);
            (count, moved || count > 0)
        })
    }

    /// Removes what has run out at `now`: tombstones, and the keys of quarantine days before
    /// `before_day`. One rewrite, and none if nothing has.
    pub fn purge(&self, now: i64, before_day: u32) -> Result<Purged, VaultError> {
        self.shared.rewrite(None, |state| {
            let tombstones = state.expire_tombstones(now);
            // A mark that only moves on needs no rewrite: there was no key to destroy.
            let days = state.destroy_days(before_day);
            (Purged { tombstones, days }, tombstones + days > 0)
        })
    }

    /// Removes secrets, each named by workspace and id, for good. Answers how many there were; if
    /// none, nothing is written.
    pub fn remove_secrets(&self, names: &[(Uuid, Uuid)]) -> Result<usize, VaultError> {
        self.shared.rewrite(None, |state| {
            let removed = names.iter().filter(|name| state.secrets.remove(name).is_some()).count();
            (removed, removed > 0)
        })
    }

    /// Re-wraps everything under a new master key. Keep the old one until no backup made with it is
    /// left. Answers the new epoch.
    pub fn rotate_master(&self, new_master: MasterKey) -> Result<u32, VaultError> {
        self.shared.rewrite(Some(new_master), |_| ((), true))?;
        Ok(self.epoch())
    }
}
