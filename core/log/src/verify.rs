//! Checks a whole log against itself: every block, every record, every index.
//!
//! Walks all volumes in order: checksums, chain, whole commits, dense positions, times, leaf
//! hashes up to the root; versions and claims as the writer would judge them again, asking the
//! indexes of older volumes; each index against its records; HEAD. Stops at the first problem.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::error::LogError;
use crate::event_log::EventLog;
use crate::head::{HeadMark, read_head};
use crate::ids::{ClaimHash, Position, StreamKey};
use crate::judge::Synced;
use crate::live::ClaimState;
use crate::record::{ClaimAction, Record};
use crate::sled_log::SledLog;
use crate::tree::Hash;
use crate::volumes::Volumes;
use crate::walk::{Step, Walk};

/// What a check of the whole log found, in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerifyReport {
    /// Volumes closed.
    pub closed_volumes: u64,
    /// Volumes on sled.
    pub live_volumes: u64,
    /// Blocks whose checksum and place in the chain were right.
    pub blocks: u64,
    /// Commits that were whole.
    pub commits: u64,
    /// Records whose position, version, time and leaf hash were right.
    pub records: u64,
    /// Bytes of those, headers included.
    pub record_bytes: u64,
    /// Bytes of the blocks as stored.
    pub stored_bytes: u64,
    /// Claims taken or given back that the indexes of older volumes agree with.
    pub claims: u64,
    /// Streams that begin in each volume or go on there, agreed with older volumes.
    pub streams: u64,
    /// The root of the tree at the last record.
    pub root: Hash,
    /// What the HEAD file says, if it could be compared.
    pub head: Option<HeadMark>,
    /// What is wrong, and where; nothing behind it was looked at.
    pub problem: Option<String>,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    pub const fn is_clean(&self) -> bool {
        self.problem.is_none()
    }
}

impl SledLog {
    /// Checks everything up to the head as it is now. Can run beside writers and readers.
    /// `progress` is told (position, head) after every block.
    pub fn verify(&self, progress: &mut dyn FnMut(Position, Position)) -> VerifyReport {
        let head = self.head();
        let volumes = self.shared.volumes();
        let mut check = Check {
            log: self,
            head,
            older: Volumes {
                closed: Vec::new(),
                live: Vec::new(),
                cache: Arc::clone(&volumes.cache),
            },
            streams: HashMap::new(),
            claims: HashMap::new(),
            walk: Walk::new(self.id(), 0, crate::Junction::default()),
            root_at_head_file: None,
            report: VerifyReport::default(),
            progress,
        };
        let outcome = check.run(&volumes);
        let mut report = check.report;
        report.problem = outcome.err().map(|error| error.to_string());
        report
    }
}

struct Check<'a> {
    log: &'a SledLog,
    /// Where to stop.
    head: Position,
    /// What came before the volume that is being checked.
    older: Volumes,
    /// Versions of the streams of this volume.
    streams: HashMap<StreamKey, u64>,
    /// Claims changed in this volume: whether held.
    claims: HashMap<ClaimHash, Option<(StreamKey, Position)>>,
    walk: Walk,
    root_at_head_file: Option<Hash>,
    report: VerifyReport,
    progress: &'a mut dyn FnMut(Position, Position),
}

impl Check<'_> {
    fn run(&mut self, volumes: &Volumes) -> Result<(), LogError> {
        // Read first: it may move on while the log is walked over, but never past the head then.
        let mark = read_head(&self.log.shared.layout.head())?
            .ok_or_else(|| LogError::corrupt("no HEAD file"))?;
        for volume in &volumes.closed {
            self.report.closed_volumes += 1;
            for stored in volume.blocks() {
                self.block(&stored?, &mark)?;
            }
            if self.walk.at != volume.entry.end {
                let what = "a volume that differs from the manifest";
                return Err(LogError::corrupt_at(what, volume.entry.start.position.next()));
            }
            volume.verify_index()?;
            self.older.closed.push(Arc::clone(volume));
            self.next_volume();
        }
        for volume in &volumes.live {
            self.report.live_volumes += 1;
            for block in volume.sled.blocks()? {
                let block = block?;
                if block.first > self.head {
                    break;
                }
                self.block(&block.stored, &mark)?;
            }
            self.compare_live(volume)?;
            self.older.live.push(Arc::clone(volume));
            self.next_volume();
        }
        self.compare_heads(&mark)
    }

    fn next_volume(&mut self) {
        self.report.streams += u64::try_from(self.streams.len()).unwrap_or(u64::MAX);
        self.streams.clear();
        self.claims.clear();
    }

    fn block(&mut self, stored: &Bytes, mark: &HeadMark) -> Result<(), LogError> {
        let Step { records, .. } = self.walk.step(stored)?;
        self.report.blocks += 1;
        self.report.stored_bytes += u64::try_from(stored.len()).unwrap_or(u64::MAX);
        for record in &records {
            self.record(record)?;
        }
        if self.walk.at.position == mark.position {
            self.root_at_head_file = Some(self.walk.at.frontier.root());
        }
        (self.progress)(self.walk.at.position, self.head);
        Ok(())
    }

    fn record(&mut self, record: &Record) -> Result<(), LogError> {
        let header = record.header;
        let body = record.decode()?;
        let stream = body.stream;
        let version = match self.streams.get(&stream) {
            Some(version) => *version,
            None => self.older.version(&stream)?,
        };
        if header.version != version + 1 {
            return Err(LogError::corrupt_at("a version that does not follow", header.position));
        }
        self.streams.insert(stream, header.version);
        for claim in &body.claims {
            let holder = match self.claims.get(&claim.hash) {
                Some(here) => *here,
                None => self.older.claim(&claim.hash)?,
            };
            let after = match claim.action {
                ClaimAction::Hold if holder.is_some() => {
                    return Err(LogError::corrupt_at("a claim held twice", header.position));
                }
                ClaimAction::Hold => Some((stream, header.position)),
                ClaimAction::Release => None,
            };
            self.claims.insert(claim.hash, after);
            self.report.claims += 1;
        }
        self.report.records += 1;
        self.report.commits += u64::from(header.index == 0);
        let bytes = record.body.len() + crate::Header::LEN;
        self.report.record_bytes += u64::try_from(bytes).unwrap_or(u64::MAX);
        Ok(())
    }

    /// The index in memory must say what the records say, but for what came after the head.
    fn compare_live(&self, volume: &crate::live::LiveVolume) -> Result<(), LogError> {
        let index = volume.index.read();
        let moved_on = index.last() > self.head;
        for (stream, version) in &self.streams {
            let found = index.version(stream);
            if found != Some(*version) && !(moved_on && found > Some(*version)) {
                return Err(LogError::corrupt("a stream that differs from its index"));
            }
        }
        for (claim, holder) in &self.claims {
            let expected = holder.map_or(ClaimState::Released, ClaimState::Held);
            if index.claim(claim) != expected && !moved_on {
                return Err(LogError::corrupt("a claim that differs from its index"));
            }
        }
        Ok(())
    }

    fn compare_heads(&mut self, mark: &HeadMark) -> Result<(), LogError> {
        if self.walk.at.position != self.head || !self.walk.is_whole() {
            return Err(LogError::corrupt_at("no events up to its head", self.head));
        }
        self.report.root = self.walk.at.frontier.root();
        let (size, root) = self.log.root();
        if size == self.head.0 && root != self.report.root {
            return Err(LogError::corrupt("another tree than the one it goes on with"));
        }
        if mark.position <= self.head {
            let empty = crate::Frontier::default().root();
            let at_mark =
                if mark.position == Position::START { Some(empty) } else { self.root_at_head_file };
            if at_mark != Some(mark.root) || mark.log != self.log.id() {
                let what = "another history than the HEAD file names";
                return Err(LogError::corrupt_at(what, mark.position));
            }
            self.report.head = Some(*mark);
        }
        Ok(())
    }
}
