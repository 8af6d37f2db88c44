//! Brings the live volumes of a log up again: checks them, builds their indexes and the tree.
//!
//! Compares with HEAD before anything is written; only then what a power cut left of an
//! unacknowledged batch is taken out. Reads the live volumes only, so that opening does not depend on the
//! size of the log.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::closed::ClosedVolume;
use crate::error::LogError;
use crate::files::io_error;
use crate::head::HeadMark;
use crate::ids::Position;
use crate::layout::{Layout, parse_name};
use crate::live::LiveVolume;
use crate::manifest::{Junction, Manifest};
use crate::options::Options;
use crate::sled_volume::{SledBlock, SledVolume};
use crate::tree::{Frontier, Hash};
use crate::walk::Walk;

/// The live part of the log, ready to go on.
pub(crate) struct Recovered {
    pub(crate) live: Vec<Arc<LiveVolume>>,
    pub(crate) end: Junction,
}

/// Opens and checks the live volumes after the closed ones of `manifest`.
pub(crate) fn recover(
    layout: &Layout,
    manifest: &Manifest,
    closed_volumes: &[Arc<ClosedVolume>],
    head: &HeadMark,
    options: &Options,
) -> Result<Recovered, LogError> {
    let closed = u32::try_from(manifest.closed.len()).unwrap_or(u32::MAX);
    let mut recovery = Recovery {
        walk: Walk::new(manifest.log, manifest.partition, manifest.end()),
        whole: manifest.end(),
        waiting: Vec::new(),
        dropped: Vec::new(),
        head: *head,
        root_at_head: None,
        live: Vec::new(),
    };
    recovery.note_root(&manifest.end().frontier);
    for volume in closed_volumes {
        recovery.closed(volume)?;
    }
    for number in live_numbers(layout, closed)? {
        recovery.volume(layout, number, options)?;
    }
    recovery.compare_with_head(layout.root())?;
    recovery.finish(layout, closed, options)
}

/// The numbers of the sled folders, which must follow the closed volumes without a gap.
fn live_numbers(layout: &Layout, closed: u32) -> Result<Vec<u32>, LogError> {
    let folder = layout.volumes();
    let mut numbers = Vec::new();
    for entry in fs::read_dir(&folder).map_err(io_error("list", &folder))? {
        let name = entry.map_err(io_error("list", &folder))?.file_name();
        match name.to_str().and_then(parse_name) {
            Some((number, "sled")) if number > closed => numbers.push(number),
            _ => {}
        }
    }
    numbers.sort_unstable();
    if numbers.iter().zip(closed + 1..).any(|(number, expected)| *number != expected) {
        return Err(LogError::corrupt("a sequence of volumes with a gap"));
    }
    Ok(numbers)
}

struct Recovery {
    walk: Walk,
    /// After the last commit that is there in all its parts.
    whole: Junction,
    /// Blocks of a commit that is not complete yet.
    waiting: Vec<(Position, crate::walk::Step)>,
    /// Blocks behind a gap in the last batch.
    dropped: Vec<Position>,
    head: HeadMark,
    /// The tree's root at the position that HEAD names, once the walk has passed it.
    root_at_head: Option<Hash>,
    live: Vec<Arc<LiveVolume>>,
}

impl Recovery {
    fn note_root(&mut self, frontier: &Frontier) {
        if frontier.size() == self.head.position.0 {
            self.root_at_head = Some(frontier.root());
        }
    }

    /// HEAD is synced before a volume starts to close, so that it names an older position only if
    /// somebody put an older HEAD file back; then its root is worked out from the blocks.
    fn closed(&mut self, volume: &ClosedVolume) -> Result<(), LogError> {
        if !volume.holds(self.head.position) || self.root_at_head.is_some() {
            return Ok(());
        }
        let mut walk = Walk::new(volume.log, volume.partition, volume.entry.start.clone());
        for stored in volume.blocks() {
            walk.step(&stored?)?;
            self.note_root(&walk.at.frontier);
        }
        Ok(())
    }

    fn volume(&mut self, layout: &Layout, number: u32, options: &Options) -> Result<(), LogError> {
        if !self.walk.is_whole() || !self.dropped.is_empty() {
            let at = self.walk.at.position;
            return Err(LogError::corrupt_at("a volume that goes on after lost events", at));
        }
        let hooks = Arc::clone(&options.hooks);
        let sled = SledVolume::open(&layout.sled(number), options.sled_cache_bytes, hooks)?;
        let volume = LiveVolume::new(number, self.walk.at.clone(), sled);
        for block in volume.sled.blocks()? {
            let block = block?;
            if self.dropped.is_empty() && block.first <= self.walk.at.position.next() {
                self.block(&volume, &block)?;
            } else {
                self.behind_a_gap(&block)?;
            }
        }
        self.live.push(Arc::new(volume));
        Ok(())
    }

    /// A power cut can take a block of the last batch and leave a later one of the same batch.
    /// Nobody was told of that batch, so that it is dropped from the gap on; but if the log was
    /// synced past the gap when a later block was written, something is lost.
    fn behind_a_gap(&mut self, block: &SledBlock) -> Result<(), LogError> {
        let missing = self.whole.position.next();
        if block.synced >= missing {
            let what = format!("a gap before position {}", block.first);
            return Err(LogError::corrupt_at(what, missing));
        }
        self.dropped.push(block.first);
        Ok(())
    }

    fn block(&mut self, volume: &LiveVolume, block: &SledBlock) -> Result<(), LogError> {
        let step = self.walk.step(&block.stored)?;
        if step.block.header.first != block.first {
            return Err(LogError::corrupt_at("a block under another position", block.first));
        }
        self.waiting.push((block.first, step));
        if !self.walk.is_whole() {
            return Ok(());
        }
        let mut index = volume.index.write();
        for (_, step) in std::mem::take(&mut self.waiting) {
            let recorded_at = step.records.first().map(|record| record.header.recorded_at);
            index.add_block(&step.block, recorded_at.unwrap_or_default());
            for record in &step.records {
                index.add_read(record)?;
            }
        }
        self.whole = self.walk.at.clone();
        // HEAD names the end of a batch, and batches end with a whole commit and a block.
        self.note_root(&self.walk.at.frontier.clone());
        Ok(())
    }

    fn compare_with_head(&self, path: &Path) -> Result<(), LogError> {
        let (found, expected) = (self.whole.position, self.head.position);
        if found < expected {
            return Err(LogError::WentBack { path: path.to_path_buf(), found, expected });
        }
        match self.root_at_head {
            Some(root) if root == self.head.root => Ok(()),
            _ => Err(LogError::corrupt_at("another history than the HEAD file names", expected)),
        }
    }

    /// An empty volume after another one was made beforehand, or nothing came after it was taken:
    /// the one before goes on, and makes a new one if it is due.
    fn remove_unused(&mut self) {
        while let [.., before, last] = self.live.as_slice()
            && last.index.read().blocks().is_empty()
            && !before.index.read().blocks().is_empty()
        {
            last.sled.retire();
            self.live.pop();
        }
    }

    fn finish(
        mut self,
        layout: &Layout,
        closed: u32,
        options: &Options,
    ) -> Result<Recovered, LogError> {
        self.remove_unused();
        if let Some(active) = self.live.last() {
            for first in self.waiting.iter().map(|(first, _)| first).chain(&self.dropped) {
                active.sled.remove(*first)?;
            }
            // After a kill the blocks may be in the page cache only; readers see synced ones.
            active.sled.sync()?;
        } else {
            let number = closed + 1;
            let hooks = Arc::clone(&options.hooks);
            let sled = SledVolume::create(&layout.sled(number), options.sled_cache_bytes, hooks)?;
            self.live.push(Arc::new(LiveVolume::new(number, self.whole.clone(), sled)));
        }
        Ok(Recovered { live: self.live, end: self.whole })
    }
}
