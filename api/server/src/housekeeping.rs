//! What has to go when its time is over, and what the instance remembers.
//!
//! Once an hour: tombstones after their 30 days, quarantine keys of days before the last 30. Every
//! tick: the instance's marker learns how far the log has come. Failing here stops nothing; it is
//! said in the log and tried again.

use std::time::Duration;

use convolog_vault::day_number;

use crate::app::App;

/// How often the marker is brought up to date.
const TICK: Duration = Duration::from_secs(5);
/// Ticks between two purges: an hour.
const TICKS_BETWEEN_PURGES: u64 = 720;
/// For how many days a quarantined change can be read.
const QUARANTINE_DAYS: u32 = 30;

/// Starts the task; it ends when the server stops.
pub(crate) fn start(app: &App) {
    let app = app.clone();
    tokio::spawn(async move {
        let stopping = app.stopping().clone();
        let mut ticks = tokio::time::interval(TICK);
        let mut count = 0;
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = stopping.cancelled() => return,
            }
            let purging = count % TICKS_BETWEEN_PURGES == 0;
            count += 1;
            let app = app.clone();
            let work = tokio::task::spawn_blocking(move || keep_house(&app, purging));
            if work.await.is_err() {
                tracing::error!("housekeeping ended early; it is tried again");
            }
        }
    });
}

fn keep_house(app: &App, purging: bool) {
    if let Err(error) = app.folder().remember_head() {
        tracing::warn!(%error, "the marker of the instance was not brought up to date");
    }
    if !purging {
        return;
    }
    let now = app.engine().clock().now().0.div_euclid(1_000_000);
    let before = day_number(now).saturating_sub(QUARANTINE_DAYS);
    match app.engine().vault().purge(now, before) {
        Ok(purged) => tracing::info!(
            tombstones = purged.tombstones,
            days = purged.days,
            "removed what had run out from the vault"
        ),
        Err(error) => tracing::error!(%error, "could not remove what has run out from the vault"),
    }
}
