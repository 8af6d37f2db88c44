//! All volumes of a log as one history: finds blocks, streams and claims, newest volume first.
//!
//! A snapshot that readers share: the set changes only by being replaced. Everything it finds is
//! synced; how far a reader may look is the caller's business.

use std::borrow::Cow;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use bytes::Bytes;

use crate::block::Block;
use crate::cache::{BlockCache, Decoded};
use crate::closed::ClosedVolume;
use crate::error::LogError;
use crate::ids::{ClaimHash, Position, StreamKey, Timestamp};
use crate::index_file::StreamRow;
use crate::judge::{Holding, Synced};
use crate::live::{ClaimState, LiveVolume};
use crate::lookup::{Informed, Lookup};
use crate::record::Record;
use crate::tree::{Frontier, Hash, SUBTREE_LEAVES};

/// Closed volumes, then live ones; the last live one is active.
#[derive(Clone)]
pub(crate) struct Volumes {
    pub(crate) closed: Vec<Arc<ClosedVolume>>,
    pub(crate) live: Vec<Arc<LiveVolume>>,
    pub(crate) cache: Arc<BlockCache>,
}

/// A block that was asked for.
enum Found {
    /// It was kept, decoded.
    Kept(Arc<Decoded>),
    /// It comes from the disk.
    Fresh(Block),
}

/// What may become of a block that was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// Others will want it too.
    Cached,
    /// A long scan passes by; it must not push out what others use.
    Passing,
}

/// Events of a stream in one volume.
enum Events<'a> {
    Live(&'a LiveVolume),
    Closed(StreamRow),
}

impl Volumes {
    /// The block that holds a position.
    fn block(&self, position: Position, keep: Keep) -> Result<Arc<Decoded>, LogError> {
        match self.find(position)? {
            Found::Kept(decoded) => Ok(decoded),
            Found::Fresh(block) => {
                let decoded = Decoded::new(&block)?;
                if keep == Keep::Cached {
                    self.cache.put(Arc::clone(&decoded));
                }
                Ok(decoded)
            }
        }
    }

    fn find(&self, position: Position) -> Result<Found, LogError> {
        let missing = || LogError::corrupt_at("no block", position);
        let live = self.live.iter().rev().find(|volume| volume.start.position < position);
        if let Some(volume) = live {
            let first = volume.index.read().block_at(position).ok_or_else(missing)?.first;
            return self.load(first, || volume.sled.get(first)?.ok_or_else(missing));
        }
        let at = self.closed.partition_point(|volume| volume.entry.end.position < position);
        let volume = self.closed.get(at).filter(|v| v.holds(position)).ok_or_else(missing)?;
        let place = volume.place_of(position)?;
        self.load(place.first, || volume.block_at(place))
    }

    fn load(
        &self,
        first: Position,
        load: impl FnOnce() -> Result<Bytes, LogError>,
    ) -> Result<Found, LogError> {
        if let Some(kept) = self.cache.get(first) {
            return Ok(Found::Kept(kept));
        }
        let block = Block::decode_exact(&load()?)?;
        if block.header.first != first {
            return Err(LogError::corrupt_at("a block of another position", first));
        }
        Ok(Found::Fresh(block))
    }

    /// Hands over the next events after `after`: the rest of one block, until `take` has enough.
    /// Answers how far it came. A block that is passed over whole is not kept: a long scan must
    /// not push out what others use; one that is left in the middle will be asked for again.
    pub(crate) fn pass(
        &self,
        after: Position,
        mut take: impl FnMut(Cow<'_, Record>) -> Result<ControlFlow<()>, LogError>,
    ) -> Result<Position, LogError> {
        let mut at = after;
        match self.find(after.next())? {
            Found::Kept(block) => {
                for record in block.after(after) {
                    let position = record.header.position;
                    if take(Cow::Borrowed(record))?.is_break() {
                        break;
                    }
                    at = position;
                }
            }
            Found::Fresh(block) => {
                for record in block.records() {
                    let record = record?;
                    let position = record.header.position;
                    if position <= after {
                        continue;
                    }
                    if take(Cow::Owned(record))?.is_break() {
                        self.cache.put(Decoded::new(&block)?);
                        break;
                    }
                    at = position;
                }
            }
        }
        Ok(at)
    }

    /// One event.
    pub(crate) fn record(&self, position: Position) -> Result<Record, LogError> {
        let missing = || LogError::corrupt_at("a block without the event", position);
        self.block(position, Keep::Cached)?.get(position).cloned().ok_or_else(missing)
    }

    /// A stream's row in a closed volume's index, confirmed against its first event there.
    fn stream_row(
        &self,
        volume: &ClosedVolume,
        stream: &StreamKey,
    ) -> Result<Option<StreamRow>, LogError> {
        for row in volume.index()?.streams(stream) {
            let first = row.positions(0).next();
            let first = first.ok_or_else(|| LogError::corrupt("a stream without events"))?;
            if self.record(first)?.stream()? == *stream {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// What a closed volume knows of a claim, confirmed against the event that changed it last.
    fn claim_in(&self, volume: &ClosedVolume, claim: &ClaimHash) -> Result<ClaimState, LogError> {
        for (position, released) in volume.index()?.claims(claim) {
            let record = self.record(position)?;
            if record.claims()?.iter().any(|recorded| recorded.hash == *claim) {
                return Ok(if released {
                    ClaimState::Released
                } else {
                    ClaimState::Held((record.stream()?, position))
                });
            }
        }
        Ok(ClaimState::Unknown)
    }

    /// What the live volumes know of a claim.
    pub(crate) fn live_claim(&self, claim: &ClaimHash) -> ClaimState {
        let mut states = self.live.iter().rev().map(|volume| volume.index.read().claim(claim));
        states.find(|state| *state != ClaimState::Unknown).unwrap_or(ClaimState::Unknown)
    }

    /// What some of the closed volumes know of a claim.
    pub(crate) fn closed_claim(
        &self,
        which: Range<usize>,
        claim: &ClaimHash,
    ) -> Result<ClaimState, LogError> {
        for volume in self.closed.get(which).unwrap_or_default().iter().rev() {
            let state = self.claim_in(volume, claim)?;
            if state != ClaimState::Unknown {
                return Ok(state);
            }
        }
        Ok(ClaimState::Unknown)
    }

    /// The version of a stream, if the live volumes have events of it.
    pub(crate) fn live_version(&self, stream: &StreamKey) -> Option<u64> {
        self.live.iter().rev().find_map(|volume| volume.index.read().version(stream))
    }

    /// The version of a stream, if some of the closed volumes have events of it.
    pub(crate) fn closed_version(
        &self,
        which: Range<usize>,
        stream: &StreamKey,
    ) -> Result<Option<u64>, LogError> {
        for volume in self.closed.get(which).unwrap_or_default().iter().rev() {
            if let Some(row) = self.stream_row(volume, stream)? {
                return Ok(Some(row.before + row.len()));
            }
        }
        Ok(None)
    }

    /// The volumes that hold events of a stream with versions above `after`, newest first, each
    /// with the stream's version before it.
    fn holding(&self, stream: &StreamKey, after: u64) -> Result<Vec<(u64, Events<'_>)>, LogError> {
        let mut holding = Vec::new();
        for volume in self.live.iter().rev() {
            let before = volume.index.read().version_before(stream);
            if let Some(before) = before {
                holding.push((before, Events::Live(volume)));
                if before <= after {
                    return Ok(holding);
                }
            }
        }
        for volume in self.closed.iter().rev() {
            if let Some(row) = self.stream_row(volume, stream)? {
                let before = row.before;
                holding.push((before, Events::Closed(row)));
                if before <= after {
                    break;
                }
            }
        }
        Ok(holding)
    }

    /// Positions of a stream's events with versions above `after`, at most `limit`.
    pub(crate) fn versions_after(
        &self,
        stream: &StreamKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Position>, LogError> {
        let mut found = Vec::new();
        for (before, events) in self.holding(stream, after)?.into_iter().rev() {
            let skip = after.saturating_sub(before);
            let left = limit - found.len();
            match events {
                Events::Live(volume) => {
                    found.extend(volume.index.read().positions(stream, skip, left));
                }
                Events::Closed(row) => found.extend(row.positions(skip).take(left)),
            }
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
        for volume in self.closed.iter().filter(|volume| volume.entry.end.position > after) {
            if let Some(row) = self.stream_row(volume, stream)? {
                let left = limit - found.len();
                found.extend(row.positions(row.count_to(after)).take(left));
            }
            if found.len() == limit {
                return Ok(found);
            }
        }
        for volume in &self.live {
            let left = limit - found.len();
            found.extend(volume.index.read().positions_after(stream, after, left));
        }
        Ok(found)
    }

    /// The last position recorded at or before `time`.
    pub(crate) fn position_at(&self, time: Timestamp) -> Result<Position, LogError> {
        let live = self
            .live
            .iter()
            .rev()
            .find_map(|volume| volume.index.read().block_before(time).map(|block| block.first));
        let first = match live {
            Some(first) => Some(first),
            None => self.closed_block_before(time)?,
        };
        let Some(first) = first else { return Ok(Position::START) };
        let block = self.block(first, Keep::Cached)?;
        let count = block.records.partition_point(|r| r.header.recorded_at <= time);
        let last = count.checked_sub(1).and_then(|at| block.records.get(at));
        Ok(last.map_or(Position::START, |record| record.header.position))
    }

    /// The root over the leaves of positions `256 n + 1` to `256 (n + 1)`, which must be there.
    pub(crate) fn subtree(&self, n: u64) -> Result<Hash, LogError> {
        let before = Position(n.saturating_mul(SUBTREE_LEAVES));
        let last = Position(before.0.saturating_add(SUBTREE_LEAVES));
        if let Some(volume) = self.closed.iter().find(|volume| volume.holds(last)) {
            // The first that a volume completes is the one that its first leaf belongs to.
            let at = n - volume.entry.start.position.0 / SUBTREE_LEAVES;
            let found = usize::try_from(at).ok().and_then(|at| volume.index().ok()?.subtree(at));
            return found.ok_or_else(|| LogError::corrupt_at("no tree hash", last));
        }
        let mut frontier = Frontier::default();
        self.push_leaves(&mut frontier, before, last)?;
        Ok(frontier.root())
    }

    /// The tree when `position`, which must be there, was its newest leaf: from the junction before
    /// it, by the subtrees that closed volumes have stored, and by leaves for the rest.
    pub(crate) fn frontier_at(&self, position: Position) -> Result<Frontier, LogError> {
        let closed = self.closed.iter().map(|volume| &volume.entry.start);
        let starts = closed.chain(self.live.iter().map(|volume| &volume.start));
        let start = starts.rev().find(|start| start.position <= position);
        let mut frontier = start.map(|start| start.frontier.clone()).unwrap_or_default();
        while frontier.size() < position.0 {
            let at = frontier.size();
            let next = (at / SUBTREE_LEAVES + 1).saturating_mul(SUBTREE_LEAVES);
            let stored = self.closed.iter().any(|volume| volume.holds(Position(next)));
            let whole = at.is_multiple_of(SUBTREE_LEAVES) && next <= position.0 && stored;
            if !whole || !frontier.push_subtree(self.subtree(at / SUBTREE_LEAVES)?) {
                let upto = Position(next).min(position);
                self.push_leaves(&mut frontier, Position(at), upto)?;
            }
        }
        Ok(frontier)
    }

    /// Adds the leaves after `after` up to `last`.
    fn push_leaves(
        &self,
        frontier: &mut Frontier,
        after: Position,
        last: Position,
    ) -> Result<(), LogError> {
        let mut at = after;
        while at < last {
            let block = self.block(at.next(), Keep::Passing)?;
            for record in block.after(at).iter().take_while(|r| r.header.position <= last) {
                frontier.push(record.leaf());
                at = record.header.position;
            }
        }
        Ok(())
    }

    fn closed_block_before(&self, time: Timestamp) -> Result<Option<Position>, LogError> {
        // Volumes that start after `time` are passed over without opening their index.
        let candidates = self.closed.iter().rev();
        for volume in candidates.skip_while(|v| v.entry.start.recorded_at > time) {
            if let Some(row) = volume.index()?.block_before(time) {
                return Ok(Some(row.first));
            }
        }
        Ok(None)
    }
}

impl Synced for Volumes {
    fn version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        Informed { volumes: self, lookup: &Lookup::default() }.version(stream)
    }

    fn claim(&self, claim: &ClaimHash) -> Result<Option<Holding>, LogError> {
        Informed { volumes: self, lookup: &Lookup::default() }.claim(claim)
    }
}
