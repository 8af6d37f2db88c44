//! The pipeline now, at a full hour of the past, or within some days.

use std::sync::Arc;

use convolog_domain::lead::{Period, Stage};
use convolog_domain::workspace::Target;
use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::Stream;
use convolog_log::{Position, Timestamp};

use super::{BY_KEY, DAY, HOUR, Pipeline, Span, Tally, seconds};
use crate::error::QueryError;
use crate::past::fold_streams;
use crate::rows::Rows;
use crate::store::keys::Key;
use crate::store::{MemoryStore, Walk};
use crate::table::Table;

/// Rows read at a time: a hundred years of days.
const ROWS_MAX: usize = 36_600;

/// What was counted, and until when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// What was counted.
    pub tally: Tally,
    /// Everything recorded before this moment is in it, and nothing after; none = everything is.
    pub until: Option<Timestamp>,
}

/// What is wanted of which stage, and for when.
pub type Targets = Vec<(Stage, Period, Target)>;

impl Rows {
    /// All leads by stage; at a position, as they were at the last full hour before the event that
    /// follows it.
    pub fn pipeline(&self, workspace: WorkspaceId) -> Result<Counted, QueryError> {
        let table = self.models().pipeline()?;
        let Some(until) = self.full_hour()? else {
            return Ok(Counted { tally: table.total(workspace)?, until: None });
        };
        let tally = table.tally(workspace, i64::MIN, until)?;
        Ok(Counted { tally, until: Some(Timestamp(until.saturating_mul(1_000_000))) })
    }

    /// What happened from one second to another (excluded), both the start of an hour; at a
    /// position, no further than [`Self::pipeline`] counts.
    pub fn pipeline_within(
        &self,
        workspace: WorkspaceId,
        from: i64,
        to: i64,
    ) -> Result<Tally, QueryError> {
        let to = self.full_hour()?.map_or(to, |until| until.min(to));
        self.models().pipeline()?.tally(workspace, from, to)
    }

    /// Every target that is set, exactly.
    pub fn targets(&self, workspace: WorkspaceId) -> Result<Targets, QueryError> {
        let Some(cut) = self.position() else {
            return self.models().pipeline()?.targets(workspace);
        };
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, StreamKind::Workspace, workspace.0);
        fold_streams::<Pipeline>(&**self.models().log(), &[stream], cut, &store)?;
        Table::<Pipeline>::new(store).targets(workspace)
    }

    /// The second before which everything, and nothing else, had been recorded at the position: the
    /// start of the hour of the next event. None if there is no event after it.
    fn full_hour(&self) -> Result<Option<i64>, QueryError> {
        let Some(cut) = self.position() else { return Ok(None) };
        let next = self.models().log().get(Position(cut.0.saturating_add(1)))?;
        Ok(next.map(|record| seconds(record.header.recorded_at).div_euclid(HOUR) * HOUR))
    }
}

impl Table<Pipeline> {
    /// Everything that was ever counted.
    pub fn total(&self, workspace: WorkspaceId) -> Result<Tally, QueryError> {
        let stored = self.row(&Span::All.at(workspace, 0))?;
        Ok(stored.map(|stored| stored.row.tally).unwrap_or_default())
    }

    /// Adds up what happened from one second to another (excluded): whole days, and hours at the
    /// edges.
    fn tally(&self, workspace: WorkspaceId, from: i64, to: i64) -> Result<Tally, QueryError> {
        let mut sum = Tally::default();
        let first_day = from.saturating_add(DAY - 1).div_euclid(DAY).saturating_mul(DAY);
        let last_day = to.div_euclid(DAY).saturating_mul(DAY);
        if first_day >= last_day {
            self.add(&mut sum, (workspace, Span::Hour), from, to)?;
            return Ok(sum);
        }
        self.add(&mut sum, (workspace, Span::Hour), from, first_day)?;
        self.add(&mut sum, (workspace, Span::Day), first_day, last_day)?;
        self.add(&mut sum, (workspace, Span::Hour), last_day, to)?;
        Ok(sum)
    }

    fn add(
        &self,
        sum: &mut Tally,
        (workspace, span): (WorkspaceId, Span),
        from: i64,
        to: i64,
    ) -> Result<(), QueryError> {
        if from >= to {
            return Ok(());
        }
        let prefix = Key::of(BY_KEY).bytes(&span.of(workspace).done()).done();
        // A walk goes on after a place: the second before the first one.
        let mut after = from.checked_sub(1).map(|before| Key::part().i64(before).done());
        let end = Key::part().i64(to).done();
        loop {
            let found = self.list(&prefix, after.as_deref(), Walk::Forward, ROWS_MAX, |_| true)?;
            for (start, stored) in found.rows {
                if start >= end {
                    return Ok(());
                }
                sum.add(&stored.row.tally);
            }
            after = found.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    fn targets(&self, workspace: WorkspaceId) -> Result<Targets, QueryError> {
        let prefix = Key::of(BY_KEY).bytes(&Span::Targets.of(workspace).done()).done();
        let (mut targets, mut after) = (Vec::new(), None);
        loop {
            let found = self.list(&prefix, after.as_deref(), Walk::Forward, ROWS_MAX, |_| true)?;
            let set = found.rows.into_iter().filter_map(|(_, stored)| {
                let (stage, period, target) = stored.row.target?;
                Some((stage, period, target?.into()))
            });
            targets.extend(set);
            after = found.next;
            if after.is_none() {
                return Ok(targets);
            }
        }
    }
}
