//! Walks blocks in order and checks that they are one history.
//!
//! Checks the chain of hashes, checksums, dense positions, times that never go back and whole
//! commits, and grows the tree. Used by recovery, closing and verifying alike, so that what one
//! accepts the others accept.

use bytes::Bytes;

use crate::block::{Block, block_hash};
use crate::error::LogError;
use crate::ids::LogId;
use crate::manifest::Junction;
use crate::record::Record;
use crate::tree::Hash;

/// Where the walk has come to.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    log: LogId,
    partition: u16,
    /// After the last block that was walked over.
    pub(crate) at: Junction,
    /// Parts of a commit that are still to come.
    open: Option<(u16, u16)>,
}

/// A block and what it holds.
pub(crate) struct Step {
    pub(crate) block: Block,
    pub(crate) records: Vec<Record>,
    /// Roots of the 256-leaf subtrees that its records completed.
    pub(crate) subtrees: Vec<Hash>,
}

impl Walk {
    pub(crate) const fn new(log: LogId, partition: u16, start: Junction) -> Self {
        Self { log, partition, at: start, open: None }
    }

    /// Whether the last commit is there in all its parts.
    pub(crate) const fn is_whole(&self) -> bool {
        self.open.is_none()
    }

    /// Takes the next block.
    pub(crate) fn step(&mut self, stored: &Bytes) -> Result<Step, LogError> {
        let at = self.at.position.next();
        let block = Block::decode_exact(stored)?;
        let header = &block.header;
        if header.log != self.log || header.partition != self.partition {
            return Err(LogError::corrupt_at("a block of another log", at));
        }
        if header.first != at {
            let what = format!("a gap before position {}", header.first);
            return Err(LogError::corrupt_at(what, at));
        }
        if header.previous != self.at.previous {
            return Err(LogError::corrupt_at("a block that does not continue the one before", at));
        }
        let expected = self.open.unwrap_or((0, header.parts));
        if (header.part, header.parts) != expected {
            return Err(LogError::corrupt_at("a part of a commit out of place", at));
        }
        self.open = (!header.ends_commit()).then_some((header.part + 1, header.parts));
        let mut records = Vec::new();
        let mut subtrees = Vec::new();
        for record in block.records() {
            let record = record?;
            if record.header.recorded_at < self.at.recorded_at && record.header.position.0 > 1 {
                let position = record.header.position;
                return Err(LogError::corrupt_at("a time that goes back", position));
            }
            self.at.recorded_at = record.header.recorded_at;
            self.at.position = record.header.position;
            subtrees.extend(self.at.frontier.push(record.leaf()));
            records.push(record);
        }
        self.at.previous = block_hash(stored);
        Ok(Step { block, records, subtrees })
    }
}
