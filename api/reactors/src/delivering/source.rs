//! What comes next for an endpoint, read from the log: new events, what a stream that waited holds
//! back, and what a redelivery chooses. Reading may touch the disk and happens beside the runtime.

use std::collections::VecDeque;
use std::sync::Arc;

use convolog_domain::WorkspaceId;
use convolog_domain::subscription::SubscriptionSettings;
use convolog_engine::{EngineError, Recorded};
use convolog_log::{EventLog, Filter, Origin, Position, Record};

use super::board::Lane;

/// Events read at a time.
const CHUNK: usize = 128;

/// The name under which an event is told to a subscriber; none if it is not asked for.
pub(super) fn name_of(settings: &SubscriptionSettings, event: &Recorded) -> Option<&'static str> {
    settings.told_as(&event.event, event.origin == Origin::Live)
}

/// A place in the log that moves on over what a subscriber asked for.
pub(super) struct Source {
    log: Arc<dyn EventLog>,
    workspace: WorkspaceId,
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
        log: Arc<dyn EventLog>,
        workspace: WorkspaceId,
        settings: SubscriptionSettings,
        after: Position,
    ) -> Self {
        let codes = settings.codes();
        let read = VecDeque::new();
        Self { log, workspace, settings, codes, read, upto: after, place: after }
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
            let end = end.min(self.log.head());
            self.place = self.place.max(self.upto.min(end));
            if self.upto >= end {
                return Ok(None);
            }
            let (log, codes, after) = (Arc::clone(&self.log), self.codes.clone(), self.upto);
            let filter = Filter { workspace: Some(self.workspace.0), stream: None, types: codes };
            let reading = move || -> Result<(Vec<Recorded>, Position), EngineError> {
                let (records, upto) = log.read(after, CHUNK, &filter)?;
                Ok((decode(&records), upto))
            };
            let (events, upto) = blocking(reading).await?;
            self.upto = self.upto.max(upto);
            let settings = &self.settings;
            let wanted = events.into_iter().filter(|event| name_of(settings, event).is_some());
            self.read.extend(wanted);
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
            let log = Arc::clone(&self.log);
            let reading = move || Ok(log.read_stream(&lane.stream, after, CHUNK)?);
            let records: Vec<Record> = blocking(reading).await?;
            let Some(last) = records.last() else { return Ok(None) };
            after = last.header.version;
            for event in decode(&records) {
                if event.position > self.place {
                    return Ok(None);
                }
                if name_of(&self.settings, &event).is_some() {
                    return Ok(Some(event));
                }
            }
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
