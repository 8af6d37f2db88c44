//! A live volume: on sled, with its index in memory. The last one is active, others are closing.
//!
//! The index holds synced events only: blocks, streams, claims. It is derived, built again from
//! the blocks on open, and bounded by the size of a volume.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use parking_lot::RwLock;

use crate::append::Claim;
use crate::block::Block;
use crate::error::LogError;
use crate::ids::{ClaimHash, Position, StreamKey, Timestamp};
use crate::index_file::RELEASED;
use crate::judge::Holding;
use crate::manifest::Junction;
use crate::record::{ClaimAction, Record};
use crate::sled_volume::SledVolume;

/// A volume on sled.
pub(crate) struct LiveVolume {
    pub(crate) number: u32,
    /// What its first block continues.
    pub(crate) start: Junction,
    pub(crate) sled: SledVolume,
    pub(crate) index: RwLock<LiveIndex>,
}

impl LiveVolume {
    pub(crate) fn new(number: u32, start: Junction, sled: SledVolume) -> Self {
        let index = RwLock::new(LiveIndex::new(start.position));
        Self { number, start, sled, index }
    }
}

/// Where a block begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockEntry {
    pub(crate) first: Position,
    /// When its first event was recorded.
    pub(crate) recorded_at: Timestamp,
}

/// Claims are keyed hashes already: their first bytes will do.
#[derive(Default)]
pub(crate) struct ClaimHasher(u64);

impl Hasher for ClaimHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk::<8>() {
            self.0 = u64::from_be_bytes(*first);
        }
    }
    fn write_usize(&mut self, _: usize) {}
}

/// Offsets from the position before the volume; a volume is far smaller than 2^31 events.
type Offset = u32;

#[derive(Clone, Copy)]
struct LiveClaim {
    /// With [`RELEASED`] set if it was given back there.
    at: Offset,
    stream: u32,
}

struct LiveStream {
    key: StreamKey,
    /// Its version before this volume.
    before: u64,
    at: Vec<Offset>,
}

/// What is in a live volume.
pub(crate) struct LiveIndex {
    before: Position,
    records: u64,
    record_bytes: u64,
    blocks: Vec<BlockEntry>,
    streams: Vec<LiveStream>,
    by_key: HashMap<StreamKey, u32>,
    claims: HashMap<ClaimHash, LiveClaim, BuildHasherDefault<ClaimHasher>>,
}

/// What a volume knows about a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ClaimState {
    /// Nothing: older volumes are to be asked.
    Unknown,
    /// It was given back here.
    Released,
    /// It is held.
    Held(Holding),
}

impl LiveIndex {
    pub(crate) fn new(before: Position) -> Self {
        Self {
            before,
            records: 0,
            record_bytes: 0,
            blocks: Vec::new(),
            streams: Vec::new(),
            by_key: HashMap::new(),
            claims: HashMap::default(),
        }
    }

    /// The position before the volume.
    pub(crate) const fn before(&self) -> Position {
        self.before
    }

    /// The last position that it knows.
    pub(crate) fn last(&self) -> Position {
        Position(self.before.0 + self.records)
    }

    /// Bytes of its records, headers included.
    pub(crate) const fn record_bytes(&self) -> u64 {
        self.record_bytes
    }

    pub(crate) fn blocks(&self) -> &[BlockEntry] {
        &self.blocks
    }

    /// The block that holds a position of this volume.
    pub(crate) fn block_at(&self, position: Position) -> Option<BlockEntry> {
        let after = self.blocks.partition_point(|block| block.first <= position);
        self.blocks.get(after.checked_sub(1)?).copied()
    }

    pub(crate) fn add_block(&mut self, block: &Block, recorded_at: Timestamp) {
        self.blocks.push(BlockEntry { first: block.header.first, recorded_at });
    }

    /// Takes in the next record.
    pub(crate) fn add(&mut self, record: &Record, stream: StreamKey, claims: &[Claim]) {
        let at = Offset::try_from(record.header.position.0 - self.before.0).unwrap_or(Offset::MAX);
        let next = u32::try_from(self.streams.len()).unwrap_or(u32::MAX);
        let slot = *self.by_key.entry(stream).or_insert(next);
        if slot == next {
            let before = record.header.version.saturating_sub(1);
            self.streams.push(LiveStream { key: stream, before, at: Vec::new() });
        }
        if let Some(entry) = slot_of(slot).and_then(|slot| self.streams.get_mut(slot)) {
            entry.at.push(at);
        }
        for claim in claims {
            let at = if matches!(claim, Claim::Hold(..)) { at } else { at | RELEASED };
            self.claims.insert(claim.hash(), LiveClaim { at, stream: slot });
        }
        self.records += 1;
        self.record_bytes += u64::try_from(record.body.len() + crate::Header::LEN).unwrap_or(0);
    }

    /// Takes in a record read from the disk. Its version must follow those before it.
    pub(crate) fn add_read(&mut self, record: &Record) -> Result<(), LogError> {
        let stream = record.stream()?;
        let claims: Vec<Claim> = record
            .claims()?
            .into_iter()
            .map(|claim| match claim.action {
                ClaimAction::Hold => Claim::Hold(claim.hash, crate::OnClash::Fail),
                ClaimAction::Release => Claim::Release(claim.hash),
            })
            .collect();
        self.add(record, stream, &claims);
        let version = self.version(&stream);
        if version != Some(record.header.version) {
            let position = record.header.position;
            return Err(LogError::corrupt_at("a version that does not follow", position));
        }
        Ok(())
    }

    /// Every stream: key, version before this volume, places of its events.
    pub(crate) fn streams(&self) -> impl Iterator<Item = (&StreamKey, u64, &[Offset])> {
        self.streams.iter().map(|entry| (&entry.key, entry.before, entry.at.as_slice()))
    }

    /// Every claim and where it was last changed, with [`RELEASED`] set if it was given back there.
    pub(crate) fn claims(&self) -> impl Iterator<Item = (ClaimHash, Offset)> {
        self.claims.iter().map(|(hash, claim)| (*hash, claim.at))
    }

    fn stream(&self, stream: &StreamKey) -> Option<&LiveStream> {
        self.streams.get(slot_of(*self.by_key.get(stream)?)?)
    }

    /// The version of a stream, if this volume has events of it.
    pub(crate) fn version(&self, stream: &StreamKey) -> Option<u64> {
        let entry = self.stream(stream)?;
        Some(entry.before + u64::try_from(entry.at.len()).unwrap_or(u64::MAX))
    }

    /// The version of a stream before this volume, if this volume has events of it.
    pub(crate) fn version_before(&self, stream: &StreamKey) -> Option<u64> {
        self.stream(stream).map(|entry| entry.before)
    }

    /// Positions of a stream's events here, without the first `skip`, at most `limit`.
    pub(crate) fn positions(&self, stream: &StreamKey, skip: u64, limit: usize) -> Vec<Position> {
        let at = self.stream(stream).map(|entry| entry.at.as_slice()).unwrap_or_default();
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        at.iter().skip(skip).take(limit).map(|at| self.position(*at)).collect()
    }

    /// Positions of a stream's events here after `after`, at most `limit`.
    pub(crate) fn positions_after(
        &self,
        stream: &StreamKey,
        after: Position,
        limit: usize,
    ) -> Vec<Position> {
        let at = self.stream(stream).map(|entry| entry.at.as_slice()).unwrap_or_default();
        let skip = at.partition_point(|at| self.position(*at) <= after);
        at.iter().skip(skip).take(limit).map(|at| self.position(*at)).collect()
    }

    /// The last block whose first event was recorded at or before `time`.
    pub(crate) fn block_before(&self, time: Timestamp) -> Option<BlockEntry> {
        let after = self.blocks.partition_point(|block| block.recorded_at <= time);
        self.blocks.get(after.checked_sub(1)?).copied()
    }

    fn position(&self, at: Offset) -> Position {
        Position(self.before.0 + u64::from(at))
    }

    pub(crate) fn claim(&self, claim: &ClaimHash) -> ClaimState {
        let Some(LiveClaim { at, stream }) = self.claims.get(claim).copied() else {
            return ClaimState::Unknown;
        };
        if at & RELEASED != 0 {
            return ClaimState::Released;
        }
        match slot_of(stream).and_then(|slot| self.streams.get(slot)) {
            Some(entry) => ClaimState::Held((entry.key, self.position(at))),
            None => ClaimState::Unknown,
        }
    }
}

fn slot_of(slot: u32) -> Option<usize> {
    usize::try_from(slot).ok()
}
