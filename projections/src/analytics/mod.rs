//! The read model `analytics`: what happened in each hour, for volumes and response times.
//!
//! A row is one conversation (or contact) in one week, with a bucket for each hour in which
//! something was recorded. Not one row a channel and hour: a message does not name its channel, and
//! how long it waited is known from its own conversation alone, and a fold reads nothing but its own
//! row. So each live event costs one small row that all events of the conversation in a batch share,
//! and buckets are summed on read, within bounds. Live, test and imported traffic never mix.

mod buckets;
mod query;
mod row;

use convolog_domain::conversation::{Direction, Event as Said};
use convolog_domain::{Event, StreamKind, contact};
use convolog_engine::Recorded;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::order::{Shown, seconds};

pub use buckets::{Bucket, Volumes, Waits};
pub use query::{AnalyticsQuery, CONVERSATIONS_MAX, Hourly, REFOLDED_MAX};
pub use row::{AnalyticsRow, FirstAnswer, Part, Traffic};

/// Seconds in an hour.
pub const HOUR: i64 = 60 * 60;

/// Hours in a row's week. Weeks are counted from 1970 on; only rows are made of them, no figures.
const WEEK: i64 = 7 * 24;

/// The hour since 1970 that a second lies in.
const fn hour_of(second: i64) -> i64 {
    second.div_euclid(HOUR)
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Analytics;

impl ReadModel for Analytics {
    const NAME: &'static str = "analytics";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Conversation, StreamKind::Contact];
    type Row = AnalyticsRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        if counts(&event.event) {
            let week = hour_of(seconds(event.at)).div_euclid(WEEK);
            keys.push(AnalyticsRow::key(event.workspace(), week, event.stream.id));
        }
    }

    fn fold(row: &mut AnalyticsRow, event: &Recorded) -> Result<(), FoldError> {
        let now = seconds(event.at);
        (row.workspace, row.id) = (event.workspace(), event.stream.id);
        let part = row.parts.entry(Traffic::of(event)).or_default();
        let volumes = &mut part.hours.entry(hour_of(now)).or_default().volumes;
        match &event.event {
            Event::Contact(contact::Event::ContactCreated(_)) => {
                row.contact = true;
                volumes.contacts_created += 1;
            }
            Event::Conversation(Said::ConversationOpened(opened)) => {
                row.channel = Some(opened.channel);
                volumes.conversations_opened += 1;
            }
            Event::Conversation(Said::ConversationClosed(_)) => volumes.conversations_closed += 1,
            Event::Conversation(Said::ConversationReopened(_)) => {
                volumes.conversations_reopened += 1;
            }
            Event::Conversation(Said::MessageReceived(message)) => {
                let said = Shown::of(message.facts.sent_at, event.at, event.origin).second();
                match message.facts.direction {
                    Direction::Inbound => {
                        volumes.inbound += 1;
                        part.asked(said);
                    }
                    Direction::Outbound => {
                        volumes.outbound += 1;
                        part.answered(hour_of(now), said);
                    }
                }
            }
            Event::Conversation(Said::MessageRequested(request)) => {
                volumes.outbound += 1;
                volumes.requested += 1;
                let said = Shown::of(Some(request.requested_at), event.at, event.origin).second();
                part.answered(hour_of(now), said);
            }
            Event::Conversation(Said::StatusReceived(status)) => {
                row.channel = Some(status.channel);
                volumes.became(&status.status);
            }
            _ => {}
        }
        Ok(())
    }

    fn index(_: &RowKey, _: &AnalyticsRow, _: &mut Vec<IndexKey>) {}

    fn dump(row: &AnalyticsRow) -> String {
        row.dump()
    }
}

/// Whether an event is counted at all. What is told about a message again, or changes it, is not.
fn counts(event: &Event) -> bool {
    match event {
        Event::Contact(contact::Event::ContactCreated(_))
        | Event::Conversation(
            Said::ConversationOpened(_)
            | Said::ConversationClosed(_)
            | Said::ConversationReopened(_)
            | Said::MessageReceived(_)
            | Said::MessageRequested(_),
        ) => true,
        // What became of a call is no status of a message.
        Event::Conversation(Said::StatusReceived(status)) => {
            !status.call && Volumes::knows(&status.status)
        }
        _ => false,
    }
}
