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

impl Vault {
    /// Keeps a secret of a workspace (nil: of the installation).
    pub fn put_secret(
        &self,
        workspace: Uuid,
        value: &SecretString,
    ) -> Result<StoredSecret, VaultError> {
        let bytes = value.expose_secret().len();
        if bytes > MAX_SECRET_BYTES {
            return Err(VaultError::TooLarge { what: "a secret", bytes, limit: MAX_SECRET_BYTES });
        }
        let fingerprint = self.secret_fingerprint(value)?;
        let id = uuid::Builder::from_random_bytes(random()).into_uuid();
        let mut state = self.shared.state.write();
        let entry = Entry::Secret { workspace, id, value: Arc::new(value.clone()) };
        self.shared.stage(&mut state, entry)?;
        Ok(StoredSecret { id, fingerprint })
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
