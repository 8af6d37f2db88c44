//! Access tokens, app secrets and signing secrets: the log holds their id and fingerprint.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::entry::{Entry, MAX_SECRET_BYTES};
use crate::error::VaultError;
use crate::key::{front, random};
use crate::vault::{INSTALLATION, Vault};

/// A secret as the log names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredSecret {
    /// Names it in the vault. Random.
    pub id: Uuid,
    /// Tells two secrets apart without telling what they are: 16 hexadecimal digits, keyed.
    pub fingerprint: String,
}

/// A secret that is not in the vault yet.
#[derive(Clone, Debug)]
pub struct SecretDraft {
    /// How the log will name it.
    pub stored: StoredSecret,
    value: Arc<SecretString>,
}

impl Vault {
    /// Draws up a secret, so that what names it can be decided on before it is kept.
    pub fn draft_secret(&self, value: &SecretString) -> Result<SecretDraft, VaultError> {
        let bytes = value.expose_secret().len();
        if bytes > MAX_SECRET_BYTES {
            return Err(VaultError::TooLarge { what: "a secret", bytes, limit: MAX_SECRET_BYTES });
        }
        let fingerprint = self.secret_fingerprint(value)?;
        let id = uuid::Builder::from_random_bytes(random()).into_uuid();
        Ok(SecretDraft { stored: StoredSecret { id, fingerprint }, value: Arc::new(value.clone()) })
    }

    /// Keeps a secret of a workspace (nil: of the installation).
    pub fn keep_secret(&self, workspace: Uuid, draft: &SecretDraft) -> Result<(), VaultError> {
        let mut state = self.shared.state.write();
        let (id, value) = (draft.stored.id, Arc::clone(&draft.value));
        self.shared.stage(&mut state, Entry::Secret { workspace, id, value })
    }

    /// Draws up a secret and keeps it.
    pub fn put_secret(
        &self,
        workspace: Uuid,
        value: &SecretString,
    ) -> Result<StoredSecret, VaultError> {
        let draft = self.draft_secret(value)?;
        self.keep_secret(workspace, &draft)?;
        Ok(draft.stored)
    }

    /// A secret, if that workspace has one of this id.
    pub fn secret(&self, workspace: Uuid, id: Uuid) -> Option<Arc<SecretString>> {
        self.shared.state.read().secrets.get(&(workspace, id)).cloned()
    }

    /// What tells a secret apart: keyed, so that nobody can try guesses against the log.
    pub fn secret_fingerprint(&self, value: &SecretString) -> Result<String, VaultError> {
        let key = self.workspace_key(INSTALLATION)?;
        let mac = key.mac("convolog/secret/1", &[value.expose_secret().as_bytes()]);
        Ok(hex::encode(front(&mac)))
    }
}
