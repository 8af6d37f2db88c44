//! What a crash, a full disk, a second process or an older copy does to a log.

use std::fs;

use convolog_log::{
    AppendError, Codec, EventLog, Filter, LogError, Position, SledLog, Step, Timestamp, read_head,
};

use crate::support::{Disk, all, append, claim, commit, event, noise, positions, stream};

#[test]
fn what_was_appended_is_there_after_opening_again() {
    let disk = Disk::new();
    let log = disk.open();
    append(&log, commit([event(1).holds(1), event(2)]));
    append(&log, commit((0..200).map(|_| event(3).payload(vec![5; 600]))));
    append(&log, commit([event(1).releases(1)]));
    let (records, root, id) = (all(&log), log.root(), log.id());
    drop(log);
    let log = disk.open();
    assert_eq!((all(&log), log.root(), log.id()), (records, root, id));
    assert_eq!(log.holder(&claim(1)).unwrap(), None);
    assert_eq!(log.stream_version(&stream(3)).unwrap(), 200);
    assert_eq!(append(&log, commit([event(1)])).position, Position(204));
}

#[test]
fn time_does_not_go_back_over_a_restart() {
    let disk = Disk::new();
    disk.clock.set(Timestamp(9_000));
    append(&disk.open(), commit([event(1)]));
    disk.clock.set(Timestamp(10));
    assert_eq!(append(&disk.open(), commit([event(1)])).recorded_at, Timestamp(9_000));
}

#[test]
fn an_answer_that_was_given_survives_a_kill() {
    let disk = Disk::new();
    let log = disk.open();
    for n in 1..=30 {
        append(&log, commit([event(n), event(n)]));
        if n % 10 == 0 {
            let killed = disk.copy().open();
            assert_eq!(all(&killed), all(&log));
        }
    }
}

#[test]
fn a_second_process_is_refused() {
    let disk = Disk::new();
    let log = disk.open();
    assert!(matches!(disk.try_open(), Err(LogError::InUse { .. })));
    drop(log);
    disk.open();
}

#[test]
fn opening_what_is_not_there_is_refused_and_makes_nothing() {
    let disk = Disk::new();
    let error = SledLog::open(&disk.path("nothing"), disk.options.clone()).unwrap_err();
    assert!(matches!(error, LogError::Io { .. }), "{error}");
    assert!(!disk.path("nothing").exists());
}

#[test]
fn a_log_that_went_back_is_refused() {
    let disk = Disk::new();
    let log = disk.open();
    append(&log, commit([event(1)]));
    drop(log);
    let older = disk.copy();
    let log = disk.open();
    append(&log, commit([event(1)]));
    drop(log);
    let head = fs::read(disk.path("HEAD")).unwrap();
    fs::write(older.path("HEAD"), head).unwrap();
    let error = older.try_open().unwrap_err();
    assert!(
        matches!(error, LogError::WentBack { found: Position(1), expected: Position(2), .. }),
        "{error}"
    );
    // As does an active volume that vanished.
    fs::remove_dir_all(disk.path("volumes/00000001.sled")).unwrap();
    assert!(matches!(disk.try_open(), Err(LogError::WentBack { found: Position(0), .. })));
    assert!(!disk.path("volumes/00000001.sled").exists(), "nothing was written");
}

#[test]
fn another_history_under_the_same_head_is_refused() {
    let (disk, other) = (Disk::new(), Disk::new());
    for (disk, payload) in [(&disk, "one"), (&other, "two")] {
        append(&disk.open(), commit([event(1).payload(payload)]));
    }
    fs::copy(disk.path("HEAD"), other.path("HEAD")).unwrap();
    let error = other.try_open().unwrap_err();
    assert!(matches!(error, LogError::Corrupt { .. }), "{error}");
}

#[test]
fn an_older_head_file_is_no_reason_to_refuse() {
    let disk = Disk::new();
    append(&disk.open(), commit([event(1)]));
    let old = fs::read(disk.path("HEAD")).unwrap();
    let log = disk.open();
    append(&log, commit([event(1)]));
    log.close_volume().unwrap();
    append(&log, commit([event(1)]));
    drop(log);
    fs::write(disk.path("HEAD"), old).unwrap();
    assert_eq!(positions(&all(&disk.open())), [1, 2, 3]);
    assert_eq!(read_head(&disk.path("HEAD")).unwrap().unwrap().position, Position(3));
}

#[test]
fn a_missing_head_or_manifest_is_refused() {
    for name in ["HEAD", "MANIFEST"] {
        let disk = Disk::new();
        append(&disk.open(), commit([event(1)]));
        fs::remove_file(disk.path(name)).unwrap();
        let error = disk.try_open().unwrap_err();
        assert!(matches!(error, LogError::Corrupt { .. }), "without {name}: {error}");
    }
}

#[test]
fn a_creation_that_was_cut_short_is_finished() {
    let disk = Disk::new();
    drop(disk.open());
    fs::remove_file(disk.path("MANIFEST")).unwrap();
    append(&disk.open(), commit([event(1)]));
    assert_eq!(disk.open().head(), Position(1));
}

#[test]
fn head_names_the_vault_generation() {
    let disk = Disk::new();
    let log = disk.open();
    assert_eq!(log.vault_generation(), 0);
    log.set_vault_generation(7);
    log.set_vault_generation(3);
    log.sync_head().unwrap();
    assert_eq!(read_head(&disk.path("HEAD")).unwrap().unwrap().vault_generation, 7);
    append(&log, commit([event(1)]));
    drop(log);
    assert_eq!(disk.open().vault_generation(), 7);
}

#[test]
fn a_truncated_active_volume_is_refused() {
    for cut in [100, 512 * 1024, 1_500_000] {
        let mut disk = Disk::new();
        // So that the blocks fill sled's file and a cut takes some of them.
        disk.options.codec = Codec::Raw;
        let log = disk.open();
        for _ in 0..40 {
            append(&log, commit((0..60).map(|n| event(n % 5).payload(vec![3; 700]))));
        }
        drop(log);
        let path = disk.path("volumes/00000001.sled/db");
        let size = fs::metadata(&path).unwrap().len();
        fs::File::options().write(true).open(&path).unwrap().set_len(size - cut).unwrap();
        let refused = disk.try_open();
        assert!(
            matches!(
                refused,
                Err(LogError::WentBack { .. } | LogError::Corrupt { .. } | LogError::Sled { .. })
            ),
            "{cut} bytes less: {refused:?}"
        );
    }
}

#[test]
fn the_unfinished_tail_of_a_split_commit_is_dropped() {
    let disk = Disk::new();
    let log = disk.open();
    append(&log, commit([event(1).holds(1)]));
    let root = log.root();
    log.sync_head().unwrap();
    // A kill after the second of several parts.
    disk.faults.fail_after(Step::Insert, 2);
    let huge = commit((0..200).map(|n| event(n + 2).payload(vec![7; 700])));
    let error = log.append(huge.clone()).wait().unwrap_err();
    assert!(matches!(error, AppendError::Poisoned(_)), "{error}");
    drop(log);
    disk.faults.heal();
    let log = disk.open();
    assert_eq!((log.head(), log.root()), (Position(1), root));
    assert_eq!(append(&log, huge).position, Position(201));
    drop(log);
    assert_eq!(positions(&all(&disk.open())), (1..=201).collect::<Vec<_>>());
}

/// Takes a block out of sled, as a power cut may, and says where it began.
fn lose_block(disk: &Disk, which: usize) -> u64 {
    let folder = disk.path("volumes/00000001.sled");
    let config = sled::Config::new().path(folder).segment_size(2 << 20).flush_every_ms(None);
    // A thread of the database that was just closed may keep its lock for a moment.
    let db = (0..1_000_000).find_map(|_| config.open().ok()).unwrap();
    let key = db.iter().keys().nth(which).unwrap().unwrap();
    db.remove(&key).unwrap();
    db.flush().unwrap();
    u64::from_be_bytes(key.as_ref().try_into().unwrap())
}

#[test]
fn a_gap_in_a_batch_that_nobody_was_told_of_is_dropped_from_there_on() {
    let disk = Disk::new();
    let log = disk.open();
    append(&log, commit([event(1)]));
    let root = log.root();
    disk.faults.fail_after(Step::SyncVolume, 0);
    let huge = commit((0..300).map(|n| event(n + 2).payload(noise(n, 700))));
    assert!(log.append(huge).wait().is_err());
    drop(log);
    disk.faults.heal();
    assert_eq!(lose_block(&disk, 1), 2, "the first block of the second batch");
    let log = disk.open();
    assert_eq!((log.head(), log.root()), (Position(1), root));
    append(&log, commit([event(1)]));
    drop(log);
    let log = disk.open();
    assert_eq!(positions(&all(&log)), [1, 2]);
    assert_eq!(log.verify(&mut |_, _| ()).problem, None);
}

#[test]
fn a_gap_in_what_was_synced_is_refused_whatever_head_says() {
    let disk = Disk::new();
    drop(disk.open());
    let old_head = fs::read(disk.path("HEAD")).unwrap();
    let log = disk.open();
    for n in 0..4 {
        append(&log, commit([event(n)]));
    }
    drop(log);
    fs::write(disk.path("HEAD"), old_head).unwrap();
    assert_eq!(lose_block(&disk, 1), 2);
    let error = disk.try_open().unwrap_err();
    assert!(error.to_string().contains("a gap before position 3"), "{error}");
}

#[test]
fn a_failed_write_or_sync_poisons_the_log() {
    for step in [Step::Insert, Step::Flush, Step::SyncVolume] {
        let disk = Disk::new();
        let log = disk.open();
        append(&log, commit([event(1)]));
        assert_eq!(log.poisoned(), None);
        disk.faults.fail_after(step, 0);
        let refused = log.append(commit([event(1)])).wait();
        assert!(matches!(refused, Err(AppendError::Poisoned(_))), "{step:?}");
        disk.faults.heal();
        for _ in 0..2 {
            let refused = log.append(commit([event(1)])).wait();
            assert!(matches!(refused, Err(AppendError::Poisoned(_))), "for good after {step:?}");
        }
        assert!(log.poisoned().unwrap().contains("failed on purpose"));
        assert_eq!(log.health().poisoned, log.poisoned());
        assert_eq!(log.head(), Position(1), "what was not synced is not shown");
        assert_eq!(positions(&all(&log)), [1]);
        drop(log);
        // Opening again finds out what is there: at least what was acknowledged.
        let log = disk.open();
        assert!(log.head() >= Position(1));
        append(&log, commit([event(1)]));
    }
}

#[test]
fn everybody_of_a_failed_batch_is_told() {
    let disk = Disk::new();
    let log = disk.open();
    append(&log, commit([event(1).holds(1)]));
    disk.faults.fail_after(Step::SyncVolume, 0);
    let acks = [
        log.append(commit([event(1)])),
        // A drop and a refusal: they were judged in a world that may not be on the disk.
        log.append(commit([event(2).holds(1).or_drops()])),
        log.append(commit([event(2).holds(1)])),
        log.append(commit([event(1).holds(2)])),
    ];
    let answers: Vec<_> = acks.into_iter().map(convolog_log::Ack::wait).collect();
    assert!(matches!(answers[0], Err(AppendError::Poisoned(_))));
    assert!(matches!(answers[3], Err(AppendError::Poisoned(_))));
    assert!(!answers.iter().any(Result::is_ok));
}

#[test]
fn a_drop_waits_for_the_sync_of_its_holder() {
    let disk = Disk::new();
    let log = disk.open();
    let (syncing, sync) = disk.faults.hold_sync();
    let before = log.append(commit([event(1)]));
    syncing.recv().unwrap();
    disk.faults.fail_after(Step::SyncVolume, 1);
    // Judged in one batch: they are gathered while the first one syncs.
    let holder = log.append(commit([event(2).holds(1)]));
    let dropped = log.append(commit([event(2).holds(1).or_drops()]));
    let refused = log.append(commit([event(2).holds(1)]));
    sync.send(()).unwrap();
    assert!(before.wait().is_ok());
    for (what, ack) in [("holder", holder), ("drop", dropped), ("refusal", refused)] {
        let answer = ack.wait();
        assert!(matches!(answer, Err(AppendError::Poisoned(_))), "{what}: {answer:?}");
    }
}

#[test]
fn a_failed_head_sync_poisons_too() {
    let disk = Disk::new();
    let log = disk.open();
    disk.faults.fail_after(Step::SyncHead, 0);
    append(&log, commit([event(1)]));
    // Whoever comes first, the side thread or this, finds out.
    assert!(log.close_volume().is_err());
    assert!(log.poisoned().unwrap().contains("failed on purpose"));
    assert!(log.append(commit([event(1)])).wait().is_err());
}

#[test]
fn a_full_disk_refuses_and_takes_writes_again() {
    let mut disk = Disk::new();
    disk.options.free_floor_bytes = 1 << 20;
    let log = disk.open();
    append(&log, commit([event(1)]));
    disk.faults.set_free(Some(1 << 20));
    let error = log.append(commit([event(1)])).wait().unwrap_err();
    assert!(matches!(error, AppendError::NoSpace { free: 1_048_576, floor: 1_048_576 }), "{error}");
    assert_eq!((log.poisoned(), log.health().free_bytes), (None, Some(1 << 20)));
    assert_eq!(positions(&all(&log)), [1], "it still reads");
    disk.faults.set_free(None);
    assert_eq!(append(&log, commit([event(1)])).position, Position(2));
}

#[test]
fn the_ballast_is_given_up_below_the_floor_and_made_again() {
    let mut disk = Disk::new();
    disk.options.free_floor_bytes = 1 << 20;
    disk.options.ballast_bytes = 1 << 16;
    let ballast = disk.path("ballast");
    drop(disk.open());
    assert_eq!(fs::metadata(&ballast).unwrap().len(), 1 << 16);
    disk.faults.set_free(Some(1_000));
    drop(disk.open());
    assert!(!ballast.exists());
    disk.faults.set_free(None);
    drop(disk.open());
    assert_eq!(fs::metadata(&ballast).unwrap().len(), 1 << 16);
}

#[test]
fn many_writers_share_syncs() {
    let disk = Disk::new();
    let log = disk.open();
    let before = disk.faults.count(Step::SyncVolume);
    let acks: Vec<_> = (0..400_u32).map(|n| log.append(commit([event(u128::from(n))]))).collect();
    for (n, ack) in (1..).zip(acks) {
        assert_eq!(ack.wait().unwrap().position, Position(n), "in the order of arrival");
    }
    let syncs = disk.faults.count(Step::SyncVolume) - before;
    assert!(syncs < 400, "{syncs} syncs for 400 commits that waited together");
}

#[test]
fn a_closed_log_answers_what_waited() {
    let disk = Disk::new();
    let log = disk.open();
    let acks: Vec<_> = (0..50).map(|n| log.append(commit([event(n)]))).collect();
    drop(log);
    assert!(acks.into_iter().all(|ack| ack.wait().is_ok()));
    let log = disk.open();
    assert_eq!(log.read(Position::START, 100, &Filter::default()).unwrap().1, Position(50));
}
