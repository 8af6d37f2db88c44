//! Recording what became of attempts: a hundred outcomes together, those of a second, or what there is
//! when it gets quiet. What is on its way when the server stops is recorded if it ends soon, and
//! otherwise tried again under the same id.

use std::time::Duration;

use convolog_domain::delivery::{Delivery, RecordAttempts};
use convolog_domain::limits::ATTEMPTS_PER_EVENT_MAX;
use convolog_engine::{Caller, EngineError};
use tokio::time::Instant;

use super::board::Harvest;
use super::endpoint::{REST, Work, may_stop};

/// Outcomes are recorded when nothing more came for so long …
const QUIET: Duration = Duration::from_millis(100);
/// … and after so long whatever comes.
const SECOND: Duration = Duration::from_secs(1);
/// How far a cursor must have moved over what nobody asked for to be recorded by itself.
const WORTH_RECORDING: u64 = 1_000;
/// How long attempts may still take when the server stops.
const GRACE: Duration = Duration::from_secs(2);

/// What is being recorded.
pub(super) type Recording = tokio::task::JoinHandle<(Harvest, Result<(), EngineError>)>;

impl Work {
    /// When what is settled must be recorded.
    pub(super) fn record_at(&self) -> Option<Instant> {
        if self.recording.is_some() {
            return None;
        }
        let urgent = self.board.settled().len() >= ATTEMPTS_PER_EVENT_MAX
            || self.board.settled().iter().any(may_stop);
        match self.settled {
            Some(_) if urgent => Some(Instant::now()),
            Some((oldest, newest)) => Some((oldest + SECOND).min(newest + QUIET)),
            None => self.board.has_news(&self.state).then(Instant::now),
        }
    }

    /// Records what is settled, if it is time, beside whatever else is done.
    pub(super) fn record(&mut self) {
        if self.record_at().is_some_and(|at| at <= Instant::now()) {
            self.recording = Some(self.harvest());
        }
    }

    fn harvest(&mut self) -> Recording {
        let harvest = self.board.harvest(ATTEMPTS_PER_EVENT_MAX, &self.state);
        self.held = harvest.made.iter().any(may_stop);
        self.settled = (!self.board.settled().is_empty()).then(|| {
            let now = Instant::now();
            (now, now)
        });
        let (workspace, id) = (self.endpoint.workspace, self.endpoint.id.0);
        let engine = self.endpoint.acting.engine().clone();
        let command = RecordAttempts {
            workspace,
            cursor: self.source.place().0,
            made: harvest.made.clone(),
            begun: harvest.begun.clone(),
            jobs: harvest.jobs.clone(),
        };
        tokio::spawn(async move {
            let done = engine.execute(&Caller::reactor(workspace), id, command).await;
            (harvest, done.map(drop))
        })
    }

    /// Takes over what is recorded by now, and what it means for what was recorded last.
    pub(super) fn read_back(&mut self) -> Result<(), EngineError> {
        let engine = self.endpoint.acting.engine();
        self.state = engine.load::<Delivery>(self.endpoint.workspace, self.endpoint.id.0)?.state;
        for harvest in std::mem::take(&mut self.unread) {
            self.board.recorded(&harvest, &self.state);
        }
        Ok(())
    }

    pub(super) fn after_recording(&mut self, done: Option<(Harvest, Result<(), EngineError>)>) {
        (self.recording, self.held) = (None, false);
        match done {
            Some((harvest, Ok(()))) => {
                self.unread.push(harvest);
                if let Err(error) = self.read_back() {
                    tracing::error!(webhook = %self.endpoint.id, %error, "cannot be read back");
                    self.rest_until = Some(Instant::now() + REST);
                }
            }
            Some((harvest, Err(error))) => {
                tracing::error!(webhook = %self.endpoint.id, %error, "attempts were not recorded");
                let now = Instant::now();
                self.settled = Some((now, now + REST));
                self.rest_until = Some(now + REST);
                self.board.put_back(harvest);
            }
            None => tracing::error!(webhook = %self.endpoint.id, "recording attempts ended early"),
        }
    }

    /// What ends soon is recorded; the rest is tried again after the next start.
    pub(super) async fn finish(mut self) {
        let end = tokio::time::timeout(GRACE, async {
            while let Some(landed) = self.flights.join_next().await {
                self.land(landed).await;
            }
        });
        if end.await.is_err() {
            self.flights.abort_all();
        }
        if let Some(recording) = self.recording.take() {
            self.after_recording(recording.await.ok());
        }
        let recorded = self.state.cursor.unwrap_or(self.endpoint.created.0);
        let moved = self.source.place().0.saturating_sub(recorded) > WORTH_RECORDING;
        while self.board.has_news(&self.state) || (moved && !self.subscription.deleted) {
            let recording = self.harvest();
            let last = self.board.settled().is_empty();
            self.after_recording(recording.await.ok());
            if last || self.rest_until.is_some() {
                return;
            }
        }
    }
}
