//! Prints the figures of docs/performance.md: each beside its floors, slices interleaved in one run.
//!
//! `figures [append|read|disk]…`, all of them without a name. Writes to a temporary folder under the
//! current one (the disk that is measured is the disk it lies on).

#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use convolog_benches::closed_loop::{Appender, Slice, per, run};
use convolog_benches::floors::{Log, PlainFile, Sqlite};
use convolog_benches::probe::{cpu_time, disk_bytes, fdatasync_p50, resident_bytes};
use convolog_benches::workload::Workload;
use convolog_log::{EventLog, Filter, Header, Options, Position, Record, SledLog, StreamKey};
use convolog_vault::{MasterKey, Vault};

/// As the shipped binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A durable ratio is judged only while the disk is quiet: below this median of `fdatasync`.
const QUIET: Duration = Duration::from_micros(600);
/// Rounds of interleaved slices.
const ROUNDS: usize = 5;
/// Events that the read figures are taken over.
const READ_EVENTS: usize = 300_000;

fn main() -> Outcome<()> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|given| given == name);
    let folder = tempfile::tempdir_in(".")?;
    if wanted("append") {
        append(folder.path())?;
    }
    if wanted("read") || wanted("disk") {
        read(folder.path())?;
    }
    Ok(())
}

fn vault(folder: &Path) -> Outcome<Arc<Vault>> {
    let master = MasterKey::parse(&"5a".repeat(32))?;
    let path = folder.join(format!("keys-{}.vault", uuid::Uuid::new_v4()));
    Ok(Vault::open(&path, &master, 0)?)
}

fn options() -> Options {
    Options { free_floor_bytes: 0, ballast_bytes: 0, ..Options::default() }
}

/// (writers, events a commit, commits a slice)
const SHAPES: [(usize, usize, usize); 4] =
    [(1, 1, 800), (64, 1, 20_000), (256, 1, 40_000), (4, 1_000, 100)];

fn append(folder: &Path) -> Outcome<()> {
    println!("## Append, sealed events, durable\n");
    println!(
        "| writers | events a commit | store | ev/s median | of file | CPU µs/ev | p50 µs | p99 µs | fdatasync p50 µs |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (number, (writers, events, commits)) in SHAPES.into_iter().enumerate() {
        let place = folder.join(format!("append-{number}"));
        std::fs::create_dir_all(&place)?;
        shape(&place, writers, events, commits)?;
        std::fs::remove_dir_all(&place)?;
    }
    Ok(())
}

fn shape(place: &Path, writers: usize, events: usize, commits: usize) -> Outcome<()> {
    let log = Arc::new(SledLog::open_or_create(&place.join("log"), options())?);
    let stores: [(&str, Arc<dyn Appender>); 3] = [
        ("file", Arc::new(PlainFile::create(&place.join("plain"))?)),
        ("sqlite", Arc::new(Sqlite::create(&place.join("events.sqlite"))?)),
        ("convolog", Arc::new(Log(log))),
    ];
    let mut slices: [Vec<Slice>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    let mut syncs = Vec::new();
    for round in 0..ROUNDS {
        syncs.push(fdatasync_p50(place)?);
        for turn in 0..stores.len() {
            // Odd rounds run backwards, so that nobody always goes first.
            let at = if round % 2 == 0 { turn } else { stores.len() - 1 - turn };
            let seed = u64::try_from(round * 10 + at)?;
            let mut workload = Workload::new(vault(place)?, seed << 32);
            let prepared: Result<Vec<_>, _> =
                (0..commits).map(|_| workload.commit(events)).collect();
            let prepared = prepared.map_err(|error| error.to_string())?;
            if let (Some((_, store)), Some(slices)) = (stores.get(at), slices.get_mut(at)) {
                slices.push(run(store, prepared, writers)?);
            }
        }
    }
    syncs.sort_unstable();
    let sync = syncs.get(syncs.len() / 2).copied().unwrap_or_default();
    let quiet = if sync < QUIET { "" } else { " (not quiet)" };
    let floor = median(slices.first().map(Vec::as_slice).unwrap_or_default(), Slice::rate);
    for ((name, _), slices) in stores.iter().zip(&slices) {
        let rate = median(slices, Slice::rate);
        println!(
            "| {writers} | {events} | {name} | {rate:.0} | {:.2} | {:.1} | {:.0} | {:.0} | {}{quiet} |",
            rate / floor,
            median(slices, Slice::cpu_micros),
            median(slices, |slice| float(slice.latency_micros.value_at_quantile(0.5))),
            median(slices, |slice| float(slice.latency_micros.value_at_quantile(0.99))),
            sync.as_micros(),
        );
    }
    Ok(())
}

fn median(slices: &[Slice], of: impl Fn(&Slice) -> f64) -> f64 {
    let mut values: Vec<f64> = slices.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "figures to print")]
const fn float(value: u64) -> f64 {
    value as f64
}

fn read(folder: &Path) -> Outcome<()> {
    let place = folder.join("read");
    let log = Arc::new(SledLog::open_or_create(&place, options())?);
    let appender: Arc<dyn Appender> = Arc::new(Log(Arc::clone(&log)));
    let mut workload = Workload::new(vault(folder)?, 1);
    let mut left = READ_EVENTS;
    while left > 0 {
        let commits: Result<Vec<_>, _> = (0..20_000).map(|_| workload.commit(1)).collect();
        run(&appender, commits.map_err(|error| error.to_string())?, 64)?;
        left = left.saturating_sub(20_000);
    }
    disk(&place, &log, "active")?;
    scans(&log)?;
    log.close_volume()?;
    disk(&place, &log, "closed")?;
    scans(&log)?;
    streams(&log)?;
    drop((log, appender));
    let start = Instant::now();
    let log = SledLog::open(&place, options())?;
    println!(
        "open again: {:?} for {} events, {} MiB resident\n",
        start.elapsed(),
        log.head(),
        resident_bytes() >> 20
    );
    Ok(())
}

fn disk(place: &Path, log: &SledLog, name: &str) -> Outcome<()> {
    let (all, _) = scan(log)?;
    let records: usize = all.iter().map(|record| Header::LEN + record.body.len()).sum();
    let records = u64::try_from(records)?;
    let on_disk = disk_bytes(&place.join("volumes"));
    let events = log.head().0.max(1);
    println!(
        "disk, {name}: {:.3} × the record bytes ({} B an event on the disk, {} B of record)\n",
        float(on_disk) / float(records.max(1)),
        on_disk / events,
        records / events,
    );
    Ok(())
}

fn scans(log: &SledLog) -> Outcome<()> {
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let (records, scan) = scan(log)?;
        let floor = decode(&records)?;
        ratios.push(scan / floor);
        println!(
            "read all and decode: {scan:.0} ev/s; decode from memory: {floor:.0} ev/s; ratio {:.2}",
            scan / floor
        );
    }
    println!();
    Ok(())
}

fn scan(log: &SledLog) -> Outcome<(Vec<Record>, f64)> {
    let mut after = Position::START;
    let mut all = Vec::new();
    let (start, cpu) = (Instant::now(), cpu_time());
    while after < log.head() {
        let (records, reached) = log.read(after, 1_000, &Filter::default())?;
        for record in &records {
            std::hint::black_box(record.decode()?);
        }
        all.extend(records);
        after = reached;
    }
    let rate = per(all.len(), start.elapsed());
    std::hint::black_box(cpu_time().saturating_sub(cpu));
    Ok((all, rate))
}

/// The floor: the same bytes, already in memory.
fn decode(records: &[Record]) -> Outcome<f64> {
    let start = Instant::now();
    for record in records {
        std::hint::black_box(record.decode()?);
    }
    Ok(per(records.len(), start.elapsed()))
}

fn streams(log: &SledLog) -> Outcome<()> {
    let mut times = hdrhistogram::Histogram::<u64>::new(3)?;
    let mut events = 0;
    for n in 0..2_000 {
        let id = uuid::Uuid::from_u64_pair(3, n * 5);
        let stream = StreamKey { workspace: uuid::Uuid::from_u128(7), kind: 8, id };
        let start = Instant::now();
        events += log.read_stream(&stream, 0, 1_000)?.len();
        times.record(u64::try_from(start.elapsed().as_micros())?)?;
    }
    println!(
        "read a stream ({} events): p50 {} µs, p99 {} µs\n",
        events / 2_000,
        times.value_at_quantile(0.5),
        times.value_at_quantile(0.99)
    );
    Ok(())
}
