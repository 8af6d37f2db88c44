//! Recording what keys called: one event a key and minute, written when the minute is over and when
//! the server stops, so that a crash forgets at most one minute. Failing here stops nothing: what
//! could not be written is kept and tried again.

use std::time::Duration;

use convolog_domain::usage::RecordUsage;
use convolog_engine::Caller;
use futures::StreamExt as _;

use crate::app::App;
use crate::rates::KeyMinute;

/// How often it is looked whether a minute is over.
const TICK: Duration = Duration::from_secs(1);
/// Events that are written at the same time: they share a sync.
const AT_ONCE: usize = 64;

/// Starts the task; it ends when the server stops.
pub(crate) fn start(app: &App) {
    let app = app.clone();
    tokio::spawn(async move {
        let stopping = app.stopping().clone();
        let mut ticks = tokio::time::interval(TICK);
        loop {
            tokio::select! {
                _ = ticks.tick() => record(&app, false).await,
                () = stopping.cancelled() => return,
            }
        }
    });
}

/// Records the minutes that are over; with `all`, the present one so far, too.
pub(crate) async fn record(app: &App, all: bool) {
    let _turn = app.rates().recording.lock().await;
    let minutes = app.rates().take(app.engine().clock().now(), all);
    let failed: Vec<KeyMinute> = futures::stream::iter(minutes)
        .map(|minute| write(app, minute))
        .buffer_unordered(AT_ONCE)
        .filter_map(std::future::ready)
        .collect()
        .await;
    app.rates().put_back(failed);
}

/// Writes what one key called; gives it back if that failed.
async fn write(app: &App, minute: KeyMinute) -> Option<KeyMinute> {
    let KeyMinute { key, workspace, begins, calls } = minute;
    let command = RecordUsage { minute: begins, calls };
    let written = app.engine().execute(&Caller::system(workspace), key.0, command).await;
    let error = written.err()?;
    tracing::warn!(%key, %error, "what a key called was not recorded; it is tried again");
    Some(minute)
}
