//! The manifest: which log this is, and its closed volumes.
//!
//! A small text file, replaced as a whole and synced. A volume counts as closed once it is entered
//! here; files that are not entered are leftovers of an unfinished closing.

use std::fmt::Write as _;
use std::path::Path;
use std::str::{FromStr, SplitWhitespace};

use uuid::Uuid;

use crate::error::LogError;
use crate::files::{read_if_there, replace_file};
use crate::ids::{LogId, Position, Timestamp};
use crate::tree::{Frontier, Hash};

/// The state of the log between two blocks: what the next block continues.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Junction {
    /// The last position before it; also the size of the tree.
    pub position: Position,
    /// The hash of the last block before it; zeros at the start of the log.
    pub previous: Hash,
    /// When the last event before it was recorded.
    pub recorded_at: Timestamp,
    /// The tree so far.
    pub frontier: Frontier,
}

/// A closed volume, as the manifest names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClosedEntry {
    /// Its number, from 1; names its files.
    pub number: u32,
    /// What its first block continues.
    pub start: Junction,
    /// What comes after its last block.
    pub end: Junction,
    /// Size of the blocks file.
    pub bytes: u64,
    /// SHA-256 of the blocks file.
    pub sha256: Hash,
}

/// The content of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Manifest {
    /// Which log.
    pub log: LogId,
    /// Which partition; 0 today.
    pub partition: u16,
    /// Its closed volumes, in order.
    pub closed: Vec<ClosedEntry>,
}

const TITLE: &str = "convolog manifest 1";

impl Manifest {
    /// Reads it; `None` if there is none.
    pub fn read(path: &Path) -> Result<Option<Self>, LogError> {
        let Some(bytes) = read_if_there(path)? else { return Ok(None) };
        let text = String::from_utf8(bytes).ok();
        let manifest = text.as_deref().and_then(Self::parse);
        manifest.map(Some).ok_or_else(|| LogError::corrupt("a manifest that cannot be read"))
    }

    /// Puts it in place of the old one, synced.
    pub(crate) fn write(&self, path: &Path) -> Result<(), LogError> {
        replace_file(path, self.print().as_bytes())
    }

    fn print(&self) -> String {
        let mut text = format!("{TITLE}\nlog {}\npartition {}\n", self.log.0, self.partition);
        for entry in &self.closed {
            let ClosedEntry { number, start, end, bytes, sha256 } = entry;
            let sha256 = hex::encode(sha256);
            // Writing to a string cannot fail.
            let _ok = write!(text, "volume {number} bytes {bytes} sha256 {sha256}");
            print_junction(&mut text, start);
            print_junction(&mut text, end);
            text.push('\n');
        }
        let crc = crc32c::crc32c(text.as_bytes());
        let _ok = writeln!(text, "crc32c {crc:08x}");
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let (content, crc) = text.split_at(text.len().checked_sub(16)?);
        if crc != format!("crc32c {:08x}\n", crc32c::crc32c(content.as_bytes())) {
            return None;
        }
        let mut lines = content.lines();
        (lines.next()? == TITLE).then_some(())?;
        let log = LogId(Uuid::parse_str(lines.next()?.strip_prefix("log ")?).ok()?);
        let partition = lines.next()?.strip_prefix("partition ")?.parse().ok()?;
        let closed: Vec<_> = lines.map(parse_volume).collect::<Option<_>>()?;
        let mut end = Junction::default();
        for (number, entry) in (1..).zip(&closed) {
            let follows = entry.number == number && entry.start == end;
            (follows && entry.end.position > end.position).then_some(())?;
            end = entry.end.clone();
        }
        Some(Self { log, partition, closed })
    }

    /// What the first live volume continues.
    pub fn end(&self) -> Junction {
        self.closed.last().map(|entry| entry.end.clone()).unwrap_or_default()
    }
}

fn print_junction(text: &mut String, junction: &Junction) {
    let Junction { position, previous, recorded_at, frontier } = junction;
    let _ok = write!(text, " at {position} time {} after {}", recorded_at.0, hex::encode(previous));
    let _ok = write!(text, " peaks {}", frontier.peaks().len());
    for peak in frontier.peaks() {
        let _ok = write!(text, " {}", hex::encode(peak));
    }
}

fn parse_volume(line: &str) -> Option<ClosedEntry> {
    let mut words = line.split_whitespace();
    let number = named(&mut words, "volume")?;
    let bytes = named(&mut words, "bytes")?;
    let sha256 = named_hash(&mut words, "sha256")?;
    let start = parse_junction(&mut words)?;
    let end = parse_junction(&mut words)?;
    words.next().is_none().then_some(ClosedEntry { number, start, end, bytes, sha256 })
}

fn parse_junction(words: &mut SplitWhitespace<'_>) -> Option<Junction> {
    let position: u64 = named(words, "at")?;
    let recorded_at = Timestamp(named(words, "time")?);
    let previous = named_hash(words, "after")?;
    let count: u32 = named(words, "peaks")?;
    let peaks = (0..count).map(|_| hash(words.next()?)).collect::<Option<_>>()?;
    let frontier = Frontier::from_parts(position, peaks)?;
    Some(Junction { position: Position(position), previous, recorded_at, frontier })
}

fn named<T: FromStr>(words: &mut SplitWhitespace<'_>, name: &str) -> Option<T> {
    (words.next()? == name).then_some(())?;
    words.next()?.parse().ok()
}

fn named_hash(words: &mut SplitWhitespace<'_>, name: &str) -> Option<Hash> {
    (words.next()? == name).then_some(())?;
    hash(words.next()?)
}

fn hash(word: &str) -> Option<Hash> {
    hex::decode(word).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn junction(position: u64) -> Junction {
        let mut frontier = Frontier::default();
        for n in 0..position {
            frontier.push([u8::try_from(n).unwrap(); 32]);
        }
        let recorded_at = Timestamp(-5);
        Junction { position: Position(position), previous: [8; 32], recorded_at, frontier }
    }

    fn entry(number: u32, start: Junction, end: Junction) -> ClosedEntry {
        ClosedEntry { number, start, end, bytes: 99, sha256: [4; 32] }
    }

    fn sample() -> Manifest {
        let closed =
            vec![entry(1, Junction::default(), junction(13)), entry(2, junction(13), junction(14))];
        Manifest { log: LogId(Uuid::from_u128(3)), partition: 0, closed }
    }

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("MANIFEST");
        assert_eq!(Manifest::read(&path).unwrap(), None);
        sample().write(&path).unwrap();
        assert_eq!(Manifest::read(&path).unwrap(), Some(sample()));
        assert_eq!(sample().end(), junction(14));
    }

    #[test]
    fn any_changed_byte_is_refused() {
        let text = sample().print();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let broken = String::from_utf8(bytes).ok();
            assert_eq!(broken.as_deref().and_then(Manifest::parse), None, "byte {at}");
        }
    }

    #[test]
    fn volumes_that_do_not_follow_each_other_are_refused() {
        let mut gap = sample();
        gap.closed[1].start = junction(12);
        assert_eq!(Manifest::parse(&gap.print()), None);
        let mut numbers = sample();
        numbers.closed[1].number = 3;
        assert_eq!(Manifest::parse(&numbers.print()), None);
    }
}
