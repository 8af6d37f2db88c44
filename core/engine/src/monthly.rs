//! How many messages a workspace asked for within a month, where its plan limits them.
//!
//! Counted from the events: one pass over the log for everybody when a month is first asked about,
//! then beside the commits. A place is taken before a commit is handed to the log and given back
//! unless the log took it, so that however many are asked for at once, no more are recorded than the
//! plan allows. Where the plan sets no limit nobody waits for a count: what the log took is counted
//! afterwards, so that it is there when the workspace gets another plan. Neither the pass nor what
//! the log answers is lost when whoever asked goes away.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use convolog_domain::workspace::{Limit, Month};
use convolog_domain::{Event, WorkspaceId, conversation};
use convolog_log::{Ack, Committed, Filter, Mode, Origin, Position, Timestamp};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::engine::{Caller, Engine, Inner};
use crate::error::EngineError;
use crate::plan::Plan;
use crate::recorded::Recorded;

/// Events read at a time.
const BATCH: usize = 1_000;

/// What is said of a pass over the log that did not come to its end.
const COUNTING: EngineError = EngineError::Interrupted("counting messages");

/// The months that were asked about; only the newest two are kept.
#[derive(Default)]
pub(crate) struct Monthly(Mutex<HashMap<Month, Arc<Tally>>>);

/// What every workspace asked for within a month.
pub(crate) struct Tally {
    counts: Mutex<Counts>,
    /// What became of the pass over the log; none while it goes on.
    counted: watch::Sender<Option<Result<(), Arc<EngineError>>>>,
}

#[derive(Default)]
struct Counts {
    messages: HashMap<WorkspaceId, u64>,
    /// How far the pass over the log came; none while it goes on.
    counted_to: Option<Position>,
    /// What the log took meanwhile of those who do not wait for the pass, and where.
    meanwhile: Vec<(WorkspaceId, u64, Position)>,
}

impl Counts {
    fn add(&mut self, workspace: WorkspaceId, count: u64) {
        let counted = self.messages.entry(workspace).or_default();
        *counted = counted.saturating_add(count);
    }
}

/// Messages on their way to the log.
#[must_use = "what is dropped counts nothing"]
pub(crate) enum Reserved {
    /// None that count.
    Nothing,
    /// Counted before the log has their commit; no longer counted when dropped.
    Counted(Place),
    /// Of a plan without a limit: counted when the log took their commit.
    CountedLater { engine: Weak<Inner>, month: Month, workspace: WorkspaceId, count: u64 },
}

/// What was counted for a commit that the log may not take.
pub(crate) struct Place(Option<(Arc<Tally>, WorkspaceId, u64)>);

impl Reserved {
    /// Waits for the log, and counts for ever what it took. Goes on to the end when nobody waits any
    /// more: the commit is on its way.
    pub(crate) async fn settle(self, ack: Ack) -> Result<Committed, EngineError> {
        if matches!(self, Self::Nothing) {
            return Ok(ack.await?);
        }
        let settled = tokio::spawn(async move {
            let committed = ack.await?;
            self.keep(committed.position);
            Ok(committed)
        });
        settled.await.map_err(|_| EngineError::Interrupted("waiting for the log"))?
    }

    fn keep(self, position: Position) {
        match self {
            Self::Nothing => {}
            Self::Counted(mut place) => drop(place.0.take()),
            Self::CountedLater { engine, month, workspace, count } => {
                let Some(engine) = engine.upgrade() else { return };
                // A pass that is begun from here on finds them in the log.
                let tally = engine.monthly.0.lock().get(&month).map(Arc::clone);
                if let Some(tally) = tally {
                    tally.took(workspace, count, position);
                }
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((tally, workspace, count)) = self.0.take() else { return };
        if let Some(counted) = tally.counts.lock().messages.get_mut(&workspace) {
            *counted = counted.saturating_sub(count);
        }
    }
}

impl Tally {
    fn used(&self, workspace: WorkspaceId) -> u64 {
        self.counts.lock().messages.get(&workspace).copied().unwrap_or(0)
    }

    /// # Errors
    /// How many there are, if these would be more than `most`.
    fn reserve(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        count: u64,
        most: u64,
    ) -> Result<Reserved, u64> {
        let mut counts = self.counts.lock();
        let used = counts.messages.get(&workspace).copied().unwrap_or(0);
        if used.saturating_add(count) > most {
            return Err(used);
        }
        counts.add(workspace, count);
        drop(counts);
        Ok(Reserved::Counted(Place(Some((Arc::clone(self), workspace, count)))))
    }

    /// The log took messages that nobody had counted.
    fn took(&self, workspace: WorkspaceId, count: u64, position: Position) {
        let mut counts = self.counts.lock();
        match counts.counted_to {
            None => counts.meanwhile.push((workspace, count, position)),
            Some(counted_to) if position <= counted_to => {}
            Some(_) => counts.add(workspace, count),
        }
    }

    /// What was counted in the log, told to all who wait for it.
    fn settle(&self, counted: Result<Counts, EngineError>) {
        let outcome = counted.map(|counted| {
            let mut counts = self.counts.lock();
            let meanwhile = std::mem::replace(&mut *counts, counted).meanwhile;
            let counted_to = counts.counted_to;
            for (workspace, count, position) in meanwhile {
                if Some(position) > counted_to {
                    counts.add(workspace, count);
                }
            }
        });
        drop(self.counted.send_replace(Some(outcome.map_err(Arc::new))));
    }

    fn has_failed(&self) -> bool {
        matches!(&*self.counted.borrow(), Some(Err(_)))
    }
}

impl Engine {
    /// Counts the messages that a plan asks for.
    ///
    /// # Errors
    /// A refusal that says how many were asked for and when there may be more.
    pub(crate) async fn reserve_messages(
        &self,
        caller: &Caller,
        plan: &Plan,
    ) -> Result<Reserved, EngineError> {
        let steps = plan.steps.iter();
        let requested: Vec<i64> =
            steps.filter_map(|step| requested_at(&step.decision.event)).collect();
        let (Some(first), Mode::Live) = (requested.first(), caller.mode) else {
            return Ok(Reserved::Nothing);
        };
        let (month, workspace) = (Month::of(*first), caller.workspace);
        let count = u64::try_from(requested.len()).unwrap_or(0);
        let name = self.plan_of(workspace)?.unwrap_or_default();
        let Some(most) = self.plans().most(&name, Limit::Messages) else {
            let engine = Arc::downgrade(&self.0);
            return Ok(Reserved::CountedLater { engine, month, workspace, count });
        };
        let reserved = self.tally(month).await?.reserve(workspace, count, most);
        reserved.map_err(|used| Limit::Messages.refusal(&name, used, most, Some(*first)).into())
    }

    /// How many messages were asked for in this month.
    pub(crate) async fn messages_this_month(
        &self,
        workspace: WorkspaceId,
    ) -> Result<u64, EngineError> {
        let month = Month::of(self.clock().now().0.div_euclid(1_000_000));
        Ok(self.tally(month).await?.used(workspace))
    }

    /// The counts of a month, as soon as the log was counted. Until then nothing of a plan with a
    /// limit is on its way to the log: whoever sends waits here.
    async fn tally(&self, month: Month) -> Result<Arc<Tally>, EngineError> {
        let tally = self.begun(month);
        let mut counted = tally.counted.subscribe();
        let outcome = counted.wait_for(Option::is_some).await.map_err(|_| COUNTING)?.clone();
        match outcome {
            Some(Err(cause)) => Err(EngineError::Counting(cause)),
            _ => Ok(tally),
        }
    }

    /// The counts of a month that is being counted or was. One task counts, for all who wait and
    /// whether or not anybody still does; after a failure the next one who asks begins again.
    fn begun(&self, month: Month) -> Arc<Tally> {
        let mut months = self.0.monthly.0.lock();
        if let Some(tally) = months.get(&month).filter(|tally| !tally.has_failed()) {
            return Arc::clone(tally);
        }
        months.retain(|known, _| known.next() >= month);
        let tally = Arc::new(Tally { counts: Mutex::default(), counted: watch::Sender::new(None) });
        months.insert(month, Arc::clone(&tally));
        drop(months);
        let (engine, begun) = (Arc::downgrade(&self.0), Arc::clone(&tally));
        tokio::spawn(async move {
            let counting = tokio::task::spawn_blocking(move || count_in_log(&engine, month));
            begun.settle(counting.await.unwrap_or(Err(COUNTING)));
        });
        tally
    }
}

/// What every workspace asked for within a month, in one pass. Has the engine only for a stretch of
/// the log at a time, so that it keeps none open that others are done with.
fn count_in_log(engine: &Weak<Inner>, month: Month) -> Result<Counts, EngineError> {
    let engine = || engine.upgrade().map(Engine).ok_or(COUNTING);
    let row = conversation::Event::TYPES.iter().find(|row| row.name == "message_requested");
    let filter =
        Filter { types: row.map(|row| row.code).into_iter().collect(), ..Filter::default() };
    let before = Timestamp(month.start().saturating_mul(1_000_000).saturating_sub(1));
    let (head, mut after) = (engine()?.log().head(), engine()?.log().position_at(before)?);
    let mut counts = Counts::default();
    while after < head {
        let (records, upto) = engine()?.log().read(after, BATCH, &filter)?;
        for record in &records {
            let event = Recorded::read(record)?;
            let counts_at_all = event.mode == Mode::Live && event.origin == Origin::Live;
            let at = requested_at(&event.event).filter(|_| counts_at_all);
            if at.is_some_and(|at| Month::of(at) == month) {
                counts.add(event.stream.workspace, 1);
            }
        }
        after = upto.max(Position(after.0.saturating_add(1)));
    }
    counts.counted_to = Some(after);
    Ok(counts)
}

/// When a message was asked for (seconds since 1970), if the event is that.
const fn requested_at(event: &Event) -> Option<i64> {
    match event {
        Event::Conversation(conversation::Event::MessageRequested(requested)) => {
            Some(requested.requested_at)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_the_log_takes_during_a_pass_is_counted_once() {
        let workspace = WorkspaceId(Uuid::from_u128(1));
        let tally = Tally { counts: Mutex::default(), counted: watch::Sender::new(None) };
        // The pass came to position 7: it saw the first of these, not the second.
        tally.took(workspace, 1, Position(7));
        tally.took(workspace, 1, Position(8));
        let mut counts = Counts { counted_to: Some(Position(7)), ..Counts::default() };
        counts.add(workspace, 3);
        tally.settle(Ok(counts));
        assert_eq!(tally.used(workspace), 4);
        tally.took(workspace, 1, Position(6));
        tally.took(workspace, 2, Position(9));
        assert_eq!(tally.used(workspace), 6);
    }
}
