//! What has to go when its time is over, and what the instance remembers.
//!
//! Once an hour: tombstones after their 30 days, quarantine keys of days before the last 30, secrets
//! that were retired by a commit after which a crash came before the vault was rewritten. Every
//! tick: the instance's marker learns how far the log has come. Failing here stops nothing; it is
//! said in the log and tried again.

use std::time::Duration;

use convolog_domain::channel::Channel;
use convolog_domain::installation::Installation;
use convolog_domain::meta_app::MetaApp;
use convolog_domain::model_connection::ModelConnection;
use convolog_domain::subscription::Subscription;
use convolog_domain::{Aggregate, SecretId, WorkspaceId};
use convolog_vault::day_number;
use uuid::Uuid;

use crate::app::App;
use crate::problem::Outcome;

/// How often the marker is brought up to date.
const TICK: Duration = Duration::from_secs(5);
/// Ticks between two purges: an hour.
const TICKS_BETWEEN_PURGES: u64 = 720;
/// For how many days a quarantined change can be read.
const QUARANTINE_DAYS: u32 = 30;
/// How many channels, webhooks or connections to models are looked at between two reads of the list.
const AT_ONCE: usize = 100;

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
    match forget_retired_secrets(app) {
        Ok(0) => {}
        Ok(secrets) => tracing::info!(secrets, "removed retired secrets from the vault"),
        Err(problem) => {
            tracing::error!(?problem, "could not remove retired secrets from the vault");
        }
    }
}

/// Secrets go right after the commit that retires them; these are the ones that a crash left.
fn forget_retired_secrets(app: &App) -> Outcome<usize> {
    let engine = app.engine();
    let installation = engine.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state;
    let mut retired = Vec::new();
    for (id, workspace) in &installation.apps {
        retired.extend(engine.retired_secrets::<MetaApp>(*workspace, id.0)?);
    }
    for workspace in &installation.workspaces {
        retired.extend(retired_of::<Channel>(app, *workspace)?);
        retired.extend(retired_of::<Subscription>(app, *workspace)?);
        retired.extend(retired_of::<ModelConnection>(app, *workspace)?);
    }
    Ok(engine.forget_secrets(&retired)?)
}

/// What everything of one kind in a workspace retired.
fn retired_of<A: Aggregate>(
    app: &App,
    workspace: WorkspaceId,
) -> Outcome<Vec<(WorkspaceId, SecretId)>> {
    let (table, mut retired, mut page) = (app.models().settings()?, Vec::new(), None);
    loop {
        let found = table.settings(workspace, A::KIND, page.as_deref(), AT_ONCE)?;
        for id in found.items {
            retired.extend(app.engine().retired_secrets::<A>(workspace, id)?);
        }
        page = found.next;
        if page.is_none() {
            return Ok(retired);
        }
    }
}
