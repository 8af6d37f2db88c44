//! Events as the runtime hands them to every model: read and decoded once.

use convolog_domain::StreamKind;
use convolog_engine::Recorded;
use convolog_log::{EventLog, Filter, LogError, Position, Record, StreamKey, Timestamp};

/// An event that could not be read as one; it parks its stream in the models that follow it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unread {
    /// Where it stands.
    pub position: Position,
    /// Its stream.
    pub stream: StreamKey,
    /// Why not, in words without personal data.
    pub reason: String,
}

/// A stretch of the log.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The events that some model wants, in order; those that could not be read among them.
    pub events: Vec<Result<Recorded, Unread>>,
    /// Everything up to here has been looked at.
    pub upto: Position,
    /// The leaf hash of the record at `upto`.
    pub leaf: [u8; 32],
    /// When that record was recorded.
    pub at: Timestamp,
}

impl Batch {
    /// Reads at most `limit` events after `after` and decodes those of streams that `wanted` asks
    /// for. None at the head of the log.
    ///
    /// # Errors
    /// [`LogError`] if the log cannot be read, or a record's envelope is broken.
    pub fn read(
        log: &dyn EventLog,
        after: Position,
        limit: usize,
        wanted: impl Fn(StreamKind) -> bool,
    ) -> Result<Option<Self>, LogError> {
        let (records, _) = log.read(after, limit, &Filter::default())?;
        Self::decode(&records, wanted)
    }

    /// Decodes records that were read already.
    pub(crate) fn of(records: &[Record]) -> Result<Self, LogError> {
        Ok(Self::decode(records, |_| true)?.unwrap_or_default())
    }

    fn decode(
        records: &[Record],
        wanted: impl Fn(StreamKind) -> bool,
    ) -> Result<Option<Self>, LogError> {
        let Some(last) = records.last() else { return Ok(None) };
        let mut events = Vec::with_capacity(records.len());
        for record in records {
            let stream = record.stream()?;
            // A kind that this version does not know is in no model of this version.
            if !StreamKind::from_code(stream.kind).is_some_and(&wanted) {
                continue;
            }
            events.push(Recorded::read(record).map_err(|error| Unread {
                position: record.header.position,
                stream,
                reason: reasons(&error),
            }));
        }
        let header = last.header;
        Ok(Some(Self { events, upto: header.position, leaf: last.leaf(), at: header.recorded_at }))
    }
}

/// An error and its causes on one line.
pub(crate) fn reasons(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
