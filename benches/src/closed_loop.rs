//! Closed-loop writers: each has one commit in flight, and starts the next when it is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use convolog_log::Commit;
use hdrhistogram::Histogram;

use crate::numbers::{micros_each, per};
use crate::probe::cpu_time;

/// Something that makes commits durable.
pub trait Appender: Send + Sync {
    /// Appends and waits until it is on the disk.
    ///
    /// # Errors
    /// Whatever kept it from being durable.
    fn append(&self, commit: Commit) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;

    /// Waits for work behind the scenes that the appended events caused, so that its CPU time is
    /// counted to them.
    fn settle(&self) {}
}

/// What one slice of load showed.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Events made durable.
    pub events: usize,
    /// How long it took.
    pub elapsed: Duration,
    /// CPU time of the process meanwhile, all threads.
    pub cpu: Duration,
    /// Time from the call to the answer, in microseconds.
    pub latency_micros: Histogram<u64>,
}

impl Slice {
    /// Events a second.
    pub fn rate(&self) -> f64 {
        per(self.events, self.elapsed)
    }

    /// CPU microseconds an event.
    pub fn cpu_micros(&self) -> f64 {
        micros_each(self.cpu, self.events)
    }

    /// Adds what a later slice of the same load showed.
    ///
    /// # Errors
    /// If a latency does not fit the histogram.
    pub fn add(&mut self, later: &Self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.events += later.events;
        self.elapsed += later.elapsed;
        self.cpu += later.cpu;
        Ok(self.latency_micros.add(&later.latency_micros)?)
    }
}

/// Hands the prepared commits to `writers` threads and waits for all answers. Commits are prepared
/// (and sealed) before, so that only the way to the disk is measured.
///
/// # Errors
/// The first failure of the appender.
pub fn run(
    appender: &Arc<dyn Appender>,
    commits: Vec<Commit>,
    writers: usize,
) -> Result<Slice, Box<dyn std::error::Error + Send + Sync>> {
    let events = commits.iter().map(|commit| commit.drafts.len()).sum();
    let queue: Arc<Vec<std::sync::Mutex<Option<Commit>>>> =
        Arc::new(commits.into_iter().map(|commit| std::sync::Mutex::new(Some(commit))).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let (cpu, start) = (cpu_time(), Instant::now());
    let threads: Vec<_> = (0..writers)
        .map(|_| {
            let (appender, queue, next) =
                (Arc::clone(appender), Arc::clone(&queue), Arc::clone(&next));
            std::thread::spawn(move || write_all(&*appender, &queue, &next))
        })
        .collect();
    let mut latency_micros = Histogram::new(3)?;
    for thread in threads {
        let times = thread.join().map_err(|_| "a writer panicked")??;
        latency_micros.add(times)?;
    }
    let elapsed = start.elapsed();
    appender.settle();
    Ok(Slice { events, elapsed, cpu: cpu_time().saturating_sub(cpu), latency_micros })
}

type Queue = Vec<std::sync::Mutex<Option<Commit>>>;

fn write_all(
    appender: &dyn Appender,
    queue: &Queue,
    next: &AtomicUsize,
) -> Result<Histogram<u64>, Box<dyn std::error::Error + Send + Sync>> {
    let mut times = Histogram::new(3)?;
    while let Some(slot) = queue.get(next.fetch_add(1, Ordering::Relaxed)) {
        let commit = slot.lock().map_err(|_| "a writer panicked")?.take();
        let Some(commit) = commit else { continue };
        let start = Instant::now();
        appender.append(commit)?;
        times.record(u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX))?;
    }
    Ok(times)
}
