//! The seeded bugs are there when asked for: the power-cut rig relies on it.

use convolog_log::{AppendError, Committed, EventLog, SeededBug, Step};

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

/// Answers to an event and its redelivery that are judged in one batch, the sync of which fails.
fn redelivered_in_a_batch_that_fails(disk: &Disk) -> [Result<Committed, AppendError>; 2] {
    let log = disk.open();
    let (syncing, sync) = disk.faults.hold_sync();
    let before = log.append(commit([event(1)]));
    syncing.recv().unwrap();
    // The first sync passes, so that what waits meanwhile is gathered; the second one fails.
    disk.faults.fail_after(Step::SyncVolume, 1);
    let acks = [(); 2].map(|()| log.append(commit([event(2).holds(1).or_drops()])));
    sync.send(()).unwrap();
    assert!(before.wait().is_ok());
    acks.map(convolog_log::Ack::wait)
}

#[test]
fn the_second_bug_answers_a_drop_from_a_staged_claim() {
    let mut disk = Disk::new();
    disk.options.seeded_bug = Some(SeededBug::AnswerFromStaged);
    let [holder, dropped] = redelivered_in_a_batch_that_fails(&disk);
    assert!(holder.is_err(), "it was never synced");
    assert!(dropped.unwrap().outcomes[0].is_err(), "answered although its holder is not there");
}
