//! All volumes of a log as one history: finds blocks, streams and claims, newest volume first.
//!
//! A snapshot that readers share: the set changes only by being replaced. Everything it finds is
//! synced; how far a reader may look is the caller's business.

use std::sync::Arc;

use crate::block::Block;
use crate::cache::{BlockCache, Decoded};
use crate::error::LogError;
use crate::ids::{ClaimHash, Position, StreamKey, Timestamp};
use crate::judge::{Holding, Synced};
use crate::live::{ClaimState, LiveVolume};
use crate::record::Record;

/// Closed volumes, then live ones; the last live one is active.
#[derive(Clone)]
pub(crate) struct Volumes {
    pub(crate) live: Vec<Arc<LiveVolume>>,
    pub(crate) cache: Arc<BlockCache>,
}

impl Volumes {
    fn live_at(&self, position: Position) -> Option<&Arc<LiveVolume>> {
        self.live.iter().rev().find(|volume| volume.start.position < position)
    }

    /// The block that holds a position.
    pub(crate) fn block(&self, position: Position) -> Result<Arc<Decoded>, LogError> {
        let missing = || LogError::corrupt_at("no block", position);
        let volume = self.live_at(position).ok_or_else(missing)?;
        let entry = volume.index.read().block_at(position).ok_or_else(missing)?;
        if let Some(found) = self.cache.get(entry.first) {
            return Ok(found);
        }
        let stored = volume.sled.get(entry.first)?.ok_or_else(missing)?;
        let decoded = Decoded::new(&Block::decode_exact(&stored)?)?;
        self.cache.put(Arc::clone(&decoded));
        Ok(decoded)
    }

    /// One event.
    pub(crate) fn record(&self, position: Position) -> Result<Record, LogError> {
        let missing = || LogError::corrupt_at("a block without the event", position);
        self.block(position)?.get(position).cloned().ok_or_else(missing)
    }

    /// Positions of a stream's events with versions above `after`, at most `limit`.
    pub(crate) fn versions_after(
        &self,
        stream: &StreamKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Position>, LogError> {
        let mut holding = Vec::new();
        for volume in self.live.iter().rev() {
            if let Some(before) = volume.index.read().version_before(stream) {
                holding.push((before, volume));
                if before <= after {
                    break;
                }
            }
        }
        let mut found = Vec::new();
        for (before, volume) in holding.into_iter().rev() {
            let skip = after.saturating_sub(before);
            let left = limit - found.len();
            found.extend(volume.index.read().positions(stream, skip, left));
        }
        Ok(found)
    }

    /// Positions of a stream's events after `after`, at most `limit`.
    pub(crate) fn positions_after(
        &self,
        stream: &StreamKey,
        after: Position,
        limit: usize,
    ) -> Result<Vec<Position>, LogError> {
        let mut found = Vec::new();
        for volume in &self.live {
            let left = limit - found.len();
            found.extend(volume.index.read().positions_after(stream, after, left));
        }
        Ok(found)
    }

    /// The last position recorded at or before `time`.
    pub(crate) fn position_at(&self, time: Timestamp) -> Result<Position, LogError> {
        for volume in self.live.iter().rev() {
            let entry = volume.index.read().block_before(time);
            if let Some(entry) = entry {
                let block = self.block(entry.first)?;
                let count = block.records.partition_point(|r| r.header.recorded_at <= time);
                let last = count.checked_sub(1).and_then(|at| block.records.get(at));
                return Ok(last.map_or(Position::START, |record| record.header.position));
            }
        }
        Ok(Position::START)
    }
}

impl Synced for Volumes {
    fn version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        for volume in self.live.iter().rev() {
            if let Some(version) = volume.index.read().version(stream) {
                return Ok(version);
            }
        }
        Ok(0)
    }

    fn claim(&self, claim: &ClaimHash) -> Result<Option<Holding>, LogError> {
        for volume in self.live.iter().rev() {
            match volume.index.read().claim(claim) {
                ClaimState::Unknown => {}
                ClaimState::Released => return Ok(None),
                ClaimState::Held(holding) => return Ok(Some(holding)),
            }
        }
        Ok(None)
    }
}
