//! Redeliveries of one endpoint: what each chooses next.

use std::collections::{BTreeMap, VecDeque};

use convolog_domain::delivery::{Redelivery, Selection, State, Taken};
use convolog_domain::subscription;
use convolog_engine::EngineError;
use convolog_log::Position;
use uuid::Uuid;

use super::board::Board;
use super::endpoint::Endpoint;
use super::source::{Source, blocking};

/// Deliveries that were given up, read at a time.
const CHUNK: usize = 100;

/// How long to wait for the list of deliveries to be up to date.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// Where each redelivery reads.
#[derive(Default)]
pub(super) struct Jobs {
    sources: BTreeMap<Uuid, Source>,
    given_up: BTreeMap<Uuid, VecDeque<Taken>>,
}

impl Jobs {
    /// Whether a redelivery has something under way: where order matters, that comes first.
    pub(super) fn are_busy(state: &State, board: &Board) -> bool {
        state.jobs.iter().any(|job| job.end.is_none() && board.has_of(job.id))
    }

    /// The next event that a redelivery chooses, the oldest redelivery first.
    pub(super) async fn next(
        &mut self,
        endpoint: &Endpoint,
        subscription: &subscription::State,
        state: &State,
        board: &mut Board,
    ) -> Result<Option<Taken>, EngineError> {
        let running = |id: &Uuid| state.job(*id).is_some_and(|job| job.end.is_none());
        self.sources.retain(|id, _| running(id));
        self.given_up.retain(|id, _| running(id));
        for job in state.jobs.iter().filter(|job| job.end.is_none()) {
            let place = board.place(job.id).unwrap_or(job.place).max(job.place);
            if place >= job.upto {
                continue;
            }
            loop {
                let found = match job.selection {
                    Selection::Failed(_) => self.next_given_up(endpoint, job, place).await?,
                    _ => self.next_read(endpoint, subscription, job, place).await?,
                };
                let Some(taken) = found else {
                    board.reach(job.id, job.upto);
                    break;
                };
                board.reach(job.id, taken.position);
                // What is on its way already is delivered anyway.
                if !board.has(taken.position) {
                    board.begin(taken, None);
                    return Ok(Some(taken));
                }
            }
        }
        Ok(None)
    }

    async fn next_read(
        &mut self,
        endpoint: &Endpoint,
        subscription: &subscription::State,
        job: &Redelivery,
        place: u64,
    ) -> Result<Option<Taken>, EngineError> {
        let Some(settings) = &subscription.settings else { return Ok(None) };
        let source = self.sources.entry(job.id).or_insert_with(|| {
            let engine = endpoint.acting.engine().clone();
            let whose = (endpoint.workspace, endpoint.id);
            Source::new(engine, whose, settings.clone(), Position(place))
        });
        source.ask_for(settings);
        let event = source.next(Position(job.upto)).await?;
        Ok(event.map(|event| Taken {
            position: event.position.0,
            event: event.event_id,
            code: event.event.event_type().code,
            job: Some(job.id),
            holds: false,
        }))
    }

    async fn next_given_up(
        &mut self,
        endpoint: &Endpoint,
        job: &Redelivery,
        place: u64,
    ) -> Result<Option<Taken>, EngineError> {
        if !self.given_up.contains_key(&job.id) {
            // What was given up before the redelivery was asked for is in the list by then.
            let models = endpoint.acting.models();
            let shown = models.at_least(endpoint.acting.engine().log().head(), PATIENCE).await;
            shown.map_err(|error| EngineError::Encoding(error.to_string()))?;
        }
        let read = self.given_up.entry(job.id).or_default();
        if read.is_empty() {
            let (models, workspace, id) =
                (endpoint.acting.models().clone(), endpoint.workspace, endpoint.id);
            let part = (Position(place), Position(job.upto));
            let rows = blocking(move || {
                let table = models.deliveries();
                let rows = table.and_then(|table| table.given_up(workspace, id, part, CHUNK));
                rows.map_err(|error| EngineError::Encoding(error.to_string()))
            });
            read.extend(rows.await?.into_iter().map(|row| Taken {
                position: row.position.0,
                event: row.event,
                code: row.code,
                job: Some(job.id),
                holds: false,
            }));
        }
        Ok(read.pop_front())
    }
}
