//! Secrets: into the vault before the commit that names them, out of it after the commit that
//! retires them. What names a secret is decided on first: whatever is refused leaves none behind.
//!
//! History says first that a secret is retired; only then does its value go. A crash in between
//! leaves a value that nothing uses: whoever keeps house removes it ([`Engine::retired_secrets`]).

use convolog_domain::{Aggregate, Command, Event, SecretId, SecretRef, WorkspaceId};
use convolog_vault::{SecretDraft, StoredSecret};
use secrecy::SecretString;
use uuid::Uuid;

use crate::engine::{Caller, Engine, evolve};
use crate::error::EngineError;
use crate::execute::{Answered, Done};

/// A secret that is not in the vault yet, and how the log will name it.
#[derive(Clone, Debug)]
pub struct NewSecret(SecretDraft);

impl NewSecret {
    /// How the log will name it.
    pub fn reference(&self) -> SecretRef {
        let StoredSecret { id, fingerprint } = self.0.stored.clone();
        SecretRef { id: SecretId(id), fingerprint }
    }
}

impl Engine {
    /// Draws up a secret, so that the command that names it can be decided on.
    pub fn draft_secret(&self, secret: &SecretString) -> Result<NewSecret, EngineError> {
        Ok(NewSecret(self.0.vault.draft_secret(secret)?))
    }

    /// Keeps a secret in the vault; it is on the disk before the next commit.
    pub fn keep_secret(
        &self,
        workspace: WorkspaceId,
        secret: &NewSecret,
    ) -> Result<(), EngineError> {
        Ok(self.0.vault.keep_secret(workspace.0, &secret.0)?)
    }

    /// Keeps secrets in the vault and carries out the command that names them. If it is refused after
    /// all, because somebody was faster, or was carried out before, they go again.
    pub async fn keeping_secrets(
        &self,
        workspace: WorkspaceId,
        secrets: &[&NewSecret],
        command: impl Future<Output = Result<Answered, EngineError>>,
    ) -> Result<Answered, EngineError> {
        for secret in secrets {
            self.keep_secret(workspace, secret)?;
        }
        let answered = command.await;
        if answered.as_ref().map_or_else(is_nowhere, |answered| answered.repeated) {
            let names: Vec<_> =
                secrets.iter().map(|secret| (workspace, secret.reference().id)).collect();
            self.forget_after_commit(&names).await;
        }
        answered
    }

    /// Keeps a secret in the vault and carries out the command that names it. What is refused or
    /// changes nothing, because the same secret stands there, leaves none behind.
    ///
    /// # Errors
    /// What the command is refused with, and what [`Engine::commit`] fails with.
    pub async fn execute_with_secret<C: Command + Clone>(
        &self,
        caller: &Caller,
        id: Uuid,
        secret: &SecretString,
        command: impl FnOnce(SecretRef) -> C,
    ) -> Result<Done, EngineError> {
        let draft = self.draft_secret(secret)?;
        let command = command(draft.reference());
        let (plan, events) = self.decide(caller, id, command.clone())?;
        if plan.steps.is_empty() {
            return Ok(Done { position: self.log().head(), events });
        }
        self.keep_secret(caller.workspace, &draft)?;
        let done = self.execute(caller, id, command).await;
        if done.as_ref().map_or_else(is_nowhere, |done| done.events.is_empty()) {
            self.forget_after_commit(&[(caller.workspace, draft.reference().id)]).await;
        }
        done
    }

    /// Draws up a secret and keeps it.
    pub fn put_secret(
        &self,
        workspace: WorkspaceId,
        secret: &SecretString,
    ) -> Result<SecretRef, EngineError> {
        let draft = self.draft_secret(secret)?;
        self.keep_secret(workspace, &draft)?;
        Ok(draft.reference())
    }

    /// What an aggregate retired in its whole history.
    pub fn retired_secrets<A: Aggregate>(
        &self,
        workspace: WorkspaceId,
        id: Uuid,
    ) -> Result<Vec<(WorkspaceId, SecretId)>, EngineError> {
        let loaded = self.load::<A>(workspace, id)?;
        Ok(A::retired_secrets(&loaded.state).iter().map(|id| (workspace, *id)).collect())
    }

    /// Takes retired secrets out of the vault; answers how many were still there. Blocks: the file
    /// is rewritten if there were any.
    pub fn forget_secrets(&self, names: &[(WorkspaceId, SecretId)]) -> Result<usize, EngineError> {
        let names: Vec<_> = names.iter().map(|(workspace, id)| (workspace.0, id.0)).collect();
        let removed = self.0.vault.remove_secrets(&names)?;
        if removed > 0 {
            // An older copy of the vault would bring them back.
            self.0.log.note_vault_generation(self.0.vault.generation());
        }
        Ok(removed)
    }

    /// The commit stands whatever happens here; what stays behind goes when house is kept.
    pub(crate) async fn forget_after_commit(&self, names: &[(WorkspaceId, SecretId)]) {
        if names.is_empty() {
            return;
        }
        let (engine, names) = (self.clone(), names.to_vec());
        match tokio::task::spawn_blocking(move || engine.forget_secrets(&names)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "a retired secret is still in the vault"),
            Err(error) => tracing::error!(%error, "a retired secret may still be in the vault"),
        }
    }
}

/// Whether a command that failed so was not written. After any other error the commit may still be
/// found in the log.
const fn is_nowhere(error: &EngineError) -> bool {
    matches!(error, EngineError::Refused(_) | EngineError::KeyReused | EngineError::TooContended(_))
}

/// What these events retire, of an aggregate that stood at `before`.
pub(crate) fn retired_by<A: Aggregate>(
    workspace: WorkspaceId,
    before: &A::State,
    events: &[Event],
) -> Vec<(WorkspaceId, SecretId)> {
    if !A::NAMES_SECRETS {
        return Vec::new();
    }
    let known = A::retired_secrets(before);
    let mut after = before.clone();
    for event in events {
        evolve::<A>(&mut after, event.clone());
    }
    let now = A::retired_secrets(&after).iter().filter(|id| !known.contains(id));
    now.map(|id| (workspace, *id)).collect()
}
