//! The read model `analytics`: what happened in each hour, for volumes, response times and how leads
//! moved on.
//!
//! A row is one conversation (or contact, or lead) in one week, with a bucket for each hour in which
//! something was recorded. Not one row a channel and hour: a message does not name its channel, and
//! how long it waited is known from its own conversation alone, and a fold reads nothing but its own
//! row. So each live event costs one small row that all events of the conversation in a batch share,
//! and buckets are summed on read, within bounds. Beyond them `hours` answers, which knows a whole
//! workspace only. Live, test and imported traffic never mix.

mod buckets;
mod query;
mod row;

use convolog_domain::conversation::{Direction, Event as Said};
use convolog_domain::lead::Event as Happened;
use convolog_domain::{Event, StreamKind};
use convolog_engine::Recorded;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::order::{Shown, seconds};
pub(crate) use query::Cut;
pub(crate) use row::doer;

pub use buckets::{Bucket, Durations, Moves, Volumes};
pub use query::{AnalyticsQuery, CONVERSATIONS_MAX, Hourly, REFOLDED_MAX};
pub use row::{About, AnalyticsRow, FirstAnswer, Part, Place, Traffic};

/// Seconds in an hour.
pub const HOUR: i64 = 60 * 60;

/// Hours in a row's week. Weeks are counted from 1970 on; only rows are made of them, no figures.
const WEEK: i64 = 7 * 24;

/// The hour since 1970 that a second lies in.
pub(crate) const fn hour_of(second: i64) -> i64 {
    second.div_euclid(HOUR)
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Analytics;

impl ReadModel for Analytics {
    const NAME: &'static str = "analytics";
    const VERSION: u32 = 2;
    const FORMAT: u8 = 2;
    const KINDS: &'static [StreamKind] =
        &[StreamKind::Conversation, StreamKind::Contact, StreamKind::Lead];
    type Row = AnalyticsRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        if Bucket::counts(&event.event) {
            let week = hour_of(seconds(event.at)).div_euclid(WEEK);
            keys.push(AnalyticsRow::key(event.workspace(), week, event.stream.id));
        }
    }

    fn fold(row: &mut AnalyticsRow, event: &Recorded) -> Result<(), FoldError> {
        (row.workspace, row.id) = (event.workspace(), event.stream.id);
        row.about = About::of(event.stream.kind);
        row.place = place(&event.event).or(row.place);
        let (hour, person) = (hour_of(seconds(event.at)), doer(event));
        let part = row.parts.entry(Traffic::of(event)).or_default();
        let mut done = Bucket::of(&event.event)
            .ok_or_else(|| FoldError("an event of another kind in analytics".into()))?;
        if let Event::Conversation(said) = &event.event {
            match say(said, event) {
                Some((Direction::Inbound, second)) => part.asked(second),
                Some((Direction::Outbound, second)) => {
                    if let Some(waited) = part.answered(hour, second, person) {
                        done.waits.add(waited);
                    }
                }
                None => {}
            }
        }
        part.count(hour, person, &done);
        Ok(())
    }

    fn index(_: &RowKey, _: &AnalyticsRow, _: &mut Vec<IndexKey>) {}

    fn dump(row: &AnalyticsRow) -> String {
        row.dump()
    }
}

/// Where what begins with this event belongs.
fn place(event: &Event) -> Option<Place> {
    match event {
        Event::Conversation(Said::ConversationOpened(opened)) => {
            Some(Place { channel: Some(opened.channel), agent: opened.agent })
        }
        Event::Lead(Happened::LeadOpened(opened)) => {
            Some(Place { channel: opened.channel, agent: None })
        }
        _ => None,
    }
}

/// Who said something, and the second in which they did.
fn say(said: &Said, event: &Recorded) -> Option<(Direction, i64)> {
    let (direction, at) = match said {
        Said::MessageReceived(message) => (message.facts.direction, message.facts.sent_at),
        Said::MessageRequested(request) => (Direction::Outbound, Some(request.requested_at)),
        _ => return None,
    };
    Some((direction, Shown::of(at, event.at, event.origin).second()))
}
