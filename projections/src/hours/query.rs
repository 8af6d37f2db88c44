//! Sums of a whole workspace, now or as of a position.

use std::sync::Arc;

use convolog_domain::WorkspaceId;
use convolog_log::{Filter, Position, Timestamp};

use super::{HourRow, Hours};
use crate::analytics::{AnalyticsQuery, CONVERSATIONS_MAX, Cut, HOUR, Hourly, Place};
use crate::batch::Batch;
use crate::error::QueryError;
use crate::overlay::Overlay;
use crate::parked::ParkedStreams;
use crate::rows::Rows;
use crate::store::MemoryStore;
use crate::store::keys::Key;
use crate::table::Table;

/// The most events that are counted again for one answer as of a position, those of others included.
pub const RECOUNTED_MAX: u64 = 1_000_000;

/// Rows read at a time: about a month of hours.
const CHUNK: usize = 744;

/// What must be known of what is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Detail {
    /// How long answers took: only conversations tell.
    Answers,
    /// How much happened and how leads moved on: hours tell as well.
    Counts,
}

impl Rows {
    /// What was counted in each hour, and whether it is known where it belongs. In a stretch with
    /// more conversations than are looked at for one answer it is not: then the sums of the whole
    /// workspace answer, if they can.
    ///
    /// # Errors
    /// As [`Rows::hourly`], if they cannot: of one channel, of one agent, of answers.
    pub fn counted(
        &self,
        query: &AnalyticsQuery,
        detail: Detail,
    ) -> Result<(Hourly, bool), QueryError> {
        self.counted_within(query, detail, CONVERSATIONS_MAX)
    }

    /// The same, with a bound of one's own.
    pub(crate) fn counted_within(
        &self,
        query: &AnalyticsQuery,
        detail: Detail,
        most: usize,
    ) -> Result<(Hourly, bool), QueryError> {
        let is_whole = query.channel.is_none() && query.agent.is_none();
        match self.hourly_within(query, most) {
            Err(QueryError::TooMuch { .. }) if is_whole && detail == Detail::Counts => {
                Ok((self.hours(query)?, false))
            }
            found => Ok((found?, true)),
        }
    }

    /// What was counted in each hour of the whole workspace, whatever it belongs to: neither a
    /// channel nor an agent can be asked for, and no answers are in it.
    pub(crate) fn hours(&self, query: &AnalyticsQuery) -> Result<Hourly, QueryError> {
        let AnalyticsQuery { workspace, from, to, .. } = *query;
        let cut = self.position().map(|position| Cut::at(self, position)).transpose()?;
        let to = cut.map_or(to, |cut| to.min(cut.hour.saturating_add(1)));
        let table = self.models().hours()?;
        let prefix = HourRow::of(workspace).done();
        let mut after = from.checked_sub(1).map(|before| Key::part().i64(before).done());
        let mut sums = Hourly::default();
        loop {
            let found = table.rows_after(&prefix, after.as_deref(), CHUNK)?;
            for (_, stored) in found.rows {
                if stored.row.hour >= to {
                    return Ok(sums);
                }
                let then = cut.filter(|cut| {
                    cut.within && cut.hour == stored.row.hour && stored.position > cut.position
                });
                match then {
                    Some(cut) => add(&mut sums, query, &self.count_again(workspace, cut)?),
                    None => add(&mut sums, query, &stored.row),
                }
            }
            after = found.next;
            if after.is_none() {
                return Ok(sums);
            }
        }
    }

    /// The hour of a cut as it stood there.
    fn count_again(&self, workspace: WorkspaceId, cut: Cut) -> Result<HourRow, QueryError> {
        let log = self.models().log();
        let begin = cut.hour.saturating_mul(HOUR).saturating_mul(1_000_000);
        let mut after = log.position_at(Timestamp(begin.saturating_sub(1)))?;
        if cut.position.0.saturating_sub(after.0) > RECOUNTED_MAX {
            return Err(QueryError::TooMuch {
                what: "events in the hour of `as_of`",
                limit: usize::try_from(RECOUNTED_MAX).unwrap_or(usize::MAX),
                advice: "choose an `as_of` at the full hour",
                part: "as_of",
            });
        }
        let filter = Filter { workspace: Some(workspace.0), ..Filter::default() };
        let store = Arc::new(MemoryStore::default());
        let (mut overlay, mut parked) = (Overlay::<Hours>::default(), ParkedStreams::default());
        while after < cut.position {
            let (mut records, upto) = log.read(after, CHUNK, &filter)?;
            records.retain(|record| record.header.position <= cut.position);
            if !records.is_empty() {
                overlay.apply(&Batch::of(&records)?, &*store, &mut parked)?;
            }
            after = upto.max(Position(after.0.saturating_add(1)));
        }
        let key = HourRow::of(workspace).i64(cut.hour).done();
        let found = Table::<Hours>::new(store).row(&key)?;
        Ok(found.map(|stored| stored.row).unwrap_or_default())
    }
}

fn add(sums: &mut Hourly, query: &AnalyticsQuery, row: &HourRow) {
    let Some(done) = row.parts.get(&query.traffic) else { return };
    let place = (row.hour, Place::default());
    for (person, bucket) in &done.people {
        if query.person.is_none_or(|wanted| wanted == *person) {
            *sums.people.entry(*person).or_default() += bucket;
        }
        if query.person == Some(*person) {
            *sums.places.entry(place).or_default() += bucket;
        }
    }
    if query.person.is_none() {
        *sums.places.entry(place).or_default() += &done.all;
    }
}
