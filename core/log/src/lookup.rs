//! What closed volumes know of a commit: looked up by its caller, not on the writer's thread.
//!
//! Closed volumes never change and are only added to, so what the first n of them said stays true.
//! The writer asks the live volumes and those closed since; only a commit whose lookup failed makes
//! it read old volumes itself, where a broken one poisons the log as it must.

use std::collections::HashMap;

use crate::append::{Claim, Commit, Condition};
use crate::error::LogError;
use crate::ids::{ClaimHash, StreamKey};
use crate::judge::{Holding, Synced};
use crate::live::ClaimState;
use crate::volumes::Volumes;

/// Answers of the closed volumes that there were when a commit was handed over.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    /// How many volumes were asked.
    closed: usize,
    claims: HashMap<ClaimHash, ClaimState>,
    versions: HashMap<StreamKey, u64>,
}

impl Lookup {
    /// Asks the closed volumes about everything that live ones do not know: whatever a live volume
    /// knows the writer will find there, or in a volume closed since.
    pub(crate) fn of(commit: &Commit, volumes: &Volumes) -> Self {
        let mut lookup = Self { closed: volumes.closed.len(), ..Self::default() };
        if volumes.closed.is_empty() {
            return lookup;
        }
        for condition in &commit.conditions {
            match condition {
                Condition::StreamAt(stream, _) => lookup.stream(stream, volumes),
                Condition::Free(claim) => lookup.claim(claim, volumes),
            }
        }
        for draft in &commit.drafts {
            lookup.stream(&draft.stream, volumes);
            for claim in &draft.claims {
                if let Claim::Hold(hash, _) = claim {
                    lookup.claim(hash, volumes);
                }
            }
        }
        lookup
    }

    fn stream(&mut self, stream: &StreamKey, volumes: &Volumes) {
        if !self.versions.contains_key(stream)
            && volumes.live_version(stream).is_none()
            && let Ok(version) = volumes.closed_version(0..self.closed, stream)
        {
            self.versions.insert(*stream, version.unwrap_or(0));
        }
    }

    fn claim(&mut self, claim: &ClaimHash, volumes: &Volumes) {
        if !self.claims.contains_key(claim)
            && volumes.live_claim(claim) == ClaimState::Unknown
            && let Ok(state) = volumes.closed_claim(0..self.closed, claim)
        {
            self.claims.insert(*claim, state);
        }
    }
}

/// All volumes, with what a commit's caller looked up already.
pub(crate) struct Informed<'a> {
    pub(crate) volumes: &'a Volumes,
    pub(crate) lookup: &'a Lookup,
}

impl Synced for Informed<'_> {
    fn version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        let Self { volumes, lookup } = self;
        if let Some(version) = volumes.live_version(stream) {
            return Ok(version);
        }
        let since = lookup.closed..volumes.closed.len();
        if let Some(version) = volumes.closed_version(since, stream)? {
            return Ok(version);
        }
        match lookup.versions.get(stream) {
            Some(version) => Ok(*version),
            None => Ok(volumes.closed_version(0..lookup.closed, stream)?.unwrap_or(0)),
        }
    }

    fn claim(&self, claim: &ClaimHash) -> Result<Option<Holding>, LogError> {
        let Self { volumes, lookup } = self;
        let mut state = volumes.live_claim(claim);
        if state == ClaimState::Unknown {
            state = volumes.closed_claim(lookup.closed..volumes.closed.len(), claim)?;
        }
        if state == ClaimState::Unknown {
            state = match lookup.claims.get(claim) {
                Some(state) => *state,
                None => volumes.closed_claim(0..lookup.closed, claim)?,
            };
        }
        match state {
            ClaimState::Held(holding) => Ok(Some(holding)),
            ClaimState::Unknown | ClaimState::Released => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, Body, ClaimAction, Draft, EventLog, Mode, OnClash, Options, Origin, RecordedClaim,
        SledLog,
    };
    use bytes::Bytes;
    use uuid::Uuid;

    const STREAMS: u8 = 6;

    fn stream(n: u8) -> StreamKey {
        let (workspace, id) = (Uuid::from_u128(7), Uuid::from_u128(u128::from(n)));
        StreamKey { workspace, kind: 1, id }
    }

    fn hash(n: u8) -> ClaimHash {
        ClaimHash([n; 32])
    }

    /// An event of stream `n` that changes claim `n`.
    fn draft(n: u8, action: ClaimAction) -> Draft {
        let body = Body {
            event_id: Uuid::from_u128(9),
            stream: stream(n),
            type_code: 1,
            schema: 1,
            commit_id: Uuid::from_u128(8),
            actor: Actor::default(),
            causation: None,
            correlation: None,
            mode: Mode::Live,
            origin: Origin::Live,
            claims: vec![RecordedClaim { action, hash: hash(n) }],
            imported_from: None,
            blobs: Vec::new(),
            payload: Bytes::new(),
            sealed: Vec::new(),
        };
        Draft::new(&body, |_| OnClash::Fail).unwrap()
    }

    fn of(drafts: impl IntoIterator<Item = Draft>) -> Commit {
        Commit { conditions: Vec::new(), drafts: drafts.into_iter().collect() }
    }

    fn answers(log: &SledLog, lookup: &Lookup) -> Vec<(u64, Option<Holding>)> {
        let volumes = log.shared.volumes();
        let informed = Informed { volumes: &volumes, lookup };
        let ask = |n| (informed.version(&stream(n)).unwrap(), informed.claim(&hash(n)).unwrap());
        (0..STREAMS).map(ask).collect()
    }

    #[test]
    fn an_early_lookup_and_what_came_since_say_what_a_late_one_says() {
        let dir = tempfile::tempdir().unwrap();
        let options = Options { free_floor_bytes: 0, ballast_bytes: 0, ..Options::default() };
        let log = SledLog::open_or_create(dir.path(), options).unwrap();
        let wanted = of((0..STREAMS).map(|n| draft(n, ClaimAction::Hold)));
        // What happens between two closings, and a lookup before, between and after.
        let steps: [&[(u8, ClaimAction)]; 4] = [
            &[(0, ClaimAction::Hold), (1, ClaimAction::Hold), (2, ClaimAction::Hold)],
            &[(1, ClaimAction::Release), (3, ClaimAction::Hold)],
            &[(1, ClaimAction::Hold), (2, ClaimAction::Release), (4, ClaimAction::Hold)],
            &[(0, ClaimAction::Release)],
        ];
        let mut lookups = Vec::new();
        for step in steps {
            for (n, action) in step {
                lookups.push(Lookup::of(&wanted, &log.shared.volumes()));
                log.append(of([draft(*n, *action)])).wait().unwrap();
            }
            lookups.push(Lookup::of(&wanted, &log.shared.volumes()));
            log.close_volume().unwrap();
            let late = answers(&log, &Lookup::default());
            for early in &lookups {
                assert_eq!(answers(&log, early), late, "{early:?}");
            }
        }
        let held: Vec<bool> =
            answers(&log, &Lookup::default()).iter().map(|(_, held)| held.is_some()).collect();
        assert_eq!(held, [false, true, false, true, true, false]);
    }

    #[test]
    fn a_caller_finds_what_closed_volumes_hold() {
        let dir = tempfile::tempdir().unwrap();
        let options = Options { free_floor_bytes: 0, ballast_bytes: 0, ..Options::default() };
        let log = SledLog::open_or_create(dir.path(), options).unwrap();
        log.append(of([draft(1, ClaimAction::Hold)])).wait().unwrap();
        log.close_volume().unwrap();
        log.append(of([draft(2, ClaimAction::Hold)])).wait().unwrap();
        let wanted = of([1, 2, 3].map(|n| draft(n, ClaimAction::Hold)));
        let lookup = Lookup::of(&wanted, &log.shared.volumes());
        assert_eq!(lookup.closed, 1);
        assert!(matches!(lookup.claims.get(&hash(1)), Some(ClaimState::Held(_))));
        assert_eq!(lookup.claims.get(&hash(2)), None, "the writer finds it in the active volume");
        assert_eq!(lookup.claims.get(&hash(3)), Some(&ClaimState::Unknown));
        let versions = [1, 2, 3].map(|n| lookup.versions.get(&stream(n)).copied());
        assert_eq!(versions, [Some(1), None, Some(0)]);
    }
}
