//! Importing: carries out the jobs that read files and sites.
//!
//! One job of a workspace at a time, a few side by side. A job has no state but its events: whoever
//! goes on with it after a crash reads from them where it was, and what is read twice makes no second
//! document. A file is read in a process of its own ([`cage`]), so that whatever is in it fails its
//! own job and nothing else.

pub(crate) mod cage;
mod files;
mod queue;
pub(crate) mod site;

use std::time::Duration;

use convolog_domain::import::{
    BeginImport, FailImport, FinishImport, Import, ImportFailure, ImportKind, ImportStatus,
};
use convolog_domain::{ImportId, StreamKind, WorkspaceId};
use convolog_engine::{Caller, EngineError, ImportOrder};
use convolog_log::Position;
use convolog_projections::QueryError;

use crate::acting::Acting;
use crate::lanes::{follow, types};
use queue::Queue;

/// Jobs read at a time when the importer starts.
const PAGE: usize = 200;
/// How long the importer waits for the read model before it says so and waits on.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a job rests after something of ours failed, in microseconds.
const REST: i64 = 5_000_000;

/// A job.
pub(super) type Job = (WorkspaceId, ImportId);

/// How a turn at a job ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// The job has ended.
    Ended,
    /// It goes on later: this instance may not act, or stops.
    Interrupted,
}

/// Why a turn at a job ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stopped {
    /// The job fails.
    #[error("the import failed: {}", .0.name())]
    Job(ImportFailure),
    /// Something of ours failed; the job waits.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The process that reads files could not be started.
    #[error("the process that reads files could not be started")]
    Cage(#[source] std::io::Error),
}

/// Imports until told to stop.
pub(crate) async fn run(acting: Acting) {
    let (mut pulse, mut queue) = (acting.pulse(), Queue::default());
    let heard = types(&["import_requested"]);
    let Some(mut after) = begin(&acting, &mut queue).await else { return };
    while pulse.next().await {
        queue.collect(acting.now());
        after = follow(acting.engine(), after, &heard, |event| {
            if event.stream.kind == StreamKind::Import {
                queue.add((event.workspace(), ImportId(event.stream.id)));
            }
        });
        if acting.may_act() {
            queue.start_due(acting.now(), |job| work(acting.clone(), job));
        }
    }
    queue.finish().await;
}

/// Finds what waits or was interrupted; answers from where on the log is to be followed, or nothing if
/// the server stops meanwhile.
async fn begin(acting: &Acting, queue: &mut Queue) -> Option<Position> {
    let head = acting.engine().log().head();
    loop {
        let shown = tokio::select! {
            shown = acting.models().at_least(head, PATIENCE) => shown,
            () = acting.stopping().cancelled() => return None,
        };
        match shown.and_then(|()| unfinished(acting, queue)) {
            Ok(()) => return Some(head),
            Err(error) => tracing::warn!(%error, "what waits to be imported is not known yet"),
        }
    }
}

fn unfinished(acting: &Acting, queue: &mut Queue) -> Result<(), QueryError> {
    let (table, mut after) = (acting.models().imports()?, None);
    loop {
        let page = table.unfinished(after.as_deref(), PAGE)?;
        page.imports.iter().for_each(|job| queue.add(*job));
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// A turn at a job. Answers when it is to be looked at again, if it is.
async fn work(acting: Acting, job: Job) -> Option<i64> {
    let (workspace, id) = job;
    match carry_out(&acting, job).await {
        Ok(Turn::Interrupted) => Some(REST),
        // It is over, or was cancelled meanwhile.
        Ok(Turn::Ended) | Err(Stopped::Engine(EngineError::Refused(_))) => None,
        Err(Stopped::Job(reason)) => {
            let (caller, fail) = (Caller::reactor(workspace), FailImport { reason });
            match acting.engine().execute(&caller, id.0, fail).await {
                Ok(_) | Err(EngineError::Refused(_)) => None,
                Err(error) => {
                    tracing::error!(import = %id, %error, "the end of an import is recorded later");
                    Some(REST)
                }
            }
        }
        Err(error) => {
            tracing::error!(import = %id, %error, "an import goes on later");
            Some(REST)
        }
    }
}

async fn carry_out(acting: &Acting, (workspace, id): Job) -> Result<Turn, Stopped> {
    let (engine, caller) = (acting.engine(), Caller::reactor(workspace));
    let state = engine.load::<Import>(workspace, id.0)?.state;
    let under_way = matches!(state.status(), Some(ImportStatus::Pending | ImportStatus::Running));
    let Some(requested) = state.requested.clone().filter(|_| under_way) else {
        return Ok(Turn::Ended);
    };
    let order = order(acting, (workspace, id)).await?;
    let order = order.ok_or(Stopped::Job(ImportFailure::Lost))?;
    engine.execute(&caller, id.0, BeginImport).await?;
    let caller = Caller { mode: order.mode, ..caller };
    let limited = match requested.kind {
        ImportKind::File => files::read(acting, &caller, id, &requested, order).await?,
        ImportKind::Site => site::read(acting, &caller, id, &requested, order).await?,
    };
    let Some(limited) = limited else { return Ok(Turn::Interrupted) };
    engine.execute(&caller, id.0, FinishImport { limited }).await?;
    Ok(Turn::Ended)
}

/// A job with what is sealed in it: a file may be large, so this is no work for an async thread.
async fn order(acting: &Acting, (workspace, id): Job) -> Result<Option<ImportOrder>, EngineError> {
    let engine = acting.engine().clone();
    let reading = tokio::task::spawn_blocking(move || engine.import_order(workspace, id));
    reading.await.map_err(|_| EngineError::Interrupted("reading an import"))?
}
