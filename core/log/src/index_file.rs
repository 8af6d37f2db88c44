//! The index of a closed volume: derived from its blocks, rebuildable, memory-mapped.
//!
//! Sections: block table; streams sorted by fingerprint, with their postings; claims sorted by
//! fingerprint; a filter for each; roots of the 256-leaf subtrees. Fingerprints can collide, so
//! whoever finds something confirms it against the record. One CRC covers the file.

use bytes::Bytes;

use crate::error::LogError;
use crate::filter::{build_filter, may_contain};
use crate::ids::{ClaimHash, Position, StreamKey, Timestamp};
use crate::live::LiveIndex;
use crate::tree::Hash;
use crate::wire::{Reader, Writer};

const MAGIC: [u8; 4] = *b"CVLX";
const FORMAT: u8 = 1;
const SECTIONS: usize = 7;
const HEADER_BYTES: usize = 4 + 1 + 32 + 8 + SECTIONS * 8;
const BLOCK_ROW: usize = 16;
const STREAM_ROW: usize = 24;
const CLAIM_ROW: usize = 12;
/// The bit of a claim's place that says it was given back there.
pub(crate) const RELEASED: u32 = 1 << 31;

/// What an index is built from, besides the volume's streams and claims.
pub(crate) struct Parts<'a> {
    pub(crate) blocks_sha256: Hash,
    /// The position before the volume.
    pub(crate) before: Position,
    /// For each block its first position, its place in the file and its first time.
    pub(crate) blocks: &'a [BlockRow],
    /// Subtrees that the volume's leaves completed.
    pub(crate) subtrees: &'a [Hash],
}

/// A row of the block table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct BlockRow {
    pub(crate) first: Position,
    pub(crate) recorded_at: Timestamp,
    /// Bytes from the start of the blocks file.
    pub(crate) offset: u32,
}

/// A stream in a closed volume, perhaps: the key is to be confirmed.
#[derive(Clone, Debug)]
pub(crate) struct StreamRow {
    /// Its version before the volume.
    pub(crate) before: u64,
    /// The volume's start, from which postings count.
    start: Position,
    postings: Bytes,
}

impl StreamRow {
    pub(crate) fn len(&self) -> u64 {
        u64::try_from(self.postings.len() / 4).unwrap_or(u64::MAX)
    }

    /// Positions in order, without the first `skip`.
    pub(crate) fn positions(&self, skip: u64) -> impl Iterator<Item = Position> + '_ {
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        let rows = self.postings.as_chunks::<4>().0.iter().skip(skip);
        rows.map(|at| Position(self.start.0 + u64::from(u32::from_be_bytes(*at))))
    }

    /// How many of its positions are not after `after`.
    pub(crate) fn count_to(&self, after: Position) -> u64 {
        let at = |row: &[u8; 4]| Position(self.start.0 + u64::from(u32::from_be_bytes(*row)));
        let rows = self.postings.as_chunks::<4>().0;
        u64::try_from(rows.partition_point(|row| at(row) <= after)).unwrap_or(u64::MAX)
    }
}

/// A mapped index file.
#[derive(Debug)]
pub(crate) struct IndexFile {
    before: Position,
    sections: [Bytes; SECTIONS],
}

/// The bytes of an index file.
pub(crate) fn build_index(parts: &Parts<'_>, volume: &LiveIndex) -> Vec<u8> {
    let mut blocks = Writer(Vec::with_capacity(parts.blocks.len() * BLOCK_ROW));
    for row in parts.blocks {
        blocks.u32(offset(row.first, parts.before));
        blocks.u32(row.offset);
        blocks.i64(row.recorded_at.0);
    }
    let mut of_streams: Vec<_> =
        volume.streams().map(|(key, before, at)| (key.fingerprint(), *key, before, at)).collect();
    of_streams.sort_unstable_by_key(|(fingerprint, key, ..)| (*fingerprint, *key));
    let (mut streams, mut postings) = (Writer(Vec::new()), Writer(Vec::new()));
    for (fingerprint, _, before, at) in &of_streams {
        streams.u64(*fingerprint);
        streams.u64(*before);
        streams.u32(u32::try_from(postings.0.len() / 4).unwrap_or(u32::MAX));
        streams.u32(u32::try_from(at.len()).unwrap_or(u32::MAX));
        at.iter().for_each(|at| postings.u32(*at));
    }
    let mut of_claims: Vec<(ClaimHash, u32)> = volume.claims().collect();
    of_claims.sort_unstable();
    let mut claims = Writer(Vec::with_capacity(of_claims.len() * CLAIM_ROW));
    for (hash, at) in &of_claims {
        claims.u64(hash.fingerprint());
        claims.u32(*at);
    }
    let claim_filter = build_filter(of_claims.iter().map(|(hash, _)| hash.fingerprint()));
    let stream_filter = build_filter(of_streams.iter().map(|row| row.0));
    let sections: [&[u8]; SECTIONS] = [
        &blocks.0,
        &streams.0,
        &postings.0,
        &claims.0,
        &claim_filter,
        &stream_filter,
        parts.subtrees.as_flattened(),
    ];
    assemble(parts, sections)
}

fn assemble(parts: &Parts<'_>, sections: [&[u8]; SECTIONS]) -> Vec<u8> {
    let size: usize = sections.iter().map(|section| section.len()).sum();
    let mut w = Writer(Vec::with_capacity(HEADER_BYTES + size + 4));
    w.bytes(&MAGIC);
    w.u8(FORMAT);
    w.bytes(&parts.blocks_sha256);
    w.u64(parts.before.0);
    for section in sections {
        w.u64(u64::try_from(section.len()).unwrap_or(u64::MAX));
    }
    for section in sections {
        w.bytes(section);
    }
    w.u32(crc32c::crc32c(&w.0));
    w.0
}

fn offset(position: Position, before: Position) -> u32 {
    u32::try_from(position.0.saturating_sub(before.0)).unwrap_or(u32::MAX)
}

impl IndexFile {
    /// Checks an index file and finds its sections.
    ///
    /// # Errors
    /// [`LogError::Corrupt`] if it is not the whole index of just these blocks.
    pub(crate) fn open(bytes: &Bytes, blocks_sha256: &Hash) -> Result<Self, LogError> {
        let broken = || LogError::corrupt("an index file that cannot be used");
        let content = bytes.slice(..bytes.len().checked_sub(4).ok_or_else(broken)?);
        let mut end = Reader::new(bytes);
        end.take(content.len())?;
        if end.u32()? != crc32c::crc32c(&content) {
            return Err(broken());
        }
        let mut r = Reader::new(&content);
        if r.array()? != MAGIC || r.u8()? != FORMAT || r.array::<32>()? != *blocks_sha256 {
            return Err(broken());
        }
        let before = Position(r.u64()?);
        let mut sections = [const { Bytes::new() }; SECTIONS];
        let mut at = HEADER_BYTES;
        for section in &mut sections {
            let len = usize::try_from(r.u64()?).map_err(|_| broken())?;
            let end = at.checked_add(len).filter(|end| *end <= content.len()).ok_or_else(broken)?;
            *section = content.slice(at..end);
            at = end;
        }
        if at != content.len() {
            return Err(broken());
        }
        Ok(Self { before, sections })
    }

    const fn section(&self, which: Section) -> &Bytes {
        let [blocks, streams, postings, claims, claim_filter, stream_filter, subtrees] =
            &self.sections;
        match which {
            Section::Blocks => blocks,
            Section::Streams => streams,
            Section::Postings => postings,
            Section::Claims => claims,
            Section::ClaimFilter => claim_filter,
            Section::StreamFilter => stream_filter,
            Section::Subtrees => subtrees,
        }
    }

    fn blocks(&self) -> &[[u8; BLOCK_ROW]] {
        self.section(Section::Blocks).as_chunks().0
    }

    fn block_row(&self, row: &[u8; BLOCK_ROW]) -> Option<BlockRow> {
        let mut r = Reader::new(row);
        let first = Position(self.before.0 + u64::from(r.u32().ok()?));
        let offset = r.u32().ok()?;
        Some(BlockRow { first, recorded_at: Timestamp(r.i64().ok()?), offset })
    }

    /// The block that holds a position, and where the next one begins in the file.
    pub(crate) fn block_at(&self, position: Position) -> Option<(BlockRow, Option<u32>)> {
        let wanted = offset(position, self.before);
        let after = self.blocks().partition_point(|row| first_u32(row) <= wanted);
        let row = self.block_row(self.blocks().get(after.checked_sub(1)?)?)?;
        let next = self.blocks().get(after).and_then(|row| self.block_row(row));
        Some((row, next.map(|next| next.offset)))
    }

    /// The last block whose first event was recorded at or before `time`.
    pub(crate) fn block_before(&self, time: Timestamp) -> Option<BlockRow> {
        let rows = self.blocks();
        let recorded = |row: &[u8; BLOCK_ROW]| self.block_row(row).map(|row| row.recorded_at);
        let after = rows.partition_point(|row| recorded(row) <= Some(time));
        self.block_row(rows.get(after.checked_sub(1)?)?)
    }

    /// Streams with the fingerprint of this one: at most one, but for a collision.
    pub(crate) fn streams(&self, stream: &StreamKey) -> Vec<StreamRow> {
        let fingerprint = stream.fingerprint();
        if !may_contain(self.section(Section::StreamFilter), fingerprint) {
            return Vec::new();
        }
        let rows: &[[u8; STREAM_ROW]] = self.section(Section::Streams).as_chunks().0;
        equal_rows(rows, fingerprint).iter().filter_map(|row| self.stream_row(row)).collect()
    }

    fn stream_row(&self, row: &[u8; STREAM_ROW]) -> Option<StreamRow> {
        let mut r = Reader::new(row);
        r.take(8).ok()?;
        let before = r.u64().ok()?;
        let start = usize::try_from(r.u32().ok()?).ok()?.checked_mul(4)?;
        let end = usize::try_from(r.u32().ok()?).ok()?.checked_mul(4)?.checked_add(start)?;
        let postings = self.section(Section::Postings);
        let postings = (end <= postings.len()).then(|| postings.slice(start..end))?;
        Some(StreamRow { before, start: self.before, postings })
    }

    /// Places where a claim with the fingerprint of this one was last changed: (position, whether
    /// it was given back there). At most one, but for a collision.
    pub(crate) fn claims(&self, claim: &ClaimHash) -> Vec<(Position, bool)> {
        let fingerprint = claim.fingerprint();
        if !may_contain(self.section(Section::ClaimFilter), fingerprint) {
            return Vec::new();
        }
        let rows: &[[u8; CLAIM_ROW]] = self.section(Section::Claims).as_chunks().0;
        let found = equal_rows(rows, fingerprint).iter().map(|[.., a, b, c, d]| {
            let at = u32::from_be_bytes([*a, *b, *c, *d]);
            (Position(self.before.0 + u64::from(at & !RELEASED)), at & RELEASED != 0)
        });
        found.collect()
    }

    /// The root of the 256-leaf subtree that was the `at`-th to be completed in this volume.
    pub(crate) fn subtree(&self, at: usize) -> Option<Hash> {
        let rows: &[Hash] = self.section(Section::Subtrees).as_chunks().0;
        rows.get(at).copied()
    }
}

#[derive(Clone, Copy)]
enum Section {
    Blocks,
    Streams,
    Postings,
    Claims,
    ClaimFilter,
    StreamFilter,
    Subtrees,
}

fn first_u32<const N: usize>(row: &[u8; N]) -> u32 {
    row.first_chunk::<4>().map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

fn first_u64<const N: usize>(row: &[u8; N]) -> u64 {
    row.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// The rows, sorted by their first eight bytes, that begin with `key`.
fn equal_rows<const N: usize>(rows: &[[u8; N]], key: u64) -> &[[u8; N]] {
    let start = rows.partition_point(|row| first_u64(row) < key);
    let rows = rows.get(start..).unwrap_or_default();
    let end = rows.iter().take_while(|row| first_u64(row) == key).count();
    rows.get(..end).unwrap_or_default()
}
