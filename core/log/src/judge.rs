//! Judges commits, one after the other: conditions, claims, versions, positions.
//!
//! Owns what is staged: what the commits of the running batch changed and no reader sees yet.
//! A commit is judged against everything staged before it and everything synced. A refused commit
//! leaves nothing behind. Knows nothing of disks; every backend uses it.

use std::collections::HashMap;

use bytes::Bytes;

use crate::append::{Claim, Clash, Commit, Condition, Draft, Holder, OnClash};
use crate::error::{AppendError, LogError};
use crate::ids::{ClaimHash, Position, StreamKey, Timestamp};
use crate::record::{Header, Record};

/// The most record bytes of one commit.
pub const MAX_COMMIT_BYTES: usize = 64 * 1024 * 1024;

/// What is on the disk already.
pub(crate) trait Synced {
    /// The version of a stream.
    fn version(&self, stream: &StreamKey) -> Result<u64, LogError>;
    /// Who holds a claim: stream and position.
    fn claim(&self, claim: &ClaimHash) -> Result<Option<Holding>, LogError>;
}

/// A held claim: by whom, and where the event stands.
pub(crate) type Holding = (StreamKey, Position);

/// Why a commit does not go in.
pub(crate) enum Refusal {
    /// The caller is told.
    Refused(AppendError),
    /// The log itself could not be read.
    Broken(LogError),
}

impl From<LogError> for Refusal {
    fn from(error: LogError) -> Self {
        Self::Broken(error)
    }
}

/// An event that goes in.
#[derive(Clone, Debug)]
pub(crate) struct StagedEvent {
    pub(crate) record: Record,
    pub(crate) stream: StreamKey,
    pub(crate) claims: Vec<Claim>,
}

/// A commit that goes in, perhaps without some or all of its events.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) outcomes: Vec<Result<Header, Clash>>,
    pub(crate) events: Vec<StagedEvent>,
    /// The newest position the answer relies on.
    pub(crate) position: Position,
}

/// Who holds a claim by what is staged, if anything staged concerns it.
#[derive(Clone, Copy)]
enum StagedClaim {
    Untouched,
    Free,
    Held(Holding),
}

/// What stood there before.
enum Undo {
    Version(StreamKey, Option<u64>),
    Claim(ClaimHash, StagedClaim),
}

/// What the batch changed so far.
pub(crate) struct Staged {
    synced_to: Position,
    last: Position,
    now: Timestamp,
    versions: HashMap<StreamKey, u64>,
    claims: HashMap<ClaimHash, StagedClaim>,
    undo: Vec<Undo>,
}

impl Staged {
    /// Nothing staged on top of what is synced, which ends at `last`; new events are stamped `now`.
    pub(crate) fn new(last: Position, now: Timestamp) -> Self {
        Self {
            synced_to: last,
            last,
            now,
            versions: HashMap::new(),
            claims: HashMap::new(),
            undo: Vec::new(),
        }
    }

    /// Judges one commit and stages what goes in.
    pub(crate) fn judge(
        &mut self,
        synced: &impl Synced,
        commit: Commit,
    ) -> Result<Judged, Refusal> {
        let bytes: usize =
            commit.drafts.iter().map(|draft| draft.body.len() + Header::LEN + 4).sum();
        if bytes > MAX_COMMIT_BYTES {
            let why = format!("it has {bytes} bytes, the most is {MAX_COMMIT_BYTES}; split it");
            return Err(Refusal::Refused(AppendError::Invalid(why)));
        }
        let (mark, last) = (self.undo.len(), self.last);
        let judged = self.commit(synced, commit);
        if judged.is_err() {
            self.roll_back(mark);
            self.last = last;
        }
        judged
    }

    fn commit(&mut self, synced: &impl Synced, commit: Commit) -> Result<Judged, Refusal> {
        let mut position = Position::START;
        for condition in &commit.conditions {
            self.condition(synced, condition)?;
            position = self.last;
        }
        let mut outcomes = Vec::with_capacity(commit.drafts.len());
        let mut events = Vec::with_capacity(commit.drafts.len());
        for draft in commit.drafts {
            let index = u32::try_from(events.len()).unwrap_or(u32::MAX);
            match self.draft(synced, draft, index)? {
                Ok(event) => {
                    position = position.max(event.record.header.position);
                    outcomes.push(Ok(event.record.header));
                    events.push(event);
                }
                Err(clash) => {
                    position = position.max(clash.holder.position);
                    outcomes.push(Err(clash));
                }
            }
        }
        Ok(Judged { outcomes, events, position })
    }

    fn condition(&self, synced: &impl Synced, condition: &Condition) -> Result<(), Refusal> {
        match condition {
            Condition::StreamAt(stream, expected) => {
                let actual = self.version(synced, stream)?;
                if actual != *expected {
                    let (stream, expected) = (*stream, *expected);
                    let wrong = AppendError::WrongVersion { stream, expected, actual };
                    return Err(Refusal::Refused(wrong));
                }
            }
            Condition::Free(claim) => {
                if let Some(clash) = self.clash(synced, claim)? {
                    return Err(Refusal::Refused(AppendError::Clash(clash)));
                }
            }
        }
        Ok(())
    }

    /// Takes a draft in, or says which clash drops it. A clash that drops the event goes before one
    /// that fails the commit: an event that is dropped does not want its other claims.
    fn draft(
        &mut self,
        synced: &impl Synced,
        draft: Draft,
        index: u32,
    ) -> Result<Result<StagedEvent, Clash>, Refusal> {
        let mark = self.undo.len();
        let position = self.last.next();
        let mut failing = None;
        for claim in &draft.claims {
            match claim {
                Claim::Hold(hash, on_clash) => match (self.clash(synced, hash)?, on_clash) {
                    (None, _) => self.set_claim(*hash, StagedClaim::Held((draft.stream, position))),
                    (Some(clash), OnClash::Drop) => {
                        self.roll_back(mark);
                        return Ok(Err(clash));
                    }
                    (Some(clash), OnClash::Fail) => failing = failing.or(Some(clash)),
                },
                Claim::Release(hash) => self.set_claim(*hash, StagedClaim::Free),
            }
        }
        if let Some(clash) = failing {
            return Err(Refusal::Refused(AppendError::Clash(clash)));
        }
        let version = self.version(synced, &draft.stream)? + 1;
        let before = self.versions.insert(draft.stream, version);
        self.undo.push(Undo::Version(draft.stream, before));
        self.last = position;
        let header = Header { position, version, recorded_at: self.now, index };
        let record = Record { header, body: draft.body };
        Ok(Ok(StagedEvent { record, stream: draft.stream, claims: draft.claims }))
    }

    fn version(&self, synced: &impl Synced, stream: &StreamKey) -> Result<u64, LogError> {
        self.versions.get(stream).map_or_else(|| synced.version(stream), |v| Ok(*v))
    }

    fn clash(&self, synced: &impl Synced, claim: &ClaimHash) -> Result<Option<Clash>, LogError> {
        let holding = match self.claims.get(claim) {
            Some(StagedClaim::Held(holding)) => Some(*holding),
            Some(StagedClaim::Free) => None,
            Some(StagedClaim::Untouched) | None => synced.claim(claim)?,
        };
        Ok(holding.map(|(stream, position)| {
            let synced = position <= self.synced_to;
            Clash { claim: *claim, holder: Holder { stream, position, synced } }
        }))
    }

    fn set_claim(&mut self, claim: ClaimHash, state: StagedClaim) {
        let before = self.claims.insert(claim, state);
        self.undo.push(Undo::Claim(claim, before.unwrap_or(StagedClaim::Untouched)));
    }

    fn roll_back(&mut self, mark: usize) {
        for undo in self.undo.drain(mark..).rev() {
            match undo {
                Undo::Version(stream, Some(version)) => drop(self.versions.insert(stream, version)),
                Undo::Version(stream, None) => drop(self.versions.remove(&stream)),
                Undo::Claim(claim, before) => drop(self.claims.insert(claim, before)),
            }
        }
    }
}

/// What a commit of these drafts weighs in a batch.
pub(crate) fn weight(commit: &Commit) -> usize {
    let bytes = |body: &Bytes| body.len() + Header::LEN + 4;
    commit.drafts.iter().map(|draft| bytes(&draft.body)).sum()
}
