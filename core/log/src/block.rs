//! The block: format 1 of what is stored, frozen. One sled value, one stretch of a volume file.
//!
//! An 84-byte header, then records as `u32 length ‖ header ‖ body`, plain or LZ4. A block holds
//! whole commits, or one part of a commit that is too large for one; each part holds whole
//! records. Blocks are chained by the SHA-256 of the stored bytes of the one before. Decoding is
//! strict: whatever this code would not write is refused.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::error::LogError;
use crate::ids::{LogId, Position};
use crate::record::{Header, MAX_RECORD_BYTES, Record};
use crate::tree::Hash;
use crate::wire::{Reader, Writer};

/// Bytes of a block's header.
pub const BLOCK_HEADER_BYTES: usize = 84;

/// The largest stored block. With segments of 2 MiB, 17 such values (and the eight bytes before
/// each) stay under a quarter of a segment, so that sled never spills a page into a file that it
/// does not sync.
pub const MAX_BLOCK_BYTES: usize = 30 * 1024;

/// The most record bytes, length prefixes included, in one block.
pub const MAX_RAW_BYTES: usize = MAX_BLOCK_BYTES - BLOCK_HEADER_BYTES;

const MAGIC: [u8; 4] = *b"CVLB";
const FORMAT: u8 = 1;
const CRC_AT: usize = BLOCK_HEADER_BYTES - 4;

/// How the records of a block are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum Codec {
    /// As they are.
    Raw = 0,
    /// LZ4, block format; a block that does not shrink is stored raw.
    #[default]
    Lz4 = 1,
}

/// What a block says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockHeader {
    /// The log it belongs to.
    pub log: LogId,
    /// The partition of the log; 0 today.
    pub partition: u16,
    /// How its records are stored.
    pub codec: Codec,
    /// The position of its first record.
    pub first: Position,
    /// How many records it holds, at least one.
    pub count: u32,
    /// Which part of a commit it is, from 0.
    pub part: u16,
    /// Of how many parts; 1 for a block of whole commits.
    pub parts: u16,
    /// SHA-256 of the stored bytes of the block before; zeros for the first of the log.
    pub previous: Hash,
    /// Bytes of the records before compression.
    pub raw_len: u32,
    /// Bytes of the records as stored.
    pub stored_len: u32,
}

impl BlockHeader {
    /// The position of its last record.
    pub const fn last(&self) -> Position {
        Position(self.first.0 + u32_to_u64(self.count) - 1)
    }

    /// Bytes of the whole stored block.
    pub fn block_bytes(&self) -> usize {
        BLOCK_HEADER_BYTES + usize::try_from(self.stored_len).unwrap_or(usize::MAX)
    }

    /// Whether a commit is complete once this block is there.
    pub const fn ends_commit(&self) -> bool {
        self.part + 1 == self.parts
    }

    /// Reads a header from the front of `bytes`, without judging the checksum.
    pub fn decode(bytes: &[u8]) -> Result<Self, LogError> {
        let mut r = Reader::new(bytes);
        if r.array()? != MAGIC {
            return Err(LogError::corrupt("something that is not a block"));
        }
        if r.u8()? != FORMAT {
            return Err(LogError::corrupt("a block of an unknown format"));
        }
        let codec = match r.u8()? {
            0 => Codec::Raw,
            1 => Codec::Lz4,
            _ => return Err(LogError::corrupt("a block of an unknown codec")),
        };
        let header = Self {
            codec,
            partition: r.u16()?,
            log: LogId(r.uuid()?),
            first: Position(r.u64()?),
            count: r.u32()?,
            part: r.u16()?,
            parts: r.u16()?,
            previous: r.array()?,
            raw_len: r.u32()?,
            stored_len: r.u32()?,
        };
        header.check()?;
        Ok(header)
    }

    fn check(&self) -> Result<(), LogError> {
        let max_raw = u32::try_from(MAX_RAW_BYTES).unwrap_or(u32::MAX);
        let sizes = match self.codec {
            Codec::Raw => self.stored_len == self.raw_len,
            Codec::Lz4 => self.stored_len < self.raw_len,
        };
        let sane = self.first > Position::START
            && self.first.0.checked_add(u64::from(self.count)).is_some()
            && self.count > 0
            && self.part < self.parts
            && self.raw_len <= max_raw
            && sizes;
        if sane {
            Ok(())
        } else {
            Err(LogError::corrupt("a block whose header contradicts itself"))
        }
    }

    fn encode(&self, body: &[u8]) -> Bytes {
        let mut w = Writer(Vec::with_capacity(BLOCK_HEADER_BYTES + body.len()));
        w.bytes(&MAGIC);
        w.u8(FORMAT);
        w.u8(match self.codec {
            Codec::Raw => 0,
            Codec::Lz4 => 1,
        });
        w.u16(self.partition);
        w.uuid(self.log.0);
        w.u64(self.first.0);
        w.u32(self.count);
        w.u16(self.part);
        w.u16(self.parts);
        w.bytes(&self.previous);
        w.u32(self.raw_len);
        w.u32(self.stored_len);
        let crc = crc32c::crc32c_append(crc32c::crc32c(&w.0), body);
        w.u32(crc);
        w.bytes(body);
        Bytes::from(w.0)
    }
}

/// `u64::from` is not const.
#[expect(clippy::as_conversions, reason = "widening; u64::from is not const")]
const fn u32_to_u64(v: u32) -> u64 {
    v as u64
}

/// Collects records until a block is full.
#[derive(Debug, Default)]
pub(crate) struct BlockBuilder {
    raw: Vec<u8>,
    first: Option<Position>,
    count: u32,
}

/// What a new block continues.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain {
    pub(crate) log: LogId,
    pub(crate) partition: u16,
    /// Hash of the last block.
    pub(crate) previous: Hash,
}

impl BlockBuilder {
    /// Bytes that a record takes in a block.
    pub(crate) const fn cost(record: &Record) -> usize {
        4 + Header::LEN + record.body.len()
    }

    pub(crate) const fn fits(&self, bytes: usize) -> bool {
        self.raw.len() + bytes <= MAX_RAW_BYTES
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds a record; the caller has checked that it fits.
    pub(crate) fn push(&mut self, header: &Header, body: &[u8]) {
        self.first.get_or_insert(header.position);
        self.count += 1;
        let len = u32::try_from(Header::LEN + body.len()).unwrap_or(u32::MAX);
        self.raw.extend_from_slice(&len.to_be_bytes());
        self.raw.extend_from_slice(&header.encode());
        self.raw.extend_from_slice(body);
    }

    /// Closes the block and moves the chain on. `part` is (which, of how many).
    pub(crate) fn finish(self, chain: &mut Chain, codec: Codec, part: (u16, u16)) -> StoredBlock {
        let squeezed = match codec {
            Codec::Raw => None,
            Codec::Lz4 => Some(lz4_flex::block::compress(&self.raw)),
        };
        // Sealed payloads may not shrink: then they are stored as they are.
        let squeezed = squeezed.filter(|small| small.len() < self.raw.len());
        let body = squeezed.as_deref().unwrap_or(&self.raw);
        let header = BlockHeader {
            log: chain.log,
            partition: chain.partition,
            codec: if squeezed.is_some() { Codec::Lz4 } else { Codec::Raw },
            first: self.first.unwrap_or_default(),
            count: self.count,
            part: part.0,
            parts: part.1,
            previous: chain.previous,
            raw_len: u32::try_from(self.raw.len()).unwrap_or(u32::MAX),
            stored_len: u32::try_from(body.len()).unwrap_or(u32::MAX),
        };
        let bytes = header.encode(body);
        chain.previous = block_hash(&bytes);
        let raw = match header.codec {
            Codec::Raw => bytes.slice(BLOCK_HEADER_BYTES..),
            Codec::Lz4 => Bytes::from(self.raw),
        };
        let block = Block { header, raw };
        StoredBlock { bytes, block }
    }
}

/// A block as it goes to the disk, and its content.
#[derive(Clone, Debug)]
pub(crate) struct StoredBlock {
    pub(crate) bytes: Bytes,
    pub(crate) block: Block,
}

/// A block whose checksum was right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// What it says of itself.
    pub header: BlockHeader,
    raw: Bytes,
}

impl Block {
    /// Reads the block at the front of `bytes`; records share `bytes` unless they were compressed.
    pub fn decode(bytes: &Bytes) -> Result<Self, LogError> {
        let header = BlockHeader::decode(bytes)?;
        let end = header.block_bytes();
        if bytes.len() < end {
            return Err(LogError::corrupt_at("a block that ends too early", header.first));
        }
        let stored = bytes.slice(BLOCK_HEADER_BYTES..end);
        let mut r = Reader::new(bytes);
        let crc = crc32c::crc32c_append(crc32c::crc32c(r.take(CRC_AT)?), &stored);
        if r.u32()? != crc {
            return Err(LogError::corrupt_at("a block with a wrong checksum", header.first));
        }
        let raw = match header.codec {
            Codec::Raw => stored,
            Codec::Lz4 => unpack(&stored, &header)?,
        };
        Ok(Self { header, raw })
    }

    /// Reads exactly one block.
    pub fn decode_exact(bytes: &Bytes) -> Result<Self, LogError> {
        let block = Self::decode(bytes)?;
        if block.header.block_bytes() == bytes.len() {
            Ok(block)
        } else {
            Err(LogError::corrupt_at("a block with bytes after its end", block.header.first))
        }
    }

    /// Its records in order.
    pub fn records(&self) -> Records<'_> {
        Records { block: self, at: 0, next: self.header.first, left: self.header.count }
    }
}

fn unpack(stored: &[u8], header: &BlockHeader) -> Result<Bytes, LogError> {
    let size = usize::try_from(header.raw_len).unwrap_or(usize::MAX);
    match lz4_flex::block::decompress(stored, size) {
        Ok(raw) if raw.len() == size => Ok(Bytes::from(raw)),
        _ => Err(LogError::corrupt_at("a block that does not decompress", header.first)),
    }
}

/// Walks over the records of a block.
#[derive(Debug)]
pub struct Records<'a> {
    block: &'a Block,
    at: usize,
    next: Position,
    left: u32,
}

impl Records<'_> {
    fn one(&mut self) -> Result<Record, LogError> {
        let broken = || LogError::corrupt_at("a block with a broken record", self.next);
        let raw = &self.block.raw;
        let mut r = Reader::new(raw.get(self.at..).unwrap_or_default());
        let len = usize::try_from(r.u32().map_err(|_| broken())?).map_err(|_| broken())?;
        let start = self.at + 4;
        let end = start.checked_add(len).filter(|end| *end <= raw.len()).ok_or_else(broken)?;
        if !(Header::LEN..=MAX_RECORD_BYTES).contains(&len) {
            return Err(broken());
        }
        let header = Header::decode(raw.get(start..end).unwrap_or_default())?;
        // A commit starts at index 0; only the first part of a split one does.
        let starts = self.at == 0 && self.block.header.part == 0;
        let follows = self.block.header.parts > 1 && !starts;
        if header.position != self.next
            || (starts && header.index != 0)
            || (follows && header.index == 0)
        {
            return Err(broken());
        }
        self.at = end;
        self.next = self.next.next();
        Ok(Record { header, body: raw.slice(start + Header::LEN..end) })
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let mut one = self.one();
        if self.left == 0 && one.is_ok() && self.at != self.block.raw.len() {
            one = Err(LogError::corrupt_at("a block with bytes after its records", self.next));
        }
        if one.is_err() {
            self.left = 0;
        }
        Some(one)
    }
}

/// The link of the chain: SHA-256 of the stored bytes.
pub fn block_hash(stored: &[u8]) -> Hash {
    Sha256::digest(stored).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn chain() -> Chain {
        Chain { log: LogId(Uuid::from_u128(7)), partition: 0, previous: [9; 32] }
    }

    fn header(position: u64, index: u32) -> Header {
        Header { position: Position(position), version: 1, recorded_at: Timestamp(5), index }
    }

    fn built(bodies: &[Vec<u8>], codec: Codec) -> StoredBlock {
        let mut builder = BlockBuilder::default();
        for (n, body) in bodies.iter().enumerate() {
            builder.push(&header(40 + u64::try_from(n).unwrap(), 0), body);
        }
        builder.finish(&mut chain(), codec, (0, 1))
    }

    #[test]
    fn every_flipped_bit_of_a_block_is_noticed() {
        for codec in [Codec::Raw, Codec::Lz4] {
            let stored = built(&[vec![3; 60], vec![4; 60]], codec).bytes;
            assert!(Block::decode_exact(&stored).is_ok());
            for bit in 0..stored.len() * 8 {
                let mut flipped = stored.to_vec();
                flipped[bit / 8] ^= 1 << (bit % 8);
                assert!(
                    Block::decode_exact(&Bytes::from(flipped)).is_err(),
                    "bit {bit} of {codec:?}"
                );
            }
        }
    }

    #[test]
    fn every_shortened_or_lengthened_block_is_refused() {
        let stored = built(&[vec![3; 60]], Codec::Raw).bytes;
        for end in 0..stored.len() {
            assert!(Block::decode_exact(&stored.slice(..end)).is_err(), "{end} bytes");
        }
        let longer = Bytes::from([stored.as_ref(), &[0]].concat());
        assert!(Block::decode_exact(&longer).is_err());
        assert!(Block::decode(&longer).is_ok(), "blocks lie end to end");
    }

    #[test]
    fn a_record_out_of_place_is_refused() {
        let cases = [
            ("a gap", [(40, 0), (42, 0)], (0, 1)),
            ("a part that starts a second commit", [(40, 0), (41, 0)], (0, 2)),
            ("a later part that starts a commit", [(40, 0), (41, 1)], (1, 2)),
            ("a first part that continues one", [(40, 3), (41, 4)], (0, 2)),
        ];
        for (what, records, part) in cases {
            let mut builder = BlockBuilder::default();
            for (position, index) in records {
                builder.push(&header(position, index), &[1, 2, 3]);
            }
            let stored = builder.finish(&mut chain(), Codec::Raw, part).bytes;
            let read: Result<Vec<Record>, _> =
                Block::decode_exact(&stored).unwrap().records().collect();
            assert!(read.is_err(), "{what}");
        }
    }

    #[test]
    fn seventeen_full_values_stay_under_a_quarter_of_a_segment() {
        const { assert!((MAX_BLOCK_BYTES + 8) * 17 < 2 * 1024 * 1024 / 4) };
        let mut builder = BlockBuilder::default();
        while builder.fits(4 + Header::LEN + 1_000) {
            builder.push(&header(1, 0), &[7; 1_000]);
        }
        assert!(builder.finish(&mut chain(), Codec::Raw, (0, 1)).bytes.len() <= MAX_BLOCK_BYTES);
    }

    proptest! {
        #[test]
        fn what_goes_in_comes_out(
            bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..20),
            lz4: bool,
        ) {
            let codec = if lz4 { Codec::Lz4 } else { Codec::Raw };
            let stored = built(&bodies, codec);
            let block = Block::decode_exact(&stored.bytes).unwrap();
            prop_assert_eq!(&block, &stored.block);
            let read: Vec<Record> = block.records().map(Result::unwrap).collect();
            let read: Vec<Vec<u8>> = read.into_iter().map(|r| r.body.to_vec()).collect();
            prop_assert_eq!(read, bodies);
        }

        #[test]
        fn noise_never_panics(noise in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = built(&[vec![1; 10]], Codec::Raw).bytes.to_vec();
            bytes.truncate(84);
            bytes.extend(noise);
            if let Ok(block) = Block::decode(&Bytes::from(bytes)) {
                let _ = block.records().count();
            }
        }
    }
}
