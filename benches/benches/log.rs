//! Criterion over the log: append by 1, 64 and 256 writers, in commits of 1 and of 1,000; read all;
//! read a stream. For comparing two versions of the code; ratios to floors come from `figures`.

#![expect(clippy::unwrap_used, reason = "a bench: a failure is its own report")]

use std::sync::Arc;
use std::time::Duration;

use convolog_benches::closed_loop::{Appender, run};
use convolog_benches::floors::Log;
use convolog_benches::workload::Workload;
use convolog_log::{EventLog, Filter, Options, Position, SledLog, StreamKey};
use convolog_vault::{MasterKey, Vault};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};

/// As the shipped binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn open(folder: &tempfile::TempDir) -> (Arc<SledLog>, Workload) {
    let options = Options { free_floor_bytes: 0, ballast_bytes: 0, ..Options::default() };
    let log = Arc::new(SledLog::open_or_create(&folder.path().join("log"), options).unwrap());
    let master = MasterKey::parse(&"5a".repeat(32)).unwrap();
    let vault = Vault::open(&folder.path().join("keys.vault"), &master, 0).unwrap();
    (log, Workload::new(vault, 1))
}

fn append(c: &mut Criterion) {
    let mut group = c.benchmark_group("append");
    group.sample_size(10).measurement_time(Duration::from_secs(6));
    for (writers, events) in [(1, 1), (64, 1), (256, 1), (1, 1_000), (64, 1_000), (256, 1_000)] {
        let folder = tempfile::tempdir_in(".").unwrap();
        let (log, mut workload) = open(&folder);
        let appender: Arc<dyn Appender> = Arc::new(Log(log));
        group.throughput(Throughput::Elements(u64::try_from(events).unwrap()));
        group.bench_function(format!("{writers} writers, {events} a commit"), |b| {
            b.iter_custom(|iterations| {
                let commits: Vec<_> =
                    (0..iterations).map(|_| workload.commit(events).unwrap()).collect();
                run(&appender, commits, writers).unwrap().elapsed
            });
        });
    }
    group.finish();
}

fn read(c: &mut Criterion) {
    const EVENTS: usize = 50_000;
    let folder = tempfile::tempdir_in(".").unwrap();
    let (log, mut workload) = open(&folder);
    let appender: Arc<dyn Appender> = Arc::new(Log(Arc::clone(&log)));
    let commits = (0..EVENTS).map(|_| workload.commit(1).unwrap()).collect();
    run(&appender, commits, 64).unwrap();
    let mut group = c.benchmark_group("read");
    group.sample_size(10);
    read_from(&mut group, "active", &log);
    log.close_volume().unwrap();
    read_from(&mut group, "closed", &log);
    group.finish();
}

fn read_from(group: &mut BenchmarkGroup<'_, WallTime>, volume: &str, log: &SledLog) {
    group.throughput(Throughput::Elements(log.head().0));
    group.bench_function(format!("all, {volume} volume"), |b| {
        b.iter(|| {
            let mut after = Position::START;
            while after < log.head() {
                let (records, reached) = log.read(after, 1_000, &Filter::default()).unwrap();
                for record in &records {
                    std::hint::black_box(record.decode().unwrap());
                }
                after = reached;
            }
        });
    });
    let stream = StreamKey {
        workspace: uuid::Uuid::from_u128(7),
        kind: 8,
        id: uuid::Uuid::from_u64_pair(3, 42),
    };
    let events = log.read_stream(&stream, 0, 1_000).unwrap().len();
    group.throughput(Throughput::Elements(u64::try_from(events).unwrap()));
    group.bench_function(format!("a stream, {volume} volume"), |b| {
        b.iter(|| std::hint::black_box(log.read_stream(&stream, 0, 1_000).unwrap()));
    });
}

criterion_group!(benches, append, read);
criterion_main!(benches);
