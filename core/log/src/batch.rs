//! Turns accepted commits into blocks.
//!
//! Commits are laid into blocks in order; one that does not fit into a block of its own is split
//! over parts that hold whole records. Blocks never span batches.

use crate::block::{BlockBuilder, Chain, Codec, MAX_RAW_BYTES, StoredBlock};
use crate::judge::StagedEvent;

/// The blocks for a batch of commits; moves the chain on.
pub(crate) fn build_blocks<'a>(
    commits: impl Iterator<Item = &'a [StagedEvent]>,
    chain: &mut Chain,
    codec: Codec,
) -> Vec<StoredBlock> {
    let mut blocks = Vec::new();
    let mut open = BlockBuilder::default();
    for commit in commits {
        let bytes: usize = commit.iter().map(|event| BlockBuilder::cost(&event.record)).sum();
        if !open.fits(bytes) && !open.is_empty() {
            blocks.push(std::mem::take(&mut open).finish(chain, codec, (0, 1)));
        }
        if bytes > MAX_RAW_BYTES {
            split(commit, chain, codec, &mut blocks);
        } else {
            for event in commit {
                open.push(&event.record.header, &event.record.body);
            }
        }
    }
    if !open.is_empty() {
        blocks.push(open.finish(chain, codec, (0, 1)));
    }
    blocks
}

fn split(commit: &[StagedEvent], chain: &mut Chain, codec: Codec, blocks: &mut Vec<StoredBlock>) {
    let mut parts = Vec::new();
    let mut open = BlockBuilder::default();
    for event in commit {
        if !open.fits(BlockBuilder::cost(&event.record)) {
            parts.push(std::mem::take(&mut open));
        }
        open.push(&event.record.header, &event.record.body);
    }
    parts.push(open);
    // A commit is at most 64 MiB and a part at least 6 KiB: far fewer than 65,535.
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    for (part, builder) in (0..count).zip(parts) {
        blocks.push(builder.finish(chain, codec, (part, count)));
    }
}
