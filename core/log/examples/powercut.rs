//! The writer and the checker for the power-cut rig, on the log alone.
//!
//! `powercut write DIR ACKS` appends from several threads until it is stopped and notes in ACKS
//! what was answered; `powercut check DIR ACKS` opens what a power cut left in DIR and exits 1
//! unless all of it is there. Each event is sent twice, as a platform redelivers: the second one
//! is dropped against a claim that is usually only staged, and its answer is noted first.
#![expect(clippy::print_stderr, clippy::unwrap_used, reason = "a program for a test rig")]

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use bytes::Bytes;
use convolog_log::{
    Actor, Body, ClaimAction, ClaimHash, Commit, Committed, Draft, EventLog, Mode, OnClash,
    Options, Origin, Position, RecordedClaim, SledLog, StreamKey,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const THREADS: u64 = 16;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", dir, acks] => write(Path::new(dir), Path::new(acks)),
        ["check", dir, acks] => check(Path::new(dir), Path::new(acks)),
        _ => {
            eprintln!("usage: powercut write|check DIR ACKS");
            ExitCode::from(2)
        }
    }
}

/// Small volumes, so that some close during a run.
fn options() -> Options {
    Options {
        volume_bytes: 4 << 20,
        free_floor_bytes: 32 << 20,
        ballast_bytes: 0,
        ..Options::default()
    }
}

fn claim(number: u64) -> ClaimHash {
    ClaimHash(Sha256::digest(number.to_be_bytes()).into())
}

fn redelivered(number: u64, times: u8) -> Commit {
    let id = Uuid::from_u128(u128::from(number));
    let stream = |kind, id| StreamKey { workspace: Uuid::nil(), kind, id };
    let body = Body {
        event_id: id,
        stream: stream(1, Uuid::from_u128(u128::from(number % 97))),
        type_code: 1,
        schema: 1,
        commit_id: id,
        actor: Actor::default(),
        causation: None,
        correlation: None,
        mode: Mode::Live,
        origin: Origin::Live,
        claims: vec![RecordedClaim { action: ClaimAction::Hold, hash: claim(number) }],
        imported_from: None,
        blobs: Vec::new(),
        payload: Bytes::from(Sha256::digest([times]).repeat(18)),
        sealed: Vec::new(),
    };
    // Every 50th commit is too large for a block and is split.
    let more = if number.is_multiple_of(50) { 60 } else { 1 };
    let beside =
        |n| Body { stream: stream(2, Uuid::from_u128(n)), claims: Vec::new(), ..body.clone() };
    let bodies = if times == 0 { (0..more).map(beside).collect() } else { Vec::new() };
    let bodies = std::iter::once(body.clone()).chain(bodies);
    let drafts = bodies.map(|body| Draft::new(&body, |_| OnClash::Drop).unwrap()).collect();
    Commit { conditions: Vec::new(), drafts }
}

fn write(dir: &Path, acks: &Path) -> ExitCode {
    let log = Arc::new(SledLog::open_or_create(dir, options()).unwrap());
    let start = log.head().0 * 1_000;
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let log = Arc::clone(&log);
            let acks = File::options().append(true).create(true).open(acks).unwrap();
            thread::spawn(move || append_for_ever(&log, acks, start + thread))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    ExitCode::FAILURE
}

fn append_for_ever(log: &SledLog, mut acks: File, first: u64) {
    for number in (first..).step_by(usize::try_from(THREADS).unwrap()) {
        let delivered = log.append(redelivered(number, 0));
        let again = log.append(redelivered(number, 1));
        for (ack, which) in [(again, "again"), (delivered, "first")] {
            let Ok(Committed { outcomes, .. }) = ack.wait() else {
                eprintln!("refused: {:?}", log.health());
                return;
            };
            let position = match outcomes.first().unwrap() {
                Ok(header) => header.position,
                Err(clash) => clash.holder.position,
            };
            // One write a line, so that a cut never leaves half of one.
            acks.write_all(format!("{number} {position} {which}\n").as_bytes()).unwrap();
        }
    }
}

fn check(dir: &Path, acks: &Path) -> ExitCode {
    let log = match SledLog::open_or_create(dir, options()) {
        Ok(log) => log,
        Err(error) => {
            eprintln!("does not open: {error}");
            return ExitCode::FAILURE;
        }
    };
    let answered = fs::read_to_string(acks).unwrap();
    let mut lost = 0_u64;
    for line in answered.lines() {
        let mut words = line.split(' ').map(|word| word.parse::<u64>().unwrap_or_default());
        let (number, position) = (words.next().unwrap(), words.next().unwrap());
        let holder = log.holder(&claim(number)).unwrap();
        let record = log.get(Position(position)).unwrap();
        let there = record.is_some_and(|record| {
            record.decode().unwrap().event_id.as_u128() == u128::from(number)
        });
        lost += u64::from(!there || holder.is_none_or(|held| held.position.0 != position));
    }
    let report = log.verify(&mut |_, _| ());
    let (answered, head) = (answered.lines().count(), log.head());
    let closed = report.closed_volumes;
    eprintln!(
        "{answered} answered, {lost} lost, head {head}, {closed} volumes closed, {:?}",
        report.problem
    );
    if lost == 0 && report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
