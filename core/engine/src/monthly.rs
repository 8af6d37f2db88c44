//! How many messages a workspace asked for within a month, where its plan limits them.
//!
//! Counted from the events: from the log when the first one of a month (or after a start) is asked
//! for, then beside the commits. A place is taken before a commit is handed to the log and given back
//! only if the log says that it did not take it, so that however many are asked for at once, no more
//! are recorded than the plan allows.

use std::collections::HashMap;
use std::sync::Arc;

use convolog_domain::workspace::{Limit, Month};
use convolog_domain::{Event, WorkspaceId, conversation};
use convolog_log::{Filter, Mode, Origin, Position, Timestamp};
use parking_lot::Mutex;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::plan::Plan;
use crate::recorded::Recorded;

/// Events read at a time.
const BATCH: usize = 1_000;

/// The counts of all workspaces whose plan limits messages.
#[derive(Default)]
pub(crate) struct Monthly(Mutex<HashMap<WorkspaceId, Arc<tokio::sync::Mutex<Months>>>>);

/// What was asked for, by month; only the newest two are kept.
type Months = HashMap<Month, u64>;

/// Messages that were counted before their commit was handed to the log.
#[must_use = "what the log did not take is given back"]
pub(crate) struct Reserved(Option<(Arc<tokio::sync::Mutex<Months>>, Month, u64)>);

impl Reserved {
    /// The log did not take them.
    pub(crate) async fn give_back(self) {
        let Some((months, month, count)) = self.0 else { return };
        if let Some(counted) = months.lock().await.get_mut(&month) {
            *counted = counted.saturating_sub(count);
        }
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
            return Ok(Reserved(None));
        };
        let name = self.plan_of(caller.workspace)?.unwrap_or_default();
        let Some(most) = self.plans().most(&name, Limit::Messages) else {
            return Ok(Reserved(None));
        };
        let (month, wanted) = (Month::of(*first), u64::try_from(requested.len()).unwrap_or(0));
        let months = self.months(caller.workspace);
        let mut counts = months.lock().await;
        let used = self.counted(caller.workspace, &mut counts, month).await?;
        if used.saturating_add(wanted) > most {
            return Err(Limit::Messages.refusal(&name, used, most, Some(*first)).into());
        }
        counts.insert(month, used.saturating_add(wanted));
        drop(counts);
        Ok(Reserved(Some((months, month, wanted))))
    }

    /// How many messages were asked for in this month.
    pub(crate) async fn messages_this_month(
        &self,
        workspace: WorkspaceId,
    ) -> Result<u64, EngineError> {
        let month = Month::of(self.clock().now().0.div_euclid(1_000_000));
        let months = self.months(workspace);
        let mut counts = months.lock().await;
        self.counted(workspace, &mut counts, month).await
    }

    fn months(&self, workspace: WorkspaceId) -> Arc<tokio::sync::Mutex<Months>> {
        Arc::clone(self.0.monthly.0.lock().entry(workspace).or_default())
    }

    /// The count of a month, from the log if it is not known. While nobody counts, nothing is on its
    /// way to the log either: whoever asks waits for the same lock.
    async fn counted(
        &self,
        workspace: WorkspaceId,
        counts: &mut Months,
        month: Month,
    ) -> Result<u64, EngineError> {
        if let Some(count) = counts.get(&month) {
            return Ok(*count);
        }
        let engine = self.clone();
        let count = tokio::task::spawn_blocking(move || engine.count_in_log(workspace, month));
        let count = count.await.map_err(|_| EngineError::Interrupted("counting messages"))??;
        counts.retain(|known, _| known.next() >= month);
        counts.insert(month, count);
        Ok(count)
    }

    fn count_in_log(&self, workspace: WorkspaceId, month: Month) -> Result<u64, EngineError> {
        let row = conversation::Event::TYPES.iter().find(|row| row.name == "message_requested");
        let types = row.map(|row| row.code).into_iter().collect();
        let filter = Filter { workspace: Some(workspace.0), types, ..Filter::default() };
        let before = Timestamp(month.start().saturating_mul(1_000_000).saturating_sub(1));
        let (head, mut after, mut count) = (self.log().head(), self.log().position_at(before)?, 0);
        while after < head {
            let (records, upto) = self.log().read(after, BATCH, &filter)?;
            for record in &records {
                let event = Recorded::read(record)?;
                let counts = event.mode == Mode::Live && event.origin == Origin::Live;
                let at = requested_at(&event.event).filter(|_| counts);
                count += u64::from(at.is_some_and(|at| Month::of(at) == month));
            }
            after = upto.max(Position(after.0.saturating_add(1)));
        }
        Ok(count)
    }
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
