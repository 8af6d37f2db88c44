//! Tokens that stand for phone numbers and the like, and the tombstones they leave.
//!
//! Only the vault leads from a value to its token, over a hash under the workspace's key; both go
//! when the person is erased. A tombstone then refuses redeliveries for 30 days.

use uuid::Uuid;

use crate::entry::Entry;
use crate::error::VaultError;
use crate::key::random;
use crate::state::Identity;
use crate::vault::{KEEP_SECONDS, Vault};

impl Vault {
    /// The token that stands for an identity value, made for `subject_hint` if there is none. The
    /// answer names the subject it belongs to, which may be another one: that subject is the person.
    pub fn identity_token(
        &self,
        workspace: Uuid,
        kind: u8,
        normalized_value: &[u8],
        subject_hint: Uuid,
    ) -> Result<Identity, VaultError> {
        let hash = self.identity_hash(workspace, kind, normalized_value)?;
        self.shared.find_or_stage(
            |state| {
                let found = state.identities.get(&(workspace, kind, hash)).copied();
                if found.is_none() && state.is_erased(workspace, subject_hint) {
                    return Err(VaultError::Erased { subject: subject_hint });
                }
                Ok(found)
            },
            || {
                let (token, subject) = (Uuid::from_bytes(random()), subject_hint);
                let entry = Entry::Identity { workspace, kind, hash, token, subject };
                (entry, Identity { token, subject })
            },
        )
    }

    /// The token of an identity value, if it has one.
    pub fn find_identity(
        &self,
        workspace: Uuid,
        kind: u8,
        normalized_value: &[u8],
    ) -> Result<Option<Identity>, VaultError> {
        let hash = self.identity_hash(workspace, kind, normalized_value)?;
        Ok(self.shared.state.read().identities.get(&(workspace, kind, hash)).copied())
    }

    /// Whom a token leads to, if there is such a token. Looks through all of them.
    pub fn subject_of_token(&self, workspace: Uuid, token: Uuid) -> Option<Uuid> {
        let state = self.shared.state.read();
        let mut all = state.identities.iter().filter(|((owner, ..), _)| *owner == workspace);
        all.find(|(_, identity)| identity.token == token).map(|(_, identity)| identity.subject)
    }

    /// Hands a token to another subject, after a merge or when a number changed hands. Answers
    /// whether there is such a token.
    pub fn move_token(&self, workspace: Uuid, token: Uuid, to: Uuid) -> Result<bool, VaultError> {
        let mut state = self.shared.state.write();
        if state.is_erased(workspace, to) {
            return Err(VaultError::Erased { subject: to });
        }
        let found = state
            .identities
            .iter()
            .find(|((owner, _, _), identity)| *owner == workspace && identity.token == token)
            .map(|(&(_, kind, hash), _)| (kind, hash));
        let Some((kind, hash)) = found else { return Ok(false) };
        let entry = Entry::Identity { workspace, kind, hash, token, subject: to };
        self.shared.stage(&mut state, entry)?;
        Ok(true)
    }

    pub(crate) fn identity_hash(
        &self,
        workspace: Uuid,
        kind: u8,
        value: &[u8],
    ) -> Result<[u8; 32], VaultError> {
        Ok(self.workspace_key(workspace)?.mac("convolog/identity/1", &[&[kind], value]))
    }

    /// When the person behind an identity value was erased, if a tombstone still says so at `now`
    /// (seconds since 1970). A delivery about something older than that is a redelivery: refuse it.
    pub fn erased_identity(
        &self,
        workspace: Uuid,
        kind: u8,
        normalized_value: &[u8],
        now: i64,
    ) -> Result<Option<i64>, VaultError> {
        let hash = self.identity_hash(workspace, kind, normalized_value)?;
        Ok(self.erased_key(workspace, &hash, now))
    }

    /// The same for any keyed hash, such as a message key.
    pub fn erased_key(&self, workspace: Uuid, hash: &[u8; 32], now: i64) -> Option<i64> {
        let state = self.shared.state.read();
        let tombstone = state.tombstones.get(&(workspace, *hash))?;
        (tombstone.expires > now).then_some(tombstone.erased_at)
    }

    /// Refuses a keyed hash (a message key of somebody erased at `at`) for 30 days.
    pub fn entomb(&self, workspace: Uuid, hash: [u8; 32], at: i64) -> Result<(), VaultError> {
        let expires = at.saturating_add(KEEP_SECONDS);
        self.shared.find_or_stage(
            |state| Ok(state.tombstones.get(&(workspace, hash)).map(|_| ())),
            || (Entry::Tombstone { workspace, hash, erased_at: at, expires }, ()),
        )
    }
}
