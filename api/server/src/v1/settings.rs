//! What lists of people, keys, apps, channels and quarantined changes are made from: ids in the
//! order of creation, each with its first event.

use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use uuid::Uuid;

use super::listing::{List, PageQuery};
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// A page of things of one kind, each shown by `show`.
pub(crate) fn list<T>(
    app: &App,
    workspace: WorkspaceId,
    kind: StreamKind,
    query: &PageQuery,
    show: impl Fn(Uuid) -> Outcome<T>,
) -> Outcome<List<T>> {
    let table = app.models().settings()?;
    let page = table.settings(workspace, kind, query.page.as_deref(), query.limit())?;
    let data = page.items.into_iter().map(show).collect::<Outcome<_>>()?;
    Ok(List { data, next_page: page.next })
}

/// The first event of a stream that must exist: when and how it began.
pub(crate) fn existing(
    app: &App,
    workspace: WorkspaceId,
    kind: StreamKind,
    id: Uuid,
    what: &str,
) -> Outcome<Recorded> {
    let stream = Stream::new(workspace, kind, id).key();
    let records = app.engine().log().read_stream(&stream, 0, 1)?;
    let record = records.first().ok_or_else(|| Problem::not_found(what))?;
    Ok(Recorded::read(record)?)
}
