//! A closed volume: an immutable file of blocks, the source of truth, and its derived index.
//!
//! The index is opened when first asked for, and built again from the blocks when it is missing or
//! broken. Blocks are read, not mapped, so that a failing disk is an error and not a signal.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bytes::Bytes;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::block::{BLOCK_HEADER_BYTES, BlockHeader};
use crate::error::LogError;
use crate::files::{io_error, replace_file};
use crate::ids::{LogId, Position};
use crate::index_file::{BlockRow, IndexFile, Parts, build_index};
use crate::layout::Layout;
use crate::live::LiveIndex;
use crate::manifest::ClosedEntry;
use crate::map::map;
use crate::tree::Hash;
use crate::walk::{Step, Walk};

/// A volume that is entered in the manifest.
pub(crate) struct ClosedVolume {
    pub(crate) log: LogId,
    pub(crate) partition: u16,
    pub(crate) entry: ClosedEntry,
    blocks: File,
    blocks_path: PathBuf,
    index_path: PathBuf,
    index: OnceLock<IndexFile>,
    /// Held while the index is opened or built.
    building: Mutex<()>,
}

/// Where a block lies in its file.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Its first position.
    pub(crate) first: Position,
    start: u64,
    len: usize,
}

impl ClosedVolume {
    /// Opens the blocks file and checks its size; contents are checked as they are read.
    pub(crate) fn open(
        layout: &Layout,
        (log, partition): (LogId, u16),
        entry: ClosedEntry,
    ) -> Result<Self, LogError> {
        let blocks_path = layout.blocks(entry.number);
        let blocks = File::open(&blocks_path).map_err(io_error("open", &blocks_path))?;
        let size = blocks.metadata().map_err(io_error("look at", &blocks_path))?.len();
        if size != entry.bytes {
            let what = format!("a blocks file of {size} bytes instead of {}", entry.bytes);
            return Err(LogError::corrupt_at(what, entry.start.position.next()));
        }
        Ok(Self {
            log,
            partition,
            blocks,
            blocks_path,
            index_path: layout.index(entry.number),
            index: OnceLock::new(),
            building: Mutex::new(()),
            entry,
        })
    }

    pub(crate) fn holds(&self, position: Position) -> bool {
        self.entry.start.position < position && position <= self.entry.end.position
    }

    /// Its index, opened or built if need be.
    pub(crate) fn index(&self) -> Result<&IndexFile, LogError> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let _one_builds = self.building.lock();
        if self.index.get().is_none() {
            let opened = self.open_index().or_else(|_| self.rebuild_index())?;
            // Nobody else sets it while the lock is held.
            drop(self.index.set(opened));
        }
        self.index.get().ok_or_else(|| LogError::corrupt("an index that vanished"))
    }

    fn open_index(&self) -> Result<IndexFile, LogError> {
        IndexFile::open(&map(&self.index_path)?, &self.entry.sha256)
    }

    fn rebuild_index(&self) -> Result<IndexFile, LogError> {
        tracing::warn!(volume = self.entry.number, "building the index of a closed volume again");
        let derived = self.derive()?;
        replace_file(&self.index_path, &derived.index_bytes)?;
        self.open_index()
    }

    /// Reads the whole volume, checks it against the manifest, and derives its index.
    pub(crate) fn derive(&self) -> Result<Derived, LogError> {
        let mut gathering =
            Gathering::new(Walk::new(self.log, self.partition, self.entry.start.clone()));
        for stored in self.blocks() {
            gathering.add(&stored?)?;
        }
        let derived = gathering.finish(None);
        let Derived { walk, bytes, sha256, .. } = &derived;
        let same = walk.is_whole() && walk.at == self.entry.end;
        if !same || *bytes != self.entry.bytes || *sha256 != self.entry.sha256 {
            let at = self.entry.start.position.next();
            return Err(LogError::corrupt_at("a closed volume that is not as it was", at));
        }
        Ok(derived)
    }

    /// Compares the index file with one derived from the blocks again.
    pub(crate) fn verify_index(&self) -> Result<(), LogError> {
        let derived = self.derive()?;
        self.index()?;
        let written = map(&self.index_path)?;
        if written != derived.index_bytes {
            let at = self.entry.start.position.next();
            return Err(LogError::corrupt_at("an index that differs from its blocks", at));
        }
        Ok(())
    }

    /// Its blocks in order, read from the file alone.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = Result<Bytes, LogError>> + '_ {
        blocks_of(&self.blocks, &self.blocks_path, self.entry.bytes)
    }

    /// Where the block lies that holds a position.
    pub(crate) fn place_of(&self, position: Position) -> Result<Place, LogError> {
        let missing = || LogError::corrupt_at("no block in a closed volume", position);
        let (row, next) = self.index()?.block_at(position).ok_or_else(missing)?;
        let start = u64::from(row.offset);
        let end = next.map_or(self.entry.bytes, u64::from);
        let len = end.checked_sub(start).and_then(|len| usize::try_from(len).ok());
        Ok(Place { first: row.first, start, len: len.ok_or_else(missing)? })
    }

    /// The stored bytes of a block.
    pub(crate) fn block_at(&self, place: Place) -> Result<Bytes, LogError> {
        read_at(&self.blocks, &self.blocks_path, place.start, place.len)
    }
}

fn read_at(file: &File, path: &Path, start: u64, len: usize) -> Result<Bytes, LogError> {
    let mut bytes = vec![0; len];
    file.read_exact_at(&mut bytes, start).map_err(io_error("read", path))?;
    Ok(Bytes::from(bytes))
}

/// Bytes read at once when a whole file is walked over.
const CHUNK: usize = 1024 * 1024;

/// The stored blocks of a file of `size` bytes, one after the other.
pub(crate) fn blocks_of(
    file: &File,
    path: &Path,
    size: u64,
) -> impl Iterator<Item = Result<Bytes, LogError>> {
    let mut chunk = Bytes::new();
    let mut at = 0;
    std::iter::from_fn(move || {
        let wanted = match BlockHeader::decode(&chunk) {
            Ok(header) => header.block_bytes(),
            Err(_) => BLOCK_HEADER_BYTES,
        };
        if chunk.len() < wanted.max(BLOCK_HEADER_BYTES) {
            let left = size - at;
            if left == 0 {
                return None;
            }
            let len = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
            match read_at(file, path, at, len) {
                Ok(read) => chunk = read,
                Err(error) => return Some(Err(error)),
            }
        }
        let block = BlockHeader::decode(&chunk).and_then(|header| {
            let len = header.block_bytes();
            let short = || LogError::corrupt_at("a block that ends too early", header.first);
            if len <= chunk.len() { Ok(chunk.split_to(len)) } else { Err(short()) }
        });
        match &block {
            Ok(block) => at += u64::try_from(block.len()).unwrap_or(u64::MAX),
            // Nothing behind a broken block can be found.
            Err(_) => at = size,
        }
        if block.is_err() {
            chunk = Bytes::new();
        }
        Some(block)
    })
}

/// Collects what is derived from a volume's blocks while they pass.
pub(crate) struct Gathering {
    walk: Walk,
    hash: Sha256,
    bytes: u64,
    rows: Vec<BlockRow>,
    subtrees: Vec<Hash>,
    index: LiveIndex,
}

/// What a volume's blocks amount to.
pub(crate) struct Derived {
    /// After the last block.
    pub(crate) walk: Walk,
    pub(crate) bytes: u64,
    pub(crate) sha256: Hash,
    pub(crate) index_bytes: Vec<u8>,
}

impl Gathering {
    pub(crate) fn new(walk: Walk) -> Self {
        let index = LiveIndex::new(walk.at.position);
        let (rows, subtrees) = (Vec::new(), Vec::new());
        Self { walk, hash: Sha256::new(), bytes: 0, rows, subtrees, index }
    }

    /// Takes the next block in, records and all.
    pub(crate) fn add(&mut self, stored: &Bytes) -> Result<(), LogError> {
        let step = self.pass(stored)?;
        for record in &step.records {
            self.index.add_read(record)?;
        }
        Ok(())
    }

    /// Takes the next block in, but for its streams and claims.
    pub(crate) fn pass(&mut self, stored: &Bytes) -> Result<Step, LogError> {
        let offset = u32::try_from(self.bytes)
            .map_err(|_| LogError::corrupt("a volume of more than 4 GiB"))?;
        let step = self.walk.step(stored)?;
        let recorded_at = step.records.first().map(|record| record.header.recorded_at);
        self.rows.push(BlockRow {
            first: step.block.header.first,
            recorded_at: recorded_at.unwrap_or_default(),
            offset,
        });
        self.hash.update(stored);
        self.bytes += u64::try_from(stored.len()).unwrap_or(u64::MAX);
        self.subtrees.extend_from_slice(&step.subtrees);
        Ok(step)
    }

    /// Builds the index. `known` has the streams and claims if they were not taken in here.
    pub(crate) fn finish(self, known: Option<&LiveIndex>) -> Derived {
        let sha256 = self.hash.finalize().into();
        let parts = Parts {
            blocks_sha256: sha256,
            before: known.unwrap_or(&self.index).before(),
            blocks: &self.rows,
            subtrees: &self.subtrees,
        };
        let index_bytes = build_index(&parts, known.unwrap_or(&self.index));
        Derived { walk: self.walk, bytes: self.bytes, sha256, index_bytes }
    }
}
