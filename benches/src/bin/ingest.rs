//! Signed posts over HTTP at 64 connections, beside a bare axum endpoint that checks the same
//! signature, in alternating slices; half of the senders are new.
//!
//! `ingest [SECONDS]` (default 60 for the engine's slices together). Prints the ratio, CPU a post,
//! latency, and how far the read models are behind at the end.

#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use clap::Parser;
use convolog_benches::load::{CONNECTIONS, Load, Measured, Requests, bare_inbound};
use convolog_benches::numbers::float;
use convolog_benches::probe::{disk_bytes, fdatasync_p50, resident_bytes};
use convolog_benches::quiet::{TRIES, Try, judge, median};
use convolog_benches::rig::{Rig, message, post};

/// As the shipped binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Alternating slices of a try.
const SLICES: u32 = 6;
/// How long the floor is loaded between two slices of the engine.
const FLOOR_SLICE: Duration = Duration::from_secs(3);
/// People who write again and again.
const REGULARS: u64 = 20_000;

/// Signed posts over HTTP beside a bare endpoint.
#[derive(Parser)]
struct Arguments {
    /// Seconds of load on the engine in a try.
    #[arg(default_value_t = 60)]
    seconds: u32,
    /// Tries for a quiet disk.
    #[arg(long, default_value_t = TRIES)]
    tries: usize,
}

/// What one try showed.
struct Shown {
    engine: Vec<Measured>,
    bare: Vec<Measured>,
    /// Read models behind the log when the last post was answered.
    behind_events: u64,
    behind: Duration,
    data_bytes: u64,
    events: u64,
}

fn main() -> Outcome<()> {
    let Arguments { seconds, tries } = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let judged = judge(tries, || {
        let folder = tempfile::tempdir_in(".")?;
        runtime.block_on(attempt(folder.path(), Duration::from_secs(u64::from(seconds))))
    })?;
    println!("## Ingest, {seconds} s, {CONNECTIONS} connections, half of the senders new\n");
    print(&judged.best.measured);
    println!("{}\n", judged.verdict());
    Ok(())
}

async fn attempt(place: &Path, time: Duration) -> Outcome<Try<Shown>> {
    let data = place.join("data");
    let rig = Rig::start(&data).await?;
    let posts: Requests = Arc::new(|number| post(&message(number, person(number))));
    let next = Arc::new(AtomicU64::new(0));
    let engine = Load::new(rig.address()).for_time(time / SLICES).numbered_by(&next);
    let bare = Load::new(bare_inbound().await?).for_time(FLOOR_SLICE).numbered_by(&next);
    let (mut engine_slices, mut bare_slices, mut syncs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..SLICES {
        syncs.push(fdatasync_p50(place)?);
        bare_slices.push(bare.run(Arc::clone(&posts)).await?);
        // Last, so that the read models are looked at right after load.
        engine_slices.push(engine.run(Arc::clone(&posts)).await?);
    }
    let (head, start) = (rig.app().engine().log().head(), Instant::now());
    let behind_events = head.0.saturating_sub(rig.app().models().applied().0);
    rig.app().models().at_least(head, Duration::from_mins(10)).await?;
    let behind = start.elapsed();
    let data_bytes = disk_bytes(&data);
    rig.stop().await?;
    let (engine, bare) = (engine_slices, bare_slices);
    let shown = Shown { engine, bare, behind_events, behind, data_bytes, events: head.0 };
    Ok(Try { sync: median(syncs), measured: shown })
}

/// Every other sender is new.
const fn person(number: u64) -> u64 {
    if number.is_multiple_of(2) { REGULARS + number } else { number / 2 % REGULARS }
}

fn print(shown: &Shown) {
    let middle = |all: &[Measured], of: fn(&Measured) -> f64| median(all.iter().map(of));
    println!("| | posts/s | CPU µs a post, client included | p50 µs | p99 µs |");
    println!("|---|---|---|---|---|");
    for (name, slices) in [("bare endpoint (floor)", &shown.bare), ("engine", &shown.engine)] {
        let latency = |quantile| median(slices.iter().map(|one| one.micros_at(quantile)));
        println!(
            "| {name} | {:.0} | {:.0} | {} | {} |",
            middle(slices, |one| one.rate),
            middle(slices, |one| one.cpu_micros),
            latency(0.5),
            latency(0.99),
        );
    }
    let rates: Vec<String> = shown.engine.iter().map(|one| format!("{:.0}", one.rate)).collect();
    let rate = |all: &[Measured]| middle(all, |one| one.rate);
    println!("\nengine / bare: {:.3}", rate(&shown.engine) / rate(&shown.bare));
    println!("engine's slices in order: {} posts/s", rates.join(", "));
    println!(
        "read models behind after the last post: {} of {} events, {:.0} ms until they showed all",
        shown.behind_events,
        shown.events,
        shown.behind.as_secs_f64() * 1e3
    );
    println!(
        "{} MiB on the disk ({:.0} B an event, read models included), {} MiB resident",
        shown.data_bytes >> 20,
        float(shown.data_bytes) / float(shown.events.max(1)),
        resident_bytes() >> 20
    );
}
