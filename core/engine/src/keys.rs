//! Finding the API key that a request came with.

use convolog_domain::{
    ClaimKey, Hash32, KeyId, PersonId, StreamKind, WorkspaceId,
    api_key::{ApiKey, KeyMode, Scope},
};
use sha2::{Digest, Sha256};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::recorded::Stream;

/// A key that is valid now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyFound {
    /// Which key.
    pub key: KeyId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// Live or test.
    pub mode: KeyMode,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The API it is for.
    pub surface: String,
    /// The person it acts for.
    pub person: Option<PersonId>,
    /// What it may do in the words of a dialect that has scopes of its own.
    pub grants: Vec<String>,
    /// When it stops working by itself (seconds since 1970); that may be over.
    pub expires_at: Option<i64>,
}

impl Engine {
    /// SHA-256 of a key, as it is stored.
    pub fn key_hash(token: &str) -> Hash32 {
        Hash32(Sha256::digest(token.as_bytes()).into())
    }

    /// The key with this text, unless it does not exist or was revoked. Whoever asks says whether one
    /// that expired is told so.
    pub fn find_key(&self, token: &str) -> Result<Option<KeyFound>, EngineError> {
        let hash = Self::key_hash(token);
        let claim = self.claim_hash(WorkspaceId::INSTALLATION, &ClaimKey::ApiKey(hash))?;
        let Some(holder) = self.log().holder(&claim)? else { return Ok(None) };
        let Some(stream) = Stream::from_key(holder.stream) else { return Ok(None) };
        if stream.kind != StreamKind::ApiKey {
            return Ok(None);
        }
        let loaded = self.load::<ApiKey>(stream.workspace, stream.id)?;
        let Some(created) = loaded.state.live() else { return Ok(None) };
        Ok(Some(KeyFound {
            key: KeyId(stream.id),
            workspace: stream.workspace,
            mode: created.mode,
            scopes: created.scopes.clone(),
            surface: created.surface.clone(),
            person: created.person,
            grants: created.grants.clone(),
            expires_at: created.expires_at,
        }))
    }
}
