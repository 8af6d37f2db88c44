//! Reading the log in stretches: a stream, or everything up to a position.

use convolog_engine::{ReadError, Recorded, Stream};
use convolog_log::{EventLog, Filter, LogError, Position, Record};

/// Events read at a time.
const STRETCH: usize = 1_000;

/// Every event of a stream, in order.
pub(crate) fn events_of<E: From<LogError> + From<ReadError>>(
    log: &dyn EventLog,
    stream: &Stream,
) -> Result<Vec<Recorded>, E> {
    let mut events = Vec::new();
    let mut after = 0;
    loop {
        let records = log.read_stream(&stream.key(), after, STRETCH)?;
        let Some(last) = records.last() else { return Ok(events) };
        after = last.header.version;
        for record in &records {
            events.push(Recorded::read(record)?);
        }
    }
}

/// Shows `visit` what passes the filter after one position and up to another, in order.
pub(crate) fn each<E: From<LogError>>(
    log: &dyn EventLog,
    (after, upto): (Position, Position),
    filter: &Filter,
    mut visit: impl FnMut(&Record) -> Result<(), E>,
) -> Result<(), E> {
    let mut at = after;
    while at < upto {
        let (records, reached) = log.read(at, STRETCH, filter)?;
        let inside = |record: &&Record| record.header.position <= upto;
        records.iter().take_while(inside).try_for_each(&mut visit)?;
        if reached <= at {
            break;
        }
        at = reached;
    }
    Ok(())
}
