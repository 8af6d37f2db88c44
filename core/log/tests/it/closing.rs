//! Volumes that close: what was asked before is answered the same after, whatever goes wrong.

use std::fs;

use convolog_log::{AppendError, EventLog, Filter, Position, Step, Timestamp};

use crate::support::{Disk, all, append, claim, commit, commit_if, event, positions, stream};

/// Three closed volumes and an active one, with streams and claims across them.
fn filled(disk: &Disk) -> convolog_log::SledLog {
    let log = disk.open();
    for volume in 0..4_u64 {
        for n in 0..10_u64 {
            let at = i64::try_from(volume * 1_000 + n).unwrap();
            disk.clock.set(Timestamp(1_000_000 + at));
            let id = volume * 100 + n;
            append(&log, commit([event(1).holds(id), event(u128::from(id) + 1_000)]));
        }
        if volume == 1 {
            append(&log, commit([event(2).releases(3)]));
        }
        if volume < 3 {
            log.close_volume().unwrap();
        }
    }
    log
}

/// Everything a reader can ask, as text.
fn asked(log: &dyn EventLog) -> String {
    let mut answers = vec![format!("{:?} {:?}", log.head(), log.root())];
    for record in all(log) {
        answers.push(format!("{record:?} {:?}", log.get(record.header.position).unwrap()));
    }
    for id in 0..330 {
        answers.push(format!("{:?}", log.holder(&claim(id)).unwrap()));
    }
    for id in [1, 2, 3, 1_000, 1_105, 1_209, 1_309] {
        let key = stream(id);
        let filter = Filter { stream: Some(key), ..Filter::default() };
        answers.push(format!(
            "{} {:?} {:?} {:?}",
            log.stream_version(&key).unwrap(),
            log.read_stream(&key, 0, 1_000).unwrap(),
            log.read_stream(&key, 17, 5).unwrap(),
            log.read(Position(15), 7, &filter).unwrap(),
        ));
    }
    for at in [0, 1_000_000, 1_000_009, 1_000_500, 1_002_004, 9_000_000] {
        answers.push(format!("{:?}", log.position_at(Timestamp(at)).unwrap()));
    }
    answers.join("\n")
}

#[test]
fn a_closed_volume_answers_as_the_live_one_did() {
    let (split, whole) = (Disk::new(), Disk::new());
    let log = filled(&split);
    assert_eq!(log.shape().closed.len(), 3);
    assert_eq!(log.shape().live, 1);
    let in_one = whole.open();
    for record in all(&log) {
        whole.clock.set(record.header.recorded_at);
        if record.header.index == 0 {
            let same: Vec<_> = all(&log)
                .into_iter()
                .skip(usize::try_from(record.header.position.0).unwrap() - 1)
                .enumerate()
                .take_while(|(n, next)| *n == 0 || next.header.index > 0)
                .map(|(_, next)| event(0).with_body(next.decode().unwrap()))
                .collect();
            append(&in_one, commit(same));
        }
    }
    assert_eq!(in_one.shape().closed.len(), 0);
    assert_eq!(asked(&log), asked(&in_one));
    drop(log);
    assert_eq!(asked(&split.open()), asked(&in_one), "also after opening again");
}

#[test]
fn the_writer_judges_against_closed_volumes() {
    let disk = Disk::new();
    let log = filled(&disk);
    let at = |version| convolog_log::Condition::StreamAt(stream(1), version);
    assert!(log.append(commit_if([at(30)], [event(1)])).wait().is_err());
    append(&log, commit_if([at(40)], [event(1)]));
    let error = log.append(commit([event(9).holds(5)])).wait().unwrap_err();
    let AppendError::Clash(clash) = error else { panic!("{error}") };
    assert_eq!((clash.holder.stream, clash.holder.position), (stream(1), Position(11)));
    // Taken in the first volume, given back in the second, taken again in the last.
    append(&log, commit([event(9).holds(3)]));
    assert!(log.append(commit([event(9).holds(3)])).wait().is_err());
    log.close_volume().unwrap();
    assert!(log.append(commit([event(9).holds(3)])).wait().is_err());
    assert_eq!(log.stream_version(&stream(1)).unwrap(), 41);
}

#[test]
fn fingerprints_that_collide_are_told_apart() {
    let disk = Disk::new();
    let log = disk.open();
    let (held, free) = (convolog_log::ClaimHash([7; 32]), {
        let mut other = [7; 32];
        other[31] = 8;
        convolog_log::ClaimHash(other)
    });
    assert_eq!(held.fingerprint(), free.fingerprint());
    append(&log, commit([event(1).holds_hash(held)]));
    log.close_volume().unwrap();
    assert_eq!(log.holder(&free).unwrap(), None);
    append(&log, commit([event(2).holds_hash(free)]));
    log.close_volume().unwrap();
    assert_eq!(log.holder(&held).unwrap().unwrap().position, Position(1));
    assert_eq!(log.holder(&free).unwrap().unwrap().position, Position(2));
}

#[test]
fn a_missing_or_broken_index_is_built_again() {
    let disk = Disk::new();
    let before = asked(&filled(&disk));
    let index = |number: u32| disk.path(&format!("volumes/{number:08}.index"));
    let original = fs::read(index(1)).unwrap();
    fs::remove_file(index(1)).unwrap();
    fs::write(index(2), b"nonsense").unwrap();
    let mut flipped = fs::read(index(3)).unwrap();
    flipped[100] ^= 1;
    fs::write(index(3), flipped).unwrap();
    assert_eq!(asked(&disk.open()), before);
    assert_eq!(fs::read(index(1)).unwrap(), original);
}

#[test]
fn a_volume_closes_at_its_size_and_at_its_age() {
    let mut disk = Disk::new();
    disk.options.volume_bytes = 20_000;
    disk.options.volume_age_micros = 1_000_000;
    let log = disk.open();
    for _ in 0..50 {
        append(&log, commit([event(1).payload(vec![1; 1_000])]));
    }
    log.close_volume().unwrap();
    let by_size = log.shape().closed.len();
    assert!((3..=4).contains(&by_size), "{by_size} volumes of 20 KB for 50 KB");
    append(&log, commit([event(1)]));
    disk.clock.advance_micros(999_999);
    append(&log, commit([event(1)]));
    assert_eq!(log.shape().closed.len() + log.shape().live, by_size + 1);
    disk.clock.advance_micros(1);
    append(&log, commit([event(1)]));
    // An append after the one that made it roll is judged in the new volume.
    append(&log, commit([event(1)]));
    assert_eq!(log.shape().closed.len() + log.shape().live, by_size + 2);
    assert_eq!(positions(&all(&log)), (1..=54).collect::<Vec<_>>());
}

#[test]
fn a_crash_at_any_step_of_closing_is_recovered() {
    for step in [
        Step::CreateVolume,
        Step::WriteBlocks,
        Step::WriteIndex,
        Step::VerifyClosed,
        Step::WriteManifest,
        Step::RemoveSled,
    ] {
        let disk = Disk::new();
        let log = filled(&disk);
        let before = asked(&log);
        let crashed = disk.crash_at(step);
        assert!(log.close_volume().is_err(), "{step:?} fails");
        assert_eq!(asked(&log), before, "readers do not notice {step:?}");
        let again = crashed.open();
        assert_eq!(asked(&again), before, "after a crash at {step:?}");
        append(&again, commit([event(5)]));
        again.close_volume().unwrap();
        assert_eq!(again.shape().live, 1);
        assert_eq!(again.stream_version(&stream(5)).unwrap(), 1);
        let names: Vec<_> = fs::read_dir(crashed.path("volumes")).unwrap().collect();
        let closed = again.shape().closed.len();
        assert_eq!(names.len(), closed * 2 + 1, "no leftovers after {step:?}");
        // And without a crash it is tried again.
        disk.faults.heal();
        log.close_volume().unwrap();
        append(&log, commit([event(5)]));
        log.close_volume().unwrap();
        assert_eq!(log.shape().live, 1, "{step:?}");
    }
}

#[test]
fn closing_what_is_empty_does_nothing() {
    let disk = Disk::new();
    let log = disk.open();
    log.close_volume().unwrap();
    append(&log, commit([event(1)]));
    log.close_volume().unwrap();
    log.close_volume().unwrap();
    assert_eq!(log.shape().closed.len(), 1);
    assert!(log.shape().closed[0].bytes > 0);
    assert!(!disk.path("volumes/00000001.sled").exists());
}

#[test]
fn a_closed_volume_that_lost_bytes_is_refused() {
    let disk = Disk::new();
    drop(filled(&disk));
    let path = disk.path("volumes/00000002.blocks");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    let error = disk.try_open().unwrap_err();
    assert!(matches!(error, convolog_log::LogError::Corrupt { .. }), "{error}");
    // A changed byte is found when it is read.
    let mut changed = whole;
    changed[200] ^= 1;
    fs::write(&path, &changed).unwrap();
    let log = disk.open();
    let first = log.shape().closed[1].start.position.next();
    let error = log.get(first).unwrap_err();
    assert!(matches!(error, convolog_log::LogError::Corrupt { .. }), "{error}");
    assert!(log.get(Position(1)).unwrap().is_some());
}

#[test]
fn the_next_volume_is_made_before_it_is_needed() {
    let mut disk = Disk::new();
    disk.options.volume_bytes = 100_000;
    let log = disk.open();
    let made = || disk.faults.count(Step::CreateVolume);
    assert_eq!(made(), 1);
    append(&log, commit([event(1)]));
    assert_eq!(made(), 1, "not while the active one is nearly empty");
    for _ in 0..5 {
        append(&log, commit([event(1).payload(vec![1; 11_000])]));
    }
    // More than half full: another thread is at it, and leaves the folder when the log closes.
    // The log that closes waits for its threads.
    let asked = std::time::Instant::now();
    while !disk.path("volumes/00000002.sled").exists() {
        assert!(asked.elapsed().as_secs() < 30, "nobody made the next volume");
        std::thread::yield_now();
    }
    assert_eq!((made(), log.shape().live), (2, 1));
    drop(log);
    let log = disk.open();
    assert!(!disk.path("volumes/00000002.sled").exists(), "removed: the first one goes on");
    for _ in 0..5 {
        append(&log, commit([event(1).payload(vec![1; 11_000])]));
    }
    log.close_volume().unwrap();
    assert_eq!(positions(&all(&log)), (1..=11).collect::<Vec<_>>());
    assert_eq!(log.verify(&mut |_, _| ()).problem, None);
}
