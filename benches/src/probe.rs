//! What the machine does at the moment: its `fdatasync`, the CPU time spent, bytes on the disk.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Writes for one probe of the disk.
const PROBE_WRITES: usize = 60;
/// Bytes of one probe write: about one event.
const PROBE_BYTES: usize = 600;

/// Median time of appending 600 bytes and syncing them.
///
/// # Errors
/// If the folder cannot be written.
pub fn fdatasync_p50(folder: &Path) -> std::io::Result<Duration> {
    let path = folder.join("probe");
    let mut file = File::create(&path)?;
    let mut times = Vec::with_capacity(PROBE_WRITES);
    for _ in 0..PROBE_WRITES {
        let start = Instant::now();
        file.write_all(&[0x5a; PROBE_BYTES])?;
        file.sync_data()?;
        times.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    times.sort_unstable();
    Ok(times.get(PROBE_WRITES / 2).copied().unwrap_or_default())
}

/// CPU time of this process so far, all threads.
pub fn cpu_time() -> Duration {
    clock(rustix::time::ClockId::ProcessCPUTime)
}

fn clock(id: rustix::time::ClockId) -> Duration {
    let now = rustix::time::clock_gettime(id);
    let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap_or_default())
}

/// Bytes that a folder occupies on the disk (blocks, not lengths).
pub fn disk_bytes(folder: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => disk_bytes(&entry.path()),
            Ok(meta) => meta.blocks() * 512,
            Err(_) => 0,
        })
        .sum()
}

/// Resident memory of this process in bytes.
pub fn resident_bytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default() * 4096
}

/// Which share of a core a busy thread gets: 1.0 on a quiet machine.
pub fn spare_cpu(time: Duration) -> f64 {
    let (start, cpu) = (Instant::now(), thread_cpu_time());
    while start.elapsed() < time {
        std::hint::spin_loop();
    }
    let spent = thread_cpu_time().saturating_sub(cpu);
    spent.as_secs_f64() / start.elapsed().as_secs_f64().max(f64::EPSILON)
}

/// CPU time of this thread so far.
pub fn thread_cpu_time() -> Duration {
    clock(rustix::time::ClockId::ThreadCPUTime)
}
