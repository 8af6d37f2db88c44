//! What a short id (`convolog_reactors::short_id`) stands for, by one look at the log.

use convolog_domain::{Event, StreamKind, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use convolog_log::Position;
pub(crate) use convolog_reactors::short_id::{position, short};
use uuid::Uuid;

use crate::app::App;
use crate::problem::{Outcome, Problem};

/// The stream of this kind that begins where a short id says. Another workspace's is none.
pub(crate) fn stream(
    app: &App,
    workspace: WorkspaceId,
    (kind, prefix): (StreamKind, &str),
    id: &str,
) -> Outcome<Option<Uuid>> {
    let Some(position) = position(prefix, id) else { return Ok(None) };
    if position > app.engine().log().head() {
        return Ok(None);
    }
    let Some(record) = app.engine().log().get(position)? else { return Ok(None) };
    if record.stream()?.workspace != workspace.0 || record.header.version != 1 {
        return Ok(None);
    }
    let begun = Recorded::read(&record)?.stream;
    Ok((begun == Stream::new(workspace, kind, begun.id)).then_some(begun.id))
}

/// The event of a command that is looked for, when all that is known is where the last of its events
/// stands.
pub(crate) fn event_of(
    app: &App,
    last: Position,
    is: impl Fn(&Event) -> bool,
) -> Outcome<Recorded> {
    let missing = || Problem::internal("finding what a command made", &std::fmt::Error);
    let read = |position: u64| -> Outcome<Recorded> {
        let record = app.engine().log().get(Position(position))?.ok_or_else(missing)?;
        Ok(Recorded::read(&record)?)
    };
    let mut event = read(last.0)?;
    let commit = event.commit_id;
    while event.commit_id == commit {
        if is(&event.event) {
            return Ok(event);
        }
        event = read(event.position.0.checked_sub(1).ok_or_else(missing)?)?;
    }
    Err(missing())
}
