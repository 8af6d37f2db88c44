//! Reading: everything, a stream, from an active and from a closed volume; the disk; opening again.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use convolog_benches::closed_loop::{Appender, run};
use convolog_benches::floors::Log;
use convolog_benches::numbers::float;
use convolog_benches::probe::{disk_bytes, resident_bytes};
use convolog_benches::quiet::median;
use convolog_benches::workload::Workload;
use convolog_log::{EventLog, SledLog, StreamKey};

use crate::scan::{Scan, decode_records, decode_stored, read_all, stored};
use crate::{Outcome, options, vault};

/// Rounds of interleaved passes.
const ROUNDS: usize = 5;
/// Events drawn at a time.
const CHUNK: usize = 20_000;
/// Events of the logs that are written few events a sync: enough that sled's segments of 2 MiB do not
/// decide what is shown.
const LONE_EVENTS: usize = 30_000;

/// Prints everything about reading.
pub(crate) fn figures(folder: &Path, events: usize) -> Outcome<()> {
    let place = tempfile::tempdir_in(folder)?;
    let (active, closed) = (place.path().join("active"), place.path().join("closed"));
    write(&active, 64, 1, events)?;
    copy(&active, &closed)?;
    let active_log = SledLog::open(&active, options())?;
    let closed_log = SledLog::open(&closed, options())?;
    closed_log.close_volume()?;
    scans(&active_log, &closed_log)?;
    println!("## Disk\n");
    println!(
        "| volume | events a sync | B an event on the disk | B of record | of the record bytes |"
    );
    println!("|---|---|---|---|---|");
    disk(&active, &active_log, ("active", "64 writers"))?;
    disk(&closed, &closed_log, ("closed", "64 writers"))?;
    for each in [1, 2, 4] {
        lone(place.path(), each)?;
    }
    println!("\n## A stream\n");
    streams("active", &active_log)?;
    streams("closed", &closed_log)?;
    drop(closed_log);
    let start = Instant::now();
    let log = SledLog::open(&closed, options())?;
    let (took, resident) = (start.elapsed(), resident_bytes() >> 20);
    println!("\nopening again: {took:?} for {} events, {resident} MiB resident\n", log.head());
    Ok(())
}

/// Writes a log of so many events, `each` in a commit.
fn write(place: &Path, writers: usize, each: usize, events: usize) -> Outcome<()> {
    let log = Arc::new(SledLog::open_or_create(place, options())?);
    let appender: Arc<dyn Appender> = Arc::new(Log(log));
    let mut workload = Workload::new(vault(place)?, 1);
    let mut left = events;
    while left > 0 {
        let count = left.min(CHUNK);
        let commits: Result<Vec<_>, _> =
            (0..count.div_ceil(each)).map(|_| workload.commit(each)).collect();
        run(&appender, commits.map_err(|error| error.to_string())?, writers)?;
        left -= count;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

fn scans(active: &SledLog, closed: &SledLog) -> Outcome<()> {
    println!("## Read all, one thread, {} events\n", closed.head());
    let volumes = stored(closed)?;
    let mut passes: [Vec<Scan>; 4] = Default::default();
    for _ in 0..ROUNDS {
        let [floor, records, from_active, from_closed] = &mut passes;
        floor.push(decode_stored(&volumes)?);
        from_active.push(read_all(active)?);
        from_closed.push(read_all(closed)?);
        records.push(decode_records(&volumes)?);
    }
    let names = [
        "decode of the stored bytes from memory (floor)",
        "of which decode of records",
        "read all, active volume",
        "read all, closed volume",
    ];
    let [floor, ..] = passes.each_ref().map(|of| middle(of, Scan::cpu_micros));
    let [floor_rate, ..] = passes.each_ref().map(|of| middle(of, Scan::rate));
    println!("| | CPU µs an event | floor's CPU / its CPU | ev/s | of the floor's ev/s |");
    println!("|---|---|---|---|---|");
    for (name, scans) in names.iter().zip(&passes) {
        let (cpu, rate) = (middle(scans, Scan::cpu_micros), middle(scans, Scan::rate));
        println!(
            "| {name} | {cpu:.3} | {:.2} | {rate:.0} | {:.2} |",
            floor / cpu,
            rate / floor_rate
        );
    }
    println!();
    Ok(())
}

fn middle(scans: &[Scan], of: impl Fn(&Scan) -> f64) -> f64 {
    median(scans.iter().map(of))
}

/// A log whose every block holds few events: the worst cases of what a block costs.
fn lone(place: &Path, each: usize) -> Outcome<()> {
    let (place, sync) = (place.join(format!("lone-{each}")), each.to_string());
    write(&place, 1, each, LONE_EVENTS)?;
    let log = SledLog::open(&place, options())?;
    disk(&place, &log, ("active", &sync))?;
    log.close_volume()?;
    disk(&place, &log, ("closed", &sync))
}

fn disk(place: &Path, log: &SledLog, (volume, sync): (&str, &str)) -> Outcome<()> {
    let records = u64::try_from(read_all(log)?.record_bytes)?.max(1);
    // Beside a closed volume lies the next active one, empty.
    let on_disk =
        if volume == "closed" { closed_bytes(log)? } else { disk_bytes(&place.join("volumes")) };
    let events = log.head().0.max(1);
    let ratio = float(on_disk) / float(records);
    println!("| {volume} | {sync} | {} | {} | {ratio:.2} |", on_disk / events, records / events);
    Ok(())
}

/// Blocks and index of the closed volumes.
fn closed_bytes(log: &SledLog) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in log.shape().closed {
        let blocks = log.blocks_file(entry.number);
        bytes += fs::metadata(&blocks)?.len() + fs::metadata(blocks.with_extension("index"))?.len();
    }
    Ok(bytes)
}

fn streams(name: &str, log: &SledLog) -> Outcome<()> {
    let mut times = hdrhistogram::Histogram::<u64>::new(3)?;
    let mut events = 0;
    for n in 0..2_000 {
        let id = uuid::Uuid::from_u64_pair(3, n * 5);
        let stream = StreamKey { workspace: uuid::Uuid::from_u128(7), kind: 8, id };
        let start = Instant::now();
        events += log.read_stream(&stream, 0, 1_000)?.len();
        times.record(u64::try_from(start.elapsed().as_micros())?)?;
    }
    let (p50, p99) = (times.value_at_quantile(0.5), times.value_at_quantile(0.99));
    println!("{name} volume, {} events: p50 {p50} µs, p99 {p99} µs", events / 2_000);
    Ok(())
}
