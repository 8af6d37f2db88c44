//! What the vault knows, in memory: the fold of its entries.
//!
//! Owns the rules of erasing: what goes, what stays in its place. Does no I/O and reads no clock.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use secrecy::SecretString;
use uuid::Uuid;

use crate::entry::{Entry, ErasedMark};
use crate::joint::joint_key;
use crate::key::Key;
use crate::quarantine::day_of;
use crate::vault::KEEP_SECONDS;

/// A token and the subject it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Identity {
    /// Stands for the value wherever it must be named in the clear. Random.
    pub token: Uuid,
    /// With whose erasure it goes.
    pub subject: Uuid,
}

/// A keyed hash about which redeliveries are refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Tombstone {
    pub(crate) erased_at: i64,
    pub(crate) expires: i64,
}

/// What the vault has for a subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyState {
    /// Its key.
    Present,
    /// The mark that it was erased; there will never be a key again.
    Erased,
    /// Nothing: never seen, or lost with an older copy of the vault.
    Unknown,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) workspaces: HashMap<Uuid, Arc<Key>>,
    pub(crate) subjects: HashMap<(Uuid, Uuid), Arc<Key>>,
    pub(crate) identities: HashMap<(Uuid, u8, [u8; 32]), Identity>,
    pub(crate) secrets: HashMap<(Uuid, Uuid), Arc<SecretString>>,
    pub(crate) tombstones: HashMap<(Uuid, [u8; 32]), Tombstone>,
    pub(crate) days: HashMap<(Uuid, u32), Arc<Key>>,
    pub(crate) erased: HashMap<(Uuid, Uuid), ErasedMark>,
    pub(crate) days_destroyed_before: u32,
    pub(crate) lost: HashSet<(Uuid, Uuid)>,
    pub(crate) joints: HashMap<(Uuid, Uuid), Arc<[Uuid]>>,
    /// Erased in memory, but in no file yet.
    unsettled: Vec<(Uuid, Uuid)>,
}

impl State {
    /// Takes in one entry.
    pub(crate) fn apply(&mut self, entry: Entry) {
        match entry {
            Entry::Workspace { workspace, key } => {
                self.workspaces.insert(workspace, key);
            }
            Entry::Subject { workspace, subject, key } => {
                self.subjects.insert((workspace, subject), key);
            }
            Entry::Identity { workspace, kind, hash, token, subject } => {
                self.identities.insert((workspace, kind, hash), Identity { token, subject });
            }
            Entry::Secret { workspace, id, value } => {
                self.secrets.insert((workspace, id), value);
            }
            Entry::Tombstone { workspace, hash, erased_at, expires } => {
                self.tombstones.insert((workspace, hash), Tombstone { erased_at, expires });
            }
            Entry::Day { owner, day, key } => {
                self.days.insert((owner, day), key);
            }
            Entry::Erased { workspace, subject, mark } => {
                self.erased.insert((workspace, subject), mark);
            }
            Entry::DaysDestroyed { before } => {
                self.days_destroyed_before = self.days_destroyed_before.max(before);
            }
            Entry::Lost { workspace, subject } => {
                self.lost.insert((workspace, subject));
            }
            Entry::Joint { workspace, id, members } => {
                self.joints.insert((workspace, id), members);
            }
        }
    }

    /// Everything as entries, for a rewrite or a backup. Keys are shared, not copied.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let mut out = Vec::with_capacity(
            self.subjects.len() + self.identities.len() + self.workspaces.len() + 16,
        );
        out.push(Entry::DaysDestroyed { before: self.days_destroyed_before });
        out.extend(
            self.workspaces
                .iter()
                .map(|(&workspace, key)| Entry::Workspace { workspace, key: Arc::clone(key) }),
        );
        out.extend(self.subjects.iter().map(|(&(workspace, subject), key)| Entry::Subject {
            workspace,
            subject,
            key: Arc::clone(key),
        }));
        out.extend(self.identities.iter().map(|(&(workspace, kind, hash), identity)| {
            let Identity { token, subject } = *identity;
            Entry::Identity { workspace, kind, hash, token, subject }
        }));
        out.extend(self.secrets.iter().map(|(&(workspace, id), value)| Entry::Secret {
            workspace,
            id,
            value: Arc::clone(value),
        }));
        out.extend(self.tombstones.iter().map(|(&(workspace, hash), tombstone)| {
            let Tombstone { erased_at, expires } = *tombstone;
            Entry::Tombstone { workspace, hash, erased_at, expires }
        }));
        out.extend(self.days.iter().map(|(&(owner, day), key)| Entry::Day {
            owner,
            day,
            key: Arc::clone(key),
        }));
        out.extend(self.erased.iter().map(|(&(workspace, subject), &mark)| Entry::Erased {
            workspace,
            subject,
            mark,
        }));
        out.extend(
            self.lost.iter().map(|&(workspace, subject)| Entry::Lost { workspace, subject }),
        );
        out.extend(self.joints.iter().map(|(&(workspace, id), members)| Entry::Joint {
            workspace,
            id,
            members: Arc::clone(members),
        }));
        out
    }

    /// Whether the subject has a key, was erased, or neither. Days and joint subjects are subjects.
    pub(crate) fn key_state(&self, workspace: Uuid, subject: Uuid) -> KeyState {
        if self.is_erased(workspace, subject) {
            KeyState::Erased
        } else if self.subject_key(workspace, subject).is_some() {
            KeyState::Present
        } else {
            KeyState::Unknown
        }
    }

    /// A joint subject is erased with the first of its members.
    pub(crate) fn is_erased(&self, workspace: Uuid, subject: Uuid) -> bool {
        self.erased.contains_key(&(workspace, subject))
            || day_of(subject).is_some_and(|day| day < self.days_destroyed_before)
            || self.members(workspace, subject).is_some_and(|members| {
                members.iter().any(|&member| self.erased.contains_key(&(workspace, member)))
            })
    }

    /// The members of a joint subject; `None` for any other.
    fn members(&self, workspace: Uuid, subject: Uuid) -> Option<&Arc<[Uuid]>> {
        self.joints.get(&(workspace, subject))
    }

    /// The sealing key of a subject or a day; of a joint subject, what its members' keys make.
    pub(crate) fn subject_key(&self, workspace: Uuid, subject: Uuid) -> Option<Arc<Key>> {
        if let Some(day) = day_of(subject) {
            return self.days.get(&(workspace, day)).cloned();
        }
        if let Some(members) = self.members(workspace, subject) {
            let keys: Option<Vec<_>> = members
                .iter()
                .map(|&member| self.subjects.get(&(workspace, member)).map(Arc::as_ref))
                .collect();
            return joint_key(&keys?).ok().map(Arc::new);
        }
        self.subjects.get(&(workspace, subject)).cloned()
    }

    /// Drops everything of the subjects named; each identity leaves a tombstone. Answers how many
    /// had a key. One pass over the identities, however many subjects there are.
    pub(crate) fn erase(&mut self, marks: &HashMap<(Uuid, Uuid), ErasedMark>) -> u64 {
        let mut removed = 0;
        for (&(workspace, subject), &mark) in marks {
            let key = match day_of(subject) {
                Some(day) => self.days.remove(&(workspace, day)),
                None => self.subjects.remove(&(workspace, subject)),
            };
            removed += u64::from(key.is_some());
            self.lost.remove(&(workspace, subject));
            self.erased.insert((workspace, subject), mark);
            self.unsettled.push((workspace, subject));
        }
        let tombstones = &mut self.tombstones;
        self.identities.retain(|&(workspace, _, hash), identity| {
            let Some(mark) = marks.get(&(workspace, identity.subject)) else { return true };
            let (erased_at, expires) = (mark.at, mark.at.saturating_add(KEEP_SECONDS));
            tombstones.insert((workspace, hash), Tombstone { erased_at, expires });
            false
        });
        removed
    }

    /// Writes into the newest marks which generation and epoch they begin; answers their entries.
    pub(crate) fn settle_marks(&mut self, generation: u64, epoch: u32) -> Vec<Entry> {
        let mut settled = Vec::with_capacity(self.unsettled.len());
        for (workspace, subject) in std::mem::take(&mut self.unsettled) {
            if let Some(mark) = self.erased.get_mut(&(workspace, subject)) {
                *mark = ErasedMark { generation, epoch, ..*mark };
                settled.push(Entry::Erased { workspace, subject, mark: *mark });
            }
        }
        settled
    }

    /// Drops tombstones whose time is over; answers how many.
    pub(crate) fn expire_tombstones(&mut self, now: i64) -> usize {
        let before = self.tombstones.len();
        self.tombstones.retain(|_, tombstone| tombstone.expires > now);
        before - self.tombstones.len()
    }

    /// Drops the keys of days before `before`; answers how many.
    pub(crate) fn destroy_days(&mut self, before: u32) -> usize {
        let count = self.days.len();
        self.days.retain(|&(_, day), _| day >= before);
        self.days_destroyed_before = self.days_destroyed_before.max(before);
        count - self.days.len()
    }
}
