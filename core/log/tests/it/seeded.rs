//! The seeded bugs are there when asked for: the power-cut rig relies on it.

use convolog_log::{EventLog, SeededBug, Step};

use crate::support::{Disk, commit, event};

#[test]
fn the_first_bug_answers_before_the_sync() {
    let mut disk = Disk::new();
    disk.options.seeded_bug = Some(SeededBug::AnswerBeforeSync);
    let log = disk.open();
    let syncs = disk.faults.count(Step::SyncVolume);
    assert!(log.append(commit([event(1)])).wait().is_ok());
    assert_eq!(disk.faults.count(Step::SyncVolume), syncs, "answered although nothing was synced");
}

#[test]
fn the_second_bug_answers_a_drop_from_a_staged_claim() {
    let mut disk = Disk::new();
    disk.options.seeded_bug = Some(SeededBug::AnswerFromStaged);
    let log = disk.open();
    disk.faults.fail_after(Step::SyncVolume, 0);
    // One commit, so that both events are judged in one batch: the drop relies on the holder only
    // within it, hence a second commit may or may not come into the same batch. Many do.
    let acks: Vec<_> =
        (0..200).map(|n| log.append(commit([event(n).holds(1).or_drops()]))).collect();
    let answers: Vec<_> = acks.into_iter().map(convolog_log::Ack::wait).collect();
    assert!(answers[0].is_err(), "the holder itself was never synced");
    let leaked = answers.iter().flatten().filter(|done| done.outcomes[0].is_err()).count();
    assert!(leaked > 0, "drops were answered although their holder is not on the disk");
}

#[test]
fn without_a_bug_nothing_of_that_happens() {
    let disk = Disk::new();
    assert_eq!(disk.options.seeded_bug, None);
    let log = disk.open();
    disk.faults.fail_after(Step::SyncVolume, 0);
    let acks: Vec<_> =
        (0..200).map(|n| log.append(commit([event(n).holds(1).or_drops()]))).collect();
    assert!(acks.into_iter().all(|ack| ack.wait().is_err()));
}
