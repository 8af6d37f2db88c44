//! From decisions to one durable commit: seal, hash the unique keys, encode, append.

use bytes::Bytes;
use convolog_domain::{ClaimKey, Decision, Hash32, Personal, SecretId, WorkspaceId};
use convolog_log::{
    Actor as LogActor, Body, ClaimAction, ClaimHash, Commit, Committed, Condition, Draft, LogError,
    MAX_RECORD_BYTES, OnClash, Origin, RecordedClaim, SealedContent, SealedPart,
};
use uuid::Uuid;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::files::reference;
use crate::recorded::Stream;

/// Room that a record keeps for its envelope when its sealed parts are moved to blobs.
const INLINE_LIMIT_BYTES: usize = MAX_RECORD_BYTES / 2;

/// One decided event and its stream.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it goes.
    pub stream: Stream,
    /// What was decided.
    pub decision: Decision,
}

/// What must still be true when the commit is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Require {
    /// The stream is at this version.
    StreamAt(Stream, u64),
    /// Nobody holds this key.
    Free(WorkspaceId, ClaimKey),
}

/// Events of one workspace that are appended together.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The events, in order.
    pub steps: Vec<Step>,
    /// What must be true.
    pub requires: Vec<Require>,
    /// Live or imported, for each step; empty = all live.
    pub origins: Vec<Origin>,
    /// Secrets that are of no use once this is durable.
    pub retired: Vec<(WorkspaceId, SecretId)>,
}

impl Engine {
    /// Seals and appends a plan; answers when everything is on the disk.
    ///
    /// # Errors
    /// [`EngineError::Append`] if the log did not take it: nothing was written.
    pub async fn commit(&self, caller: &Caller, plan: &Plan) -> Result<Committed, EngineError> {
        // Counts for nothing whichever way this is left before the log has it.
        let reserved = self.reserve(caller, plan).await?;
        let commit = self.prepare(caller, plan)?;
        // On a full disk the keys for it must not take what space is left.
        self.0.log.admit(&commit)?;
        let generation = self.0.vault.synced().await?;
        self.0.log.note_vault_generation(generation);
        let committed = reserved.settle(self.0.log.append(commit)).await?;
        self.forget_after_commit(&plan.retired).await;
        Ok(committed)
    }

    fn prepare(&self, caller: &Caller, plan: &Plan) -> Result<Commit, EngineError> {
        let mut ctx = self.ctx();
        let commit_id = ctx.next_id();
        let mut conditions = Vec::with_capacity(plan.requires.len());
        for require in &plan.requires {
            conditions.push(match require {
                Require::StreamAt(stream, version) => Condition::StreamAt(stream.key(), *version),
                Require::Free(workspace, key) => Condition::Free(self.claim_hash(*workspace, key)?),
            });
        }
        let mut drafts = Vec::with_capacity(plan.steps.len());
        for (at, step) in plan.steps.iter().enumerate() {
            let origin = plan.origins.get(at).copied().unwrap_or_default();
            drafts.push(self.draft(caller, step, ctx.next_id(), commit_id, origin)?);
        }
        Ok(Commit { conditions, drafts })
    }

    fn draft(
        &self,
        caller: &Caller,
        step: &Step,
        event_id: Uuid,
        commit_id: Uuid,
        origin: Origin,
    ) -> Result<Draft, EngineError> {
        let Step { stream, decision } = step;
        let row = decision.event.event_type();
        let payload = decision.event.payload().map_err(|e| EngineError::Encoding(e.to_string()))?;
        let claims = self.claims(stream.workspace, decision)?;
        let mut sealed = Vec::with_capacity(decision.personal.len());
        for personal in &decision.personal {
            sealed.push(self.seal(stream.workspace, event_id, personal)?);
        }
        self.move_large_parts_out(payload.len(), &mut sealed)?;
        let body = Body {
            event_id,
            stream: stream.key(),
            type_code: row.code,
            schema: row.schema,
            commit_id,
            actor: LogActor {
                kind: caller.actor.kind.code(),
                id: caller.actor.id,
                key: caller.actor.key.map(|key| key.0),
                on_behalf_of: caller.actor.on_behalf_of.map(|person| person.0),
            },
            causation: None,
            correlation: caller.request,
            mode: caller.mode,
            origin,
            claims,
            imported_from: None,
            blobs: decision.blobs.iter().copied().map(reference).collect(),
            payload: Bytes::from(payload),
            sealed,
        };
        // A clash always fails the commit: a decision made again from fresh reads sees what the
        // dropped event would have hidden (docs/decisions/0003).
        Ok(Draft::new(&body, |_| OnClash::Fail)?)
    }

    fn claims(
        &self,
        workspace: WorkspaceId,
        decision: &Decision,
    ) -> Result<Vec<RecordedClaim>, EngineError> {
        let mut claims = Vec::with_capacity(decision.claims.len() + decision.releases.len());
        for key in &decision.claims {
            let hash = self.claim_hash(workspace, key)?;
            claims.push(RecordedClaim { action: ClaimAction::Hold, hash });
        }
        for key in &decision.releases {
            let hash = self.claim_hash(workspace, key)?;
            claims.push(RecordedClaim { action: ClaimAction::Release, hash });
        }
        Ok(claims)
    }

    /// The keyed hash under which a unique key stands in the log. Installation-wide keys are hashed
    /// under the installation's key, whatever the workspace.
    pub fn claim_hash(
        &self,
        workspace: WorkspaceId,
        key: &ClaimKey,
    ) -> Result<ClaimHash, EngineError> {
        let scope = match key {
            ClaimKey::Number(_) | ClaimKey::ApiKey(_) => WorkspaceId::INSTALLATION,
            _ => workspace,
        };
        let (label, parts) = key.parts();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        Ok(ClaimHash(self.0.vault.workspace_key(scope.0)?.mac(label, &parts)))
    }

    /// A keyed hash of anything that may not stand in the clear.
    pub fn keyed_hash(
        &self,
        workspace: WorkspaceId,
        label: &str,
        parts: &[&[u8]],
    ) -> Result<Hash32, EngineError> {
        Ok(Hash32(self.0.vault.workspace_key(workspace.0)?.mac(label, parts)))
    }

    fn seal(
        &self,
        workspace: WorkspaceId,
        event_id: Uuid,
        personal: &Personal,
    ) -> Result<SealedPart, EngineError> {
        let plain = rmp_serde::to_vec_named(&personal.content)
            .map_err(|e| EngineError::Encoding(e.to_string()))?;
        let subject = personal.subject.0;
        let sealed = self.0.vault.seal(workspace.0, subject, event_id, &plain)?;
        Ok(SealedPart {
            subject,
            epoch: sealed.epoch,
            algorithm: sealed.algorithm,
            dictionary: sealed.dictionary,
            commitment: sealed.commitment,
            content: SealedContent::Inline(Bytes::from(sealed.ciphertext)),
        })
    }

    /// A record has a limit; what is larger goes into files that are on the disk before the commit.
    fn move_large_parts_out(
        &self,
        payload_bytes: usize,
        sealed: &mut [SealedPart],
    ) -> Result<(), LogError> {
        let inline = |parts: &[SealedPart]| -> usize {
            parts
                .iter()
                .map(|part| match &part.content {
                    SealedContent::Inline(bytes) => bytes.len(),
                    SealedContent::Blob(_) => 0,
                })
                .sum()
        };
        while payload_bytes + inline(sealed) > INLINE_LIMIT_BYTES {
            let largest = sealed
                .iter_mut()
                .filter_map(|part| match &part.content {
                    SealedContent::Inline(bytes) => Some((bytes.clone(), part)),
                    SealedContent::Blob(_) => None,
                })
                .max_by_key(|(bytes, _)| bytes.len());
            let Some((bytes, part)) = largest else { break };
            part.content = SealedContent::Blob(self.0.blobs.put(&bytes)?);
        }
        Ok(())
    }
}
