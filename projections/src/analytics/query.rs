//! Sums up buckets, now or as of a position.
//!
//! As of a position, hours that had ended are summed as they are, and what was counted in the hour
//! of the position is folded again from its streams: the answer is exact. What it may cost is
//! bounded, and a question beyond the bounds is refused.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use convolog_domain::{AgentId, ChannelId, ConversationId, LeadId, PersonId, WorkspaceId};
use convolog_engine::Stream;
use convolog_log::{Filter, Position};

use super::buckets::Bucket;
use super::row::{About, AnalyticsRow, Part, Place, Traffic};
use super::{Analytics, WEEK, hour_of};
use crate::error::QueryError;
use crate::order::seconds;
use crate::past::fold_streams;
use crate::rows::Rows;
use crate::store::{MemoryStore, Stored};
use crate::table::Table;

/// Rows (a conversation, contact or lead in a week) that are looked at for one answer, at most.
pub const CONVERSATIONS_MAX: usize = 100_000;

/// Conversations, contacts and leads that are folded again for one answer as of a position, at most.
pub const REFOLDED_MAX: usize = 1_000;

/// Rows read at a time.
const CHUNK: usize = 512;

/// Which hours are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AnalyticsQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// The first hour since 1970.
    pub from: i64,
    /// The hour after the last one.
    pub to: i64,
    /// Which traffic.
    pub traffic: Traffic,
    /// Only what belongs to this channel; contacts belong to none.
    pub channel: Option<ChannelId>,
    /// Only what belongs to this agent; contacts and leads belong to none.
    pub agent: Option<AgentId>,
    /// Only what this member of the staff did.
    pub person: Option<PersonId>,
}

/// What was counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hourly {
    /// By hour since 1970 and where it belongs.
    pub places: BTreeMap<(i64, Place), Bucket>,
    /// Of it, what members of the staff did.
    pub people: BTreeMap<PersonId, Bucket>,
}

impl Rows {
    /// What was counted in each hour.
    ///
    /// # Errors
    /// [`QueryError::TooMuch`] if more than [`CONVERSATIONS_MAX`] rows would have to be read, or
    /// more than [`REFOLDED_MAX`] folded again.
    pub fn hourly(&self, query: &AnalyticsQuery) -> Result<Hourly, QueryError> {
        self.hourly_within(query, CONVERSATIONS_MAX)
    }

    /// The same, with a bound of one's own on the rows that are read.
    pub(crate) fn hourly_within(
        &self,
        query: &AnalyticsQuery,
        most: usize,
    ) -> Result<Hourly, QueryError> {
        let cut = self.position().map(|position| Cut::at(self, position)).transpose()?;
        let cut_hour = cut.map_or(i64::MAX, |cut| cut.hour);
        let to = query.to.min(cut_hour.saturating_add(1));
        let query = AnalyticsQuery { to, ..*query };
        let table = self.models().analytics()?;
        let hourly = Hourly::default();
        let mut sum = Sum { rows: self, query, cut, most, looked_at: 0, refolded: 0, hourly };
        if query.from >= to {
            return Ok(sum.hourly);
        }
        let first = query.from.div_euclid(WEEK);
        let mut before = HashMap::new();
        for week in first - 1..=(to - 1).div_euclid(WEEK) {
            let prefix = AnalyticsRow::week(query.workspace, week).done();
            let (mut waiting, mut after) = (HashMap::new(), None);
            loop {
                let found = table.rows_after(&prefix, after.as_deref(), CHUNK)?;
                sum.look_at(found.rows.len())?;
                for (_, stored) in &found.rows {
                    let (id, part) = (stored.row.id, stored.row.parts.get(&query.traffic));
                    waiting.extend(part.and_then(|part| Some((id, part.waiting?))));
                    if week >= first {
                        sum.add(stored, before.get(&id).copied())?;
                    }
                }
                after = found.next;
                if after.is_none() {
                    break;
                }
            }
            before = waiting;
        }
        Ok(sum.hourly)
    }
}

/// Where history is cut.
#[derive(Clone, Copy)]
pub(crate) struct Cut {
    pub(crate) position: Position,
    /// The hour in which the event there was recorded.
    pub(crate) hour: i64,
    /// More was recorded in that hour afterwards.
    pub(crate) within: bool,
}

impl Cut {
    pub(crate) fn at(rows: &Rows, position: Position) -> Result<Self, QueryError> {
        let before = Position(position.0.saturating_sub(1));
        let (records, _) = rows.models().log().read(before, 2, &Filter::default())?;
        let hour = |position| {
            let found = records.iter().find(|record| record.header.position == position);
            found.map(|record| hour_of(seconds(record.header.recorded_at)))
        };
        // Before the first event there is nothing.
        let at = hour(position);
        let within = at.is_some() && at == hour(position.next());
        Ok(Self { position, hour: at.unwrap_or(i64::MIN), within })
    }
}

/// Buckets being summed up.
struct Sum<'r> {
    rows: &'r Rows,
    query: AnalyticsQuery,
    cut: Option<Cut>,
    most: usize,
    looked_at: usize,
    refolded: usize,
    hourly: Hourly,
}

impl Sum<'_> {
    fn look_at(&mut self, rows: usize) -> Result<(), QueryError> {
        self.looked_at += rows;
        if self.looked_at > self.most {
            return Err(QueryError::TooMuch {
                what: "conversations, contacts and leads in the weeks asked for",
                limit: self.most,
                advice: "ask for a shorter time",
                part: "from",
            });
        }
        Ok(())
    }

    /// Adds a row; `before` is what waited at the end of the week before.
    fn add(
        &mut self,
        stored: &Stored<AnalyticsRow>,
        before: Option<i64>,
    ) -> Result<(), QueryError> {
        let AnalyticsQuery { traffic, from, to, .. } = self.query;
        let Some(part) = stored.row.parts.get(&traffic) else { return Ok(()) };
        if part.hours.range(from..to).next().is_none() {
            return Ok(());
        }
        let place = match stored.row.place {
            Some(place) => place,
            None => self.place_of(&stored.row)?,
        };
        if !self.is_wanted(place) {
            return Ok(());
        }
        let then = match self.cut {
            Some(cut)
                if cut.within
                    && stored.position > cut.position
                    && part.hours.contains_key(&cut.hour) =>
            {
                Some(self.fold_again(&stored.row, cut)?)
            }
            _ => None,
        };
        let row = then.as_ref().unwrap_or(&stored.row);
        if let Some(part) = row.parts.get(&traffic) {
            self.add_part(part, place, before);
        }
        Ok(())
    }

    fn is_wanted(&self, place: Place) -> bool {
        let AnalyticsQuery { channel, agent, .. } = self.query;
        (channel.is_none() || channel == place.channel) && (agent.is_none() || agent == place.agent)
    }

    fn add_part(&mut self, part: &Part, place: Place, before: Option<i64>) {
        let AnalyticsQuery { from, to, person: wanted, .. } = self.query;
        let mut add = |hour: i64, person: Option<PersonId>, bucket: &Bucket| {
            // Everything counts once for all; what a person did counts for them as well.
            if person == wanted {
                *self.hourly.places.entry((hour, place)).or_default() += bucket;
            }
            if let Some(person) = person.filter(|person| wanted.is_none_or(|it| it == *person)) {
                *self.hourly.people.entry(person).or_default() += bucket;
            }
        };
        for (hour, bucket) in part.hours.range(from..to) {
            add(*hour, None, bucket);
        }
        let first_person = PersonId(uuid::Uuid::nil());
        for ((hour, person), bucket) in part.people.range((from, first_person)..(to, first_person))
        {
            add(*hour, Some(*person), bucket);
        }
        if let Some(first) = part.first.filter(|first| (from..to).contains(&first.hour))
            && let Some(waited) = first.waited(before)
        {
            let mut bucket = Bucket::default();
            bucket.waits.add(waited);
            add(first.hour, None, &bucket);
            if first.person.is_some() {
                add(first.hour, first.person, &bucket);
            }
        }
    }

    /// Where something belongs that began in an earlier week; that never changes.
    fn place_of(&self, row: &AnalyticsRow) -> Result<Place, QueryError> {
        let (models, workspace) = (self.rows.models(), self.query.workspace);
        Ok(match row.about {
            About::Contact => Place::default(),
            About::Conversation => {
                let found = models.conversations()?.conversation(workspace, ConversationId(row.id));
                let opened = found?.and_then(|stored| stored.row.opened);
                opened.map_or_else(Place::default, |opened| Place {
                    channel: Some(opened.channel),
                    agent: opened.agent,
                })
            }
            About::Lead => {
                let found = models.leads()?.lead(workspace, LeadId(row.id))?;
                let opened = found.and_then(|stored| stored.row.opened);
                Place { channel: opened.and_then(|opened| opened.channel), agent: None }
            }
        })
    }

    /// The row as it stood at the cut.
    fn fold_again(&mut self, row: &AnalyticsRow, cut: Cut) -> Result<AnalyticsRow, QueryError> {
        self.refolded += 1;
        if self.refolded > REFOLDED_MAX {
            return Err(QueryError::TooMuch {
                what: "conversations, contacts and leads in the hour of `as_of`",
                limit: REFOLDED_MAX,
                advice: "choose an `as_of` at the full hour",
                part: "as_of",
            });
        }
        let workspace = self.query.workspace;
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, row.about.kind(), row.id);
        fold_streams::<Analytics>(&**self.rows.models().log(), &[stream], cut.position, &store)?;
        let key = AnalyticsRow::key(workspace, cut.hour.div_euclid(WEEK), row.id);
        let found = Table::<Analytics>::new(store).row(&key)?;
        Ok(found.map(|stored| stored.row).unwrap_or_default())
    }
}
