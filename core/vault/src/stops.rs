//! What somebody did not want to be sent, kept beyond their erasure.
//!
//! Whoever says STOP and is erased must not be written to again when their number turns up anew. So a
//! keyed hash of each of their identities stays, and nothing else: no subject, no token, nothing that
//! leads from it to a person or to what was said. It answers one question about a value that somebody
//! already has in hand, and goes when they come back.

use uuid::Uuid;

use crate::entry::Entry;
use crate::error::VaultError;
use crate::key::Key;
use crate::state::State;
use crate::vault::Vault;

/// It does not run out.
const FOR_EVER: i64 = i64::MAX;
/// It has run out.
const OVER: i64 = i64::MIN;

/// One stop that outlives an erasure.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct KeptStop {
    /// Whose workspace.
    pub workspace: Uuid,
    /// Whose identities.
    pub subject: Uuid,
    /// What was stopped: a number that the caller chooses.
    pub scope: u8,
    /// Since when, in seconds since 1970.
    pub since: i64,
}

impl Vault {
    /// Keeps a stop for every identity that a subject has now; to be called before the erasure.
    pub fn keep_stop(&self, stop: &KeptStop) -> Result<(), VaultError> {
        // Made if there is none, before the state is held.
        self.workspace_key(stop.workspace)?;
        let mut state = self.shared.state.write();
        for entry in state.stop_entries(stop, FOR_EVER) {
            self.shared.stage(&mut state, entry)?;
        }
        Ok(())
    }

    /// Since when the person behind an identity value did not want what `scope` stands for, if that
    /// was kept beyond their erasure.
    pub fn kept_stop(
        &self,
        workspace: Uuid,
        (kind, normalized_value): (u8, &[u8]),
        scope: u8,
    ) -> Result<Option<i64>, VaultError> {
        let identity = self.identity_hash(workspace, kind, normalized_value)?;
        let hash = self.workspace_key(workspace)?.mac(LABEL, &[&[scope], &identity]);
        Ok(self.erased_key(workspace, &hash, OVER))
    }

    /// Forgets what was kept for the identities that a subject has now: they came back.
    pub fn forget_stop(&self, stop: &KeptStop) -> Result<(), VaultError> {
        let mut state = self.shared.state.write();
        for entry in state.stop_entries(stop, OVER) {
            let kept = matches!(&entry, Entry::Tombstone { workspace, hash, .. }
                if state.tombstones.contains_key(&(*workspace, *hash)));
            if kept {
                self.shared.stage(&mut state, entry)?;
            }
        }
        Ok(())
    }
}

const LABEL: &str = "convolog/stop/1";

fn hash_of(key: &Key, scope: u8, identity: &[u8; 32]) -> [u8; 32] {
    key.mac(LABEL, &[&[scope], identity])
}

impl State {
    /// The marks of a stop: one for each identity of the subject.
    pub(crate) fn stop_entries(&self, stop: &KeptStop, expires: i64) -> Vec<Entry> {
        let KeptStop { workspace, subject, scope, since } = *stop;
        let Some(key) = self.workspaces.get(&workspace) else { return Vec::new() };
        let theirs = self
            .identities
            .iter()
            .filter(|((of, ..), identity)| *of == workspace && identity.subject == subject);
        theirs
            .map(|((_, _, identity), _)| {
                let hash = hash_of(key, scope, identity);
                Entry::Tombstone { workspace, hash, erased_at: since, expires }
            })
            .collect()
    }
}
