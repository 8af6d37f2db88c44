//! Rebuilding the read models from the log, beside a decode of the same bytes from memory.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use convolog_benches::numbers::{micros_each, per};
use convolog_benches::probe::cpu_time;
use convolog_benches::quiet::median;
use convolog_benches::rig::Rig;
use convolog_engine::DataFolder;
use convolog_log::{EventLog, SledLog, SystemClock};
use convolog_projections::{Options, ReadModels, names};

use crate::scan::{Scan, decode_stored, stored};
use crate::{Outcome, options, runtime};

/// Rounds of a rebuild and a floor in turn.
const ROUNDS: usize = 3;

struct Rebuilt {
    elapsed: Duration,
    cpu: Duration,
}

/// Prints how fast all read models are rebuilt together.
pub(crate) fn figures(folder: &Path, messages: u64) -> Outcome<()> {
    let place = tempfile::tempdir_in(folder)?;
    let data = place.path().join("data");
    let runtime = runtime()?;
    runtime.block_on(async {
        let rig = Rig::start(&data).await?;
        rig.fill(messages, (messages / 20).max(1)).await?;
        rig.stop().await
    })?;
    let log = Arc::new(SledLog::open(&DataFolder::log_path(&data), options())?);
    log.close_volume()?;
    let volumes = stored(&log)?;
    let events = usize::try_from(log.head().0)?;
    let (mut rebuilds, mut floors) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        floors.push(decode_stored(&volumes)?);
        let dir = place.path().join(format!("models-{round}"));
        rebuilds.push(runtime.block_on(rebuild(&dir, &log))?);
    }
    let floor = median(floors.iter().map(Scan::cpu_micros));
    let floor_rate = median(floors.iter().map(Scan::rate));
    let cpu = median(rebuilds.iter().map(|one| micros_each(one.cpu, events)));
    let rate = median(rebuilds.iter().map(|one| per(events, one.elapsed)));
    println!(
        "## Rebuild of all {} read models, {events} events of {messages} messages\n",
        names().count()
    );
    println!("| | CPU µs an event | ev/s |");
    println!("|---|---|---|");
    println!("| decode of the stored bytes from memory (floor) | {floor:.2} | {floor_rate:.0} |");
    println!("| rebuild | {cpu:.2} | {rate:.0} |");
    println!("\nrebuild / floor: {:.3} by ev/s, {:.3} by CPU\n", rate / floor_rate, floor / cpu);
    Ok(())
}

/// From nothing to everything on the disk.
async fn rebuild(dir: &Path, log: &Arc<SledLog>) -> Outcome<Rebuilt> {
    let log: Arc<dyn EventLog> = Arc::<SledLog>::clone(log);
    let (start, cpu) = (Instant::now(), cpu_time());
    let head = log.head();
    let models = ReadModels::open(dir, log, Arc::new(SystemClock), Options::default())?;
    models.ready().await?;
    models.at_least(head, Duration::from_mins(10)).await?;
    tokio::task::spawn_blocking(move || models.shutdown()).await?;
    Ok(Rebuilt { elapsed: start.elapsed(), cpu: cpu_time().saturating_sub(cpu) })
}
