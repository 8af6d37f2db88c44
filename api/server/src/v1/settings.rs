//! What lists of people, keys, apps, channels, agents, webhooks, files, canned replies and quarantined
//! changes are made from: ids in the order of creation, each with its first event.

use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use convolog_projections::page::{MAX_LIMIT, Page};
use uuid::Uuid;

use crate::app::App;
use crate::endpoint::{List, Paging};
use crate::problem::{Code, Outcome, Problem};

/// Stretches that one page looks at, however few of them it shows.
const LOOKS_MAX: usize = 20;

/// Something of a workspace that is listed in the order in which it was made.
pub(crate) trait Setting: Sized {
    /// The streams it is kept in, one each.
    const KIND: StreamKind;
    /// What people call it.
    const NAME: &'static str;

    /// As it stands, with the event that began it.
    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self>;
}

/// One of them.
pub(crate) fn show<S: Setting>(app: &App, workspace: WorkspaceId, id: Uuid) -> Outcome<S> {
    S::load(app, workspace, id, &existing(app, workspace, S::KIND, id, S::NAME)?)
}

/// A page of them.
pub(crate) fn list<S: Setting>(
    app: &App,
    workspace: WorkspaceId,
    paging: &Paging,
) -> Outcome<List<S>> {
    let page = ids(app, workspace, S::KIND, paging)?;
    Ok(page.try_map(|id| show(app, workspace, id))?.into())
}

/// A page of those that this holds of; what was removed is left out.
pub(crate) fn list_those<S: Setting>(
    app: &App,
    workspace: WorkspaceId,
    paging: &Paging,
    keep: impl Fn(&S) -> bool,
) -> Outcome<List<S>> {
    let (mut items, mut token) = (Vec::new(), paging.token.clone());
    // Where few are left the page is short, and says how to go on.
    for _ in 0..LOOKS_MAX {
        let table = app.models().settings()?;
        let limit = paging.limit.saturating_sub(items.len());
        let page = table.settings(workspace, S::KIND, token.as_deref(), limit)?;
        for id in page.items {
            match show(app, workspace, id) {
                Ok(one) if keep(&one) => items.push(one),
                Ok(_) => {}
                Err(problem) if problem.code() == Code::NotFound => {}
                Err(problem) => return Err(problem),
            }
        }
        token = page.next;
        if token.is_none() || items.len() >= paging.limit {
            break;
        }
    }
    Ok(Page { items, next: token }.into())
}

/// A page of their ids.
pub(crate) fn ids(
    app: &App,
    workspace: WorkspaceId,
    kind: StreamKind,
    paging: &Paging,
) -> Outcome<Page<Uuid>> {
    let table = app.models().settings()?;
    Ok(table.settings(workspace, kind, paging.token.as_deref(), paging.limit)?)
}

/// All of their ids, for lists that are not paged.
pub(crate) fn all(app: &App, workspace: WorkspaceId, kind: StreamKind) -> Outcome<Vec<Uuid>> {
    let (mut paging, mut found) = (Paging { token: None, limit: MAX_LIMIT }, Vec::new());
    loop {
        let page = ids(app, workspace, kind, &paging)?;
        found.extend(page.items);
        match page.next {
            Some(next) => paging.token = Some(next),
            None => return Ok(found),
        }
    }
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
