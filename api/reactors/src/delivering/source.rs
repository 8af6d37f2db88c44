//! What comes next for an endpoint, read from the log: new events, what a stream that waited holds
//! back, and what a redelivery chooses. Reading may touch the disk and happens beside the runtime.

use std::collections::VecDeque;
use std::sync::Arc;

use convolog_domain::subscription::SubscriptionSettings;
use convolog_domain::{SubscriptionId, WorkspaceId};
use convolog_engine::{Engine, EngineError, Recorded};
use convolog_log::{EventLog, Filter, Position, Record};

use super::board::Lane;

/// Events read at a time.
const CHUNK: usize = 128;

/// Those of these events that a subscriber is told: what they asked for, of the agent they asked about.
fn wanted(
    engine: &Engine,
    (settings, own): (&SubscriptionSettings, SubscriptionId),
    events: Vec<Recorded>,
) -> Result<Vec<Recorded>, EngineError> {
    let mut told = Vec::new();
    for event in events {
        if engine.is_told(settings, own, &event)? {
            told.push(event);
        }
    }
    Ok(told)
}

/// A place in the log that moves on over what a subscriber asked for.
pub(super) struct Source {
    engine: Engine,
    workspace: WorkspaceId,
    own: SubscriptionId,
    settings: SubscriptionSettings,
    codes: Vec<u16>,
    read: VecDeque<Recorded>,
    /// Everything up to here was looked at.
    upto: Position,
    /// Everything up to here was handed out.
    place: Position,
}

impl Source {
    pub(super) fn new(
        engine: Engine,
        (workspace, own): (WorkspaceId, SubscriptionId),
        settings: SubscriptionSettings,
        after: Position,
    ) -> Self {
        let codes = settings.codes();
        let read = VecDeque::new();
        Self { engine, workspace, own, settings, codes, read, upto: after, place: after }
    }

    /// Everything up to here was handed out.
    pub(super) const fn place(&self) -> Position {
        self.place
    }

    /// From now on this is asked for; what was read ahead is read again.
    pub(super) fn ask_for(&mut self, settings: &SubscriptionSettings) {
        if *settings != self.settings {
            self.settings = settings.clone();
            self.codes = settings.codes();
            self.read.clear();
            self.upto = self.place;
        }
    }

    /// The next event that is asked for, at most up to `end`.
    pub(super) async fn next(&mut self, end: Position) -> Result<Option<Recorded>, EngineError> {
        loop {
            if let Some(event) = self.read.pop_front() {
                if event.position > end {
                    self.read.push_front(event);
                    return Ok(None);
                }
                self.place = event.position;
                return Ok(Some(event));
            }
            let end = end.min(self.engine.log().head());
            self.place = self.place.max(self.upto.min(end));
            if self.upto >= end {
                return Ok(None);
            }
            let (engine, settings) = (self.engine.clone(), self.settings.clone());
            let (codes, own, after) = (self.codes.clone(), self.own, self.upto);
            let filter = Filter { workspace: Some(self.workspace.0), stream: None, types: codes };
            let reading = move || -> Result<(Vec<Recorded>, Position), EngineError> {
                let (records, upto) = engine.log().read(after, CHUNK, &filter)?;
                Ok((wanted(&engine, (&settings, own), decode(&records))?, upto))
            };
            let (events, upto) = blocking(reading).await?;
            self.upto = self.upto.max(upto);
            self.read.extend(events);
            if upto <= after {
                return Ok(None);
            }
        }
    }

    /// The next event of a stream that is asked for, after one that held it back and not beyond what
    /// was handed out already.
    pub(super) async fn follower(&self, lane: Lane) -> Result<Option<Recorded>, EngineError> {
        let mut after = lane.version;
        loop {
            let (engine, settings) = (self.engine.clone(), self.settings.clone());
            let (own, place) = (self.own, self.place);
            let reading = move || {
                let records = engine.log().read_stream(&lane.stream, after, CHUNK)?;
                let last = records.last().map(|last| (last.header.version, last.header.position));
                let mut events = decode(&records);
                events.retain(|event| event.position <= place);
                Ok((wanted(&engine, (&settings, own), events)?, last))
            };
            let (events, last) = blocking(reading).await?;
            if let Some(event) = events.into_iter().next() {
                return Ok(Some(event));
            }
            let Some((version, position)) = last else { return Ok(None) };
            if position > self.place {
                return Ok(None);
            }
            after = version;
        }
    }
}

/// Where the event of this position stands in its stream.
pub(super) async fn locate(
    log: &Arc<dyn EventLog>,
    position: u64,
) -> Result<Option<Lane>, EngineError> {
    let log = Arc::clone(log);
    blocking(move || {
        let Some(record) = log.get(Position(position))? else { return Ok(None) };
        Ok(Some(Lane { stream: record.stream()?, version: record.header.version }))
    })
    .await
}

/// The events; one that this version cannot read is nobody's to be told.
fn decode(records: &[Record]) -> Vec<Recorded> {
    let read = |record: &Record| {
        let position = record.header.position;
        Recorded::read(record)
            .inspect_err(|error| tracing::error!(%position, %error, "an event is not delivered"))
            .ok()
    };
    records.iter().filter_map(read).collect()
}

/// Work that may touch the disk, beside the runtime.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, EngineError> + Send + 'static,
) -> Result<T, EngineError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or(Err(EngineError::Interrupted("reading what is to be delivered")))
}
