//! One long run: what an event costs as the stores grow. Events are drawn in chunks, so that memory
//! does not grow with the run; every store gets the same ones.

use std::path::Path;

use convolog_benches::closed_loop::{Slice, run};
use convolog_benches::numbers::float_of;
use convolog_benches::probe::{disk_bytes, fdatasync_p50, resident_bytes};
use convolog_benches::quiet::{QUIET, median};
use convolog_benches::workload::Workload;

use crate::append::{NAMES, stores};
use crate::{Outcome, vault};

const WRITERS: usize = 64;
/// Events drawn and appended at a time.
const CHUNK: usize = 20_000;
/// Lines of the table.
const LINES: usize = 5;

/// Prints how the CPU of an event develops.
pub(crate) fn figures(folder: &Path, events: usize) -> Outcome<()> {
    println!("## Append of {events} events, {WRITERS} writers, commits of 1\n");
    println!(
        "| events | store | ev/s | CPU µs/ev | CPU of sqlite's | CPU µs/ev so far | so far of sqlite's |"
    );
    println!("|---|---|---|---|---|---|---|");
    let place = tempfile::tempdir_in(folder)?;
    let stores = stores(place.path())?;
    let mut workload = Workload::new(vault(place.path())?, 1);
    let (mut total, mut line): ([Option<Slice>; 3], [Option<Slice>; 3]) = Default::default();
    let mut syncs = Vec::new();
    let (mut appended, mut printed) = (0, 0);
    while appended < events {
        let count = CHUNK.min(events - appended);
        let drawn: Result<Vec<_>, _> = (0..count).map(|_| workload.commit(1)).collect();
        let drawn = drawn.map_err(|error| error.to_string())?;
        syncs.push(fdatasync_p50(place.path())?);
        for ((store, total), line) in stores.iter().zip(&mut total).zip(&mut line) {
            let slice = run(store, drawn.clone(), WRITERS)?;
            gather(total, &slice)?;
            gather(line, &slice)?;
        }
        appended += count;
        if appended * LINES / events > printed {
            printed = appended * LINES / events;
            print(appended, &line, &total);
            line = Default::default();
        }
    }
    let sync = median(syncs);
    println!(
        "\nfdatasync p50 {} µs{}",
        sync.as_micros(),
        if sync < QUIET { "" } else { " (not quiet)" }
    );
    drop(stores);
    for name in ["log", "events.sqlite", "plain"] {
        let path = place.path().join(name);
        let bytes = if path.is_dir() { disk_bytes(&path) } else { path.metadata()?.len() };
        println!("{name}: {} B an event on the disk", bytes / u64::try_from(events.max(1))?);
    }
    println!("{} MiB resident at the end\n", resident_bytes() >> 20);
    Ok(())
}

fn gather(so_far: &mut Option<Slice>, slice: &Slice) -> Outcome<()> {
    if let Some(so_far) = so_far {
        return so_far.add(slice);
    }
    *so_far = Some(slice.clone());
    Ok(())
}

fn print(appended: usize, line: &[Option<Slice>; 3], total: &[Option<Slice>; 3]) {
    let cpu = |slice: &Option<Slice>| slice.as_ref().map_or(0.0, Slice::cpu_micros);
    let [_, line_sqlite, _] = line.each_ref().map(cpu);
    let [_, total_sqlite, _] = total.each_ref().map(cpu);
    for ((name, line), total) in NAMES.iter().zip(line).zip(total) {
        let rate = line.as_ref().map_or(0.0, Slice::rate);
        println!(
            "| {:.0} k | {name} | {rate:.0} | {:.1} | {:.2} | {:.1} | {:.2} |",
            float_of(appended) / 1e3,
            cpu(line),
            cpu(line) / line_sqlite,
            cpu(total),
            cpu(total) / total_sqlite,
        );
    }
}
