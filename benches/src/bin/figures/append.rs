//! Durable append: short slices of the log, a plain file and `SQLite` in turn.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use convolog_benches::closed_loop::{Appender, Slice, run};
use convolog_benches::floors::{Log, PlainFile, Sqlite};
use convolog_benches::numbers::float;
use convolog_benches::probe::fdatasync_p50;
use convolog_benches::quiet::{Judged, Try, judge, median};
use convolog_benches::workload::Workload;
use convolog_log::SledLog;

use crate::{Outcome, options, vault};

/// (writers, events a commit, commits a slice)
const SHAPES: [(usize, usize, usize); 4] =
    [(1, 1, 800), (64, 1, 20_000), (256, 1, 40_000), (4, 1_000, 100)];
/// Rounds of interleaved slices.
const ROUNDS: usize = 5;
/// In the order of the slices.
pub(crate) const NAMES: [&str; 3] = ["file", "sqlite", "convolog"];

/// The floors and the log on new files, in the order of [`NAMES`].
pub(crate) fn stores(place: &Path) -> Outcome<[Arc<dyn Appender>; 3]> {
    let log = Arc::new(SledLog::open_or_create(&place.join("log"), options())?);
    Ok([
        Arc::new(PlainFile::create(&place.join("plain"))?),
        Arc::new(Sqlite::create(&place.join("events.sqlite"))?),
        Arc::new(Log(log)),
    ])
}

/// Prints one table over all shapes.
pub(crate) fn figures(folder: &Path, tries: usize) -> Outcome<()> {
    println!("## Append, sealed events, durable\n");
    println!(
        "| writers | events a commit | store | ev/s median | of file | of sqlite | CPU µs/ev | CPU of sqlite's | p50 µs | p99 µs |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let mut verdicts = Vec::new();
    for shape in SHAPES {
        let judged = judge(tries, || {
            let place = tempfile::tempdir_in(folder)?;
            attempt(place.path(), shape)
        })?;
        print(shape, &judged.best.measured);
        verdicts.push((shape, judged));
    }
    println!();
    for ((writers, events, _), judged) in verdicts {
        println!("{writers} writers, {events} a commit: {}", Judged::verdict(&judged));
    }
    println!();
    Ok(())
}

type Slices = [Vec<Slice>; 3];

fn attempt(
    place: &Path,
    (writers, events, commits): (usize, usize, usize),
) -> Outcome<Try<Slices>> {
    let stores = stores(place)?;
    let mut slices = Slices::default();
    let mut syncs: Vec<Duration> = Vec::new();
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
            if let (Some(store), Some(slices)) = (stores.get(at), slices.get_mut(at)) {
                slices.push(run(store, prepared, writers)?);
            }
        }
    }
    Ok(Try { sync: median(syncs), measured: slices })
}

fn print((writers, events, _): (usize, usize, usize), slices: &Slices) {
    let [file, sqlite, _] = slices.each_ref().map(|of| middle(of, Slice::rate));
    let [_, sqlite_cpu, _] = slices.each_ref().map(|of| middle(of, Slice::cpu_micros));
    for (name, slices) in NAMES.iter().zip(slices) {
        let (rate, cpu) = (middle(slices, Slice::rate), middle(slices, Slice::cpu_micros));
        let latency = |q| middle(slices, |slice| float(slice.latency_micros.value_at_quantile(q)));
        println!(
            "| {writers} | {events} | {name} | {rate:.0} | {:.2} | {:.2} | {cpu:.1} | {:.2} | {:.0} | {:.0} |",
            rate / file,
            rate / sqlite,
            cpu / sqlite_cpu,
            latency(0.5),
            latency(0.99),
        );
    }
}

fn middle(slices: &[Slice], of: impl Fn(&Slice) -> f64) -> f64 {
    median(slices.iter().map(of))
}
