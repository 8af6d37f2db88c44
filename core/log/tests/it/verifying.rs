//! Checking a whole log: clean when it is, and a problem named when it is not.

use std::fs;

use bytes::Bytes;
use convolog_log::{Block, EventLog, Frontier, Junction, Position, walk_blocks_file};

use crate::support::{Disk, all, append, commit, event};

fn filled(disk: &Disk) -> convolog_log::SledLog {
    let log = disk.open();
    for round in 0..3_u64 {
        for n in 0..200 {
            let id = round * 1_000 + n;
            append(&log, commit([event(1).holds(id), event(u128::from(n)).releases(id / 2)]));
        }
        append(&log, commit((0..100).map(|n| event(n).payload(vec![1; 900]))));
        if round < 2 {
            log.close_volume().unwrap();
        }
    }
    log.sync_head().unwrap();
    log
}

#[test]
fn a_healthy_log_is_clean_and_counted() {
    let disk = Disk::new();
    let log = filled(&disk);
    let mut last = Position::START;
    let report = log.verify(&mut |position, head| {
        assert!(position > last && position <= head);
        last = position;
    });
    assert_eq!(report.problem, None);
    assert!(report.is_clean());
    assert_eq!(last, log.head());
    assert_eq!((report.closed_volumes, report.live_volumes), (2, 1));
    assert_eq!((report.records, report.commits), (1_500, 603));
    assert_eq!(report.claims, 1_200);
    assert_eq!((1_500, report.root), log.root());
    assert_eq!(report.head.unwrap().position, log.head());
    let bytes: usize = all(&log).iter().map(|record| record.body.len() + 28).sum();
    assert_eq!(report.record_bytes, u64::try_from(bytes).unwrap());
    drop(log);
    assert_eq!(disk.open().verify(&mut |_, _| ()), report, "the same after opening again");
}

#[test]
fn an_empty_log_is_clean() {
    let report = Disk::new().open().verify(&mut |_, _| ());
    assert_eq!((report.problem, report.records), (None, 0));
}

#[test]
fn a_changed_byte_anywhere_in_a_closed_volume_is_found() {
    let disk = Disk::new();
    drop(filled(&disk));
    let path = disk.path("volumes/00000001.blocks");
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 23) {
        let mut changed = whole.clone();
        changed[at] ^= 4;
        fs::write(&path, changed).unwrap();
        let report = disk.open().verify(&mut |_, _| ());
        assert!(report.problem.is_some(), "byte {at}");
    }
    fs::write(&path, whole).unwrap();
    assert!(disk.open().verify(&mut |_, _| ()).is_clean());
}

#[test]
fn a_block_forged_with_a_right_checksum_breaks_the_chain() {
    let disk = Disk::new();
    drop(filled(&disk));
    let path = disk.path("volumes/00000001.blocks");
    let mut content = fs::read(&path).unwrap();
    let first = Block::decode(&Bytes::from(content.clone())).unwrap().header;
    // Change the payload of the first block's last record (two bytes follow it: no sealed parts),
    // then make the checksum right again.
    let end = first.block_bytes();
    content[end - 3] ^= 1;
    let crc = crc32c::crc32c_append(crc32c::crc32c(&content[..80]), &content[84..end]);
    content[80..84].copy_from_slice(&crc.to_be_bytes());
    assert!(Block::decode(&Bytes::from(content.clone())).is_ok());
    fs::write(&path, content).unwrap();
    let problem = disk.open().verify(&mut |_, _| ()).problem.unwrap();
    assert!(problem.contains("does not continue the one before"), "{problem}");
}

#[test]
fn a_blocks_file_can_be_walked_on_its_own() {
    let disk = Disk::new();
    let log = filled(&disk);
    let mut seen = Vec::new();
    let mut end = Junction::default();
    for number in 1..=2 {
        let path = disk.path(&format!("volumes/{number:08}.blocks"));
        end = walk_blocks_file(&path, end, |header, records| {
            assert_eq!(header.log, log.id());
            seen.extend_from_slice(records);
            Ok(())
        })
        .unwrap();
    }
    assert_eq!(seen, all(&log)[..1_000]);
    assert_eq!(end, log.shape().closed[1].end);
}

#[test]
fn subtree_roots_are_those_of_their_leaves() {
    let disk = Disk::new();
    let log = filled(&disk);
    let leaves: Vec<_> = all(&log).iter().map(convolog_log::Record::leaf).collect();
    // 1,500 events: five complete subtrees, the second and fourth over a border of volumes.
    for (n, leaves) in (0..5_u64).zip(leaves.chunks(256)) {
        let mut frontier = Frontier::default();
        for leaf in leaves {
            frontier.push(*leaf);
        }
        assert_eq!(log.subtree(n).unwrap(), Some(frontier.root()), "subtree {n}");
    }
    let mut frontier = Frontier::default();
    for (position, leaf) in (1..).zip(&leaves) {
        frontier.push(*leaf);
        let root = log.root_at(Position(position)).unwrap();
        assert_eq!(root, Some(frontier.root()), "at {position}");
    }
    assert_eq!(log.subtree(5).unwrap(), None);
    assert_eq!(log.subtree(u64::MAX).unwrap(), None);
}
