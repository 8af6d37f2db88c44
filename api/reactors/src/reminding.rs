//! Reminders of appointments: when the time has come, it is recorded once, and whoever subscribed to
//! it hears of it.
//!
//! What is due stands in the read model; whether it still is, the appointment itself says. One that
//! fell due while nobody could act is recorded as too late if the appointment has begun by then, and
//! reminded of otherwise. Sends nothing to customers.

use std::time::Duration;

use convolog_domain::{AppointmentId, WorkspaceId};
use convolog_engine::{Caller, EngineError};
use convolog_log::Mode;
use tokio::time::Instant;

use crate::acting::Acting;

/// How often what is due is looked up, at most.
const EVERY: Duration = Duration::from_millis(200);
/// Reminders recorded at a time.
const BATCH: usize = 100;

/// Reminds until the server stops.
pub(crate) async fn run(acting: Acting) {
    let mut pulse = acting.pulse();
    let mut next = Instant::now();
    while pulse.next().await {
        if Instant::now() < next || !acting.may_act() {
            continue;
        }
        next = Instant::now() + EVERY;
        for (workspace, id, test) in due(&acting).await {
            if let Err(error) = remind(&acting, workspace, id, test).await {
                tracing::error!(appointment = %id, %error, "a reminder is tried again");
            }
        }
    }
}

/// Those of whom somebody was to be reminded by now.
async fn due(acting: &Acting) -> Vec<(WorkspaceId, AppointmentId, bool)> {
    let (models, now) = (acting.models().clone(), acting.now().0.div_euclid(1_000_000));
    let found =
        tokio::task::spawn_blocking(move || models.appointments()?.reminders_due(now, BATCH));
    match found.await {
        Ok(Ok(due)) => due,
        Ok(Err(error)) => {
            tracing::debug!(%error, "what is to be reminded of cannot be read yet");
            Vec::new()
        }
        Err(_) => Vec::new(),
    }
}

async fn remind(
    acting: &Acting,
    workspace: WorkspaceId,
    id: AppointmentId,
    test: bool,
) -> Result<(), EngineError> {
    let mode = if test { Mode::Test } else { Mode::Live };
    let caller = Caller { mode, ..Caller::reactor(workspace) };
    acting.engine().remind_of_appointment(&caller, id).await.map(drop)
}
