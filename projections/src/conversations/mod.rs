//! The read model `conversations`: what lists of conversations show, one row each.
//!
//! Names, texts and numbers are not here: a row leads to the contact and the log.

mod query;
mod row;

use convolog_domain::conversation::Event as Said;
use convolog_domain::{ConversationId, Event, StreamKind};
use convolog_engine::Recorded;
use convolog_log::Position;
use uuid::Uuid;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::past::OneStream;
use crate::store::keys::Key;

pub(crate) use query::Filter;
pub use query::{Assignee, ConversationOrder, ConversationQuery};
pub use row::{ConversationRow, ConversationStatus, Handoff, Opened};

/// By activity: (workspace, activity, conversation).
const BY_ACTIVITY: u8 = 0x10;
/// By activity within a channel: (workspace, channel, activity, conversation).
const BY_CHANNEL_ACTIVITY: u8 = 0x11;
/// By creation: (workspace, position).
const BY_CREATION: u8 = 0x12;
/// By creation within a channel: (workspace, channel, position).
const BY_CHANNEL_CREATION: u8 = 0x13;
/// By creation for a contact: (workspace, contact, position).
const BY_CONTACT: u8 = 0x14;

/// By activity with a status: (workspace, status, activity, conversation). The activity indexes
/// leave deleted conversations out; here they have a status of their own.
const BY_STATUS: u8 = 0x15;
/// By activity with somebody: (workspace, person, activity, conversation).
const BY_ASSIGNEE: u8 = 0x16;
/// By activity with a tag: (workspace, tag, 0, activity, conversation).
const BY_TAG: u8 = 0x17;

/// By activity, waiting for a person: (workspace, activity, conversation).
const BY_HANDOFF: u8 = 0x18;

/// By how long they wait for a person: (workspace, since, conversation).
const BY_WAITING: u8 = 0x19;

/// The status of deleted conversations in [`BY_STATUS`].
const DELETED: u8 = 0xFF;

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Conversations;

impl ReadModel for Conversations {
    const NAME: &'static str = "conversations";
    const VERSION: u32 = 4;
    const FORMAT: u8 = 3;
    const KINDS: &'static [StreamKind] = &[StreamKind::Conversation];
    type Row = ConversationRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        keys.push(ConversationRow::key(event.workspace(), ConversationId(event.stream.id)));
    }

    fn fold(row: &mut ConversationRow, event: &Recorded) -> Result<(), FoldError> {
        let Event::Conversation(said) = &event.event else {
            return Err(FoldError("an event of another kind in a conversation".into()));
        };
        if let (Said::ConversationOpened(again), Some(opened)) = (said, &row.opened) {
            if (opened.channel, opened.contact) != (again.channel, again.contact) {
                return Err(FoldError("a conversation that was opened with somebody else".into()));
            }
            return Ok(());
        }
        row.workspace = event.workspace();
        row.id = ConversationId(event.stream.id);
        if let Said::ConversationOpened(opened) = said {
            row.opened = Some(Opened::of(opened, event));
        } else {
            row.take(said, event);
        }
        Ok(())
    }

    fn index(_: &RowKey, row: &ConversationRow, entries: &mut Vec<IndexKey>) {
        let Some(opened) = &row.opened else { return };
        let (activity, position) = (row.activity(), opened.position.0);
        let of = |table| Key::of(table).uuid(row.workspace.0);
        let by_activity = |key: Key| key.i64(activity).uuid(row.id.0).done();
        entries.push(of(BY_CREATION).u64(position).done());
        entries.push(of(BY_CHANNEL_CREATION).uuid(opened.channel.0).u64(position).done());
        entries.push(of(BY_CONTACT).uuid(opened.contact.0).u64(position).done());
        if row.deleted_at.is_some() {
            entries.push(by_activity(of(BY_STATUS).u8(DELETED)));
            return;
        }
        entries.push(by_activity(of(BY_ACTIVITY)));
        entries.push(by_activity(of(BY_CHANNEL_ACTIVITY).uuid(opened.channel.0)));
        entries.push(by_activity(of(BY_STATUS).u8(row.status.code())));
        if let Some(person) = row.assignee {
            entries.push(by_activity(of(BY_ASSIGNEE).uuid(person.0)));
        }
        if let Some(handoff) = &row.handoff {
            entries.push(by_activity(of(BY_HANDOFF)));
            entries.push(of(BY_WAITING).i64(handoff.since).uuid(row.id.0).done());
        }
        for tag in &row.tags {
            entries.push(by_activity(of(BY_TAG).text(tag)));
        }
    }

    fn dump(row: &ConversationRow) -> String {
        row.dump()
    }
}

impl OneStream for Conversations {
    const STREAM: StreamKind = StreamKind::Conversation;

    fn id(row: &ConversationRow) -> Uuid {
        row.id.0
    }

    fn began(row: &ConversationRow) -> Option<Position> {
        row.opened.map(|opened| opened.position)
    }
}
