//! Logs of every format version, committed: they must open, read and refuse as they did when they
//! were written. After a change of the format that a decision record explains, write a new set
//! with `CONVOLOG_BLESS=1` (twice: some sets are made from others); a set that exists is never
//! written again.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use convolog_log::{
    Actor, BlobRef, Body, ClaimAction, Codec, Commit, Draft, EventLog, ImportedFrom, Junction,
    LogId, Mode, OnClash, Origin, Position, Record, RecordedClaim, SealedContent, SealedPart,
    SledLog, StreamKey, Timestamp, walk_blocks_file,
};
use uuid::Uuid;

use crate::support::{Disk, all, append, claim};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/logs").join(name)
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x1000_0000_0000_4000_8000_0000_0000_0000 + n)
}

/// The `n`-th event of the golden log: between them they use every field of a record.
fn body(n: u64) -> Body {
    let number = u128::from(n);
    let sealed = SealedPart {
        subject: id(600 + number % 3),
        epoch: 4,
        algorithm: 1,
        dictionary: 2,
        commitment: [0x33; 32],
        content: SealedContent::Inline(Bytes::from(vec![0xC0; 40 + usize::try_from(n).unwrap()])),
    };
    let in_blob = SealedPart {
        subject: id(700),
        content: SealedContent::Blob(BlobRef { hash: [0x44; 32], len: 70_000 }),
        ..sealed.clone()
    };
    let claims = [
        RecordedClaim { action: ClaimAction::Hold, hash: claim(n) },
        RecordedClaim { action: ClaimAction::Release, hash: claim(n / 2) },
    ];
    Body {
        event_id: id(100 + number),
        stream: StreamKey { workspace: id(1), kind: 5, id: id(10 + number % 4) },
        type_code: u16::try_from(300 + n % 7).unwrap(),
        schema: 1,
        commit_id: id(200 + number / 5),
        actor: Actor {
            kind: 2,
            id: id(3),
            key: n.is_multiple_of(2).then(|| id(4)),
            on_behalf_of: n.is_multiple_of(3).then(|| id(5)),
        },
        causation: n.is_multiple_of(4).then(|| id(99 + number)),
        correlation: n.is_multiple_of(5).then(|| id(6)),
        mode: if n.is_multiple_of(6) { Mode::Test } else { Mode::Live },
        origin: [Origin::Live, Origin::HistoryImport, Origin::LogImport]
            [usize::try_from(n % 3).unwrap()],
        claims: claims.into_iter().take(usize::try_from(n % 3).unwrap()).collect(),
        imported_from: n
            .is_multiple_of(7)
            .then(|| ImportedFrom { log: LogId(id(8)), position: Position(n * 11) }),
        blobs: (0..n % 3).map(|b| BlobRef { hash: [0x55; 32], len: 1_000 + b }).collect(),
        payload: Bytes::from(format!(
            "payload {n} {}",
            "x".repeat(usize::try_from(n * 7).unwrap())
        )),
        sealed: [sealed, in_blob].into_iter().take(usize::try_from(n % 3).unwrap()).collect(),
    }
}

/// Writes the golden log: single commits, a commit of several events, one split over blocks.
fn write_golden(disk: &mut Disk, codec: Codec) -> SledLog {
    disk.options.codec = codec;
    let log = disk.open();
    let commits: [&[u64]; 5] = [&[0], &[1, 2, 3, 4], &[5], &[6, 7, 8, 9, 10, 11], &[12]];
    for (at, numbers) in (0..).zip(commits) {
        disk.clock.set(Timestamp(1_790_000_000_000_000 + at * 1_500_000));
        let drafts = numbers.iter().map(|n| Draft::new(&body(*n), |_| OnClash::Fail).unwrap());
        append(&log, Commit { conditions: Vec::new(), drafts: drafts.collect() });
    }
    let large = (13..17).map(|n| Body { payload: Bytes::from(vec![0x77; 12_000]), ..body(n) });
    let drafts = large.map(|body| Draft::new(&body, |_| OnClash::Fail).unwrap()).collect();
    append(&log, Commit { conditions: Vec::new(), drafts });
    log.close_volume().unwrap();
    log
}

/// Every field of every record, one line each; a new field does not compile until it is shown.
fn dump(records: &[Record], root: [u8; 32]) -> String {
    let mut text = String::new();
    for record in records {
        let header = record.header;
        let Body {
            event_id,
            stream,
            type_code,
            schema,
            commit_id,
            actor,
            causation,
            correlation,
            mode,
            origin,
            claims,
            imported_from,
            blobs,
            payload,
            sealed,
        } = record.decode().unwrap();
        writeln!(text, "{header:?} leaf {}", hex::encode(record.leaf())).unwrap();
        writeln!(text, "  event {event_id} {stream:?} type {type_code} schema {schema}").unwrap();
        writeln!(text, "  commit {commit_id} {actor:?} {mode:?} {origin:?}").unwrap();
        writeln!(text, "  causation {causation:?} correlation {correlation:?}").unwrap();
        writeln!(text, "  claims {claims:?} from {imported_from:?}").unwrap();
        writeln!(text, "  blobs {blobs:?}").unwrap();
        let shown = &payload[..payload.len().min(60)];
        writeln!(text, "  payload of {} {:?}", payload.len(), Bytes::copy_from_slice(shown))
            .unwrap();
        writeln!(text, "  sealed {sealed:?}").unwrap();
    }
    writeln!(text, "root {}", hex::encode(root)).unwrap();
    text
}

/// Puts the committed log `name` onto a disk of its own.
fn committed(name: &str) -> Disk {
    let disk = Disk::new();
    fs::create_dir(disk.path("volumes")).unwrap();
    for file in ["MANIFEST", "HEAD", "volumes/00000001.blocks"] {
        fs::copy(folder(name).join(file), disk.path(file)).unwrap();
    }
    disk
}

/// Writes a set of files that does not exist yet, if told to.
fn bless(name: &str, disk: &Disk, text: (&str, &str), change: impl FnOnce(&mut Vec<u8>)) {
    if std::env::var_os("CONVOLOG_BLESS").is_none() || folder(name).exists() {
        return;
    }
    fs::create_dir_all(folder(name).join("volumes")).unwrap();
    for file in ["MANIFEST", "HEAD"] {
        fs::copy(disk.path(file), folder(name).join(file)).unwrap();
    }
    let mut blocks = fs::read(disk.path("volumes/00000001.blocks")).unwrap();
    change(&mut blocks);
    fs::write(folder(name).join("volumes/00000001.blocks"), blocks).unwrap();
    fs::write(folder(name).join(text.0), text.1).unwrap();
}

fn expected(name: &str, file: &str) -> String {
    fs::read_to_string(folder(name).join(file)).unwrap()
}

#[test]
fn format_1_is_written_byte_for_byte_as_before() {
    let mut disk = Disk::new();
    let log = write_golden(&mut disk, Codec::Raw);
    let text = dump(&all(&log), log.root().1);
    drop(log);
    bless("format-1", &disk, ("dump.txt", &text), |_| ());
    for file in ["MANIFEST", "volumes/00000001.blocks"] {
        let (now, then) = (fs::read(disk.path(file)), fs::read(folder("format-1").join(file)));
        assert!(now.unwrap() == then.unwrap(), "{file} is written differently");
    }
}

#[test]
fn format_1_reads_as_it_was_written() {
    let disk = committed("format-1");
    let log = SledLog::open(disk.dir.path(), disk.options.clone()).unwrap();
    assert_eq!(dump(&all(&log), log.root().1), expected("format-1", "dump.txt"));
    assert_eq!(log.verify(&mut |_, _| ()).problem, None);
    assert_eq!(log.root().0, 17);
}

#[test]
fn compressed_blocks_hold_the_same_records() {
    let mut disk = Disk::new();
    let log = write_golden(&mut disk, Codec::Lz4);
    assert_eq!(dump(&all(&log), log.root().1), expected("format-1", "dump.txt"));
    let text = dump(&all(&log), log.root().1);
    drop(log);
    bless("format-1-lz4", &disk, ("dump.txt", &text), |_| ());
    let disk = committed("format-1-lz4");
    let log = SledLog::open(disk.dir.path(), disk.options.clone()).unwrap();
    assert_eq!(dump(&all(&log), log.root().1), expected("format-1-lz4", "dump.txt"));
    assert!(log.shape().closed[0].bytes < 30_000, "it was compressed");
}

/// What `open`, else `verify`, says.
fn refusal(disk: &Disk) -> String {
    match SledLog::open(disk.dir.path(), disk.options.clone()) {
        Err(error) => format!("open: {error}\n"),
        Ok(log) => format!("verify: {}\n", log.verify(&mut |_, _| ()).problem.unwrap()),
    }
}

#[test]
fn a_torn_log_is_refused() {
    let whole = committed("format-1");
    let text = "open: the log holds a blocks file of 54000 bytes instead of 54823 at position 1; \
                restore it from a closed volume or a backup\n";
    bless("format-1-torn", &whole, ("refusal.txt", text), |blocks| blocks.truncate(54_000));
    let torn = committed("format-1-torn");
    assert_eq!(refusal(&torn), expected("format-1-torn", "refusal.txt"));
    // Nor does the file pass on its own: it ends within a block.
    let path = torn.path("volumes/00000001.blocks");
    let error = walk_blocks_file(&path, Junction::default(), |_, _| Ok(())).unwrap_err();
    assert!(error.to_string().contains("a block that ends too early"), "{error}");
}

#[test]
fn a_corrupt_log_is_refused() {
    let whole = committed("format-1");
    let text = "verify: the log holds a block with a wrong checksum at position 2; \
                restore it from a closed volume or a backup\n";
    bless("format-1-corrupt", &whole, ("refusal.txt", text), |blocks| blocks[900] ^= 0x10);
    let corrupt = committed("format-1-corrupt");
    assert_eq!(refusal(&corrupt), expected("format-1-corrupt", "refusal.txt"));
}
