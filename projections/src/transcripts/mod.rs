//! The read model `transcripts`: one row a message, made of positions and facts.
//!
//! Facts about a message arrive late, twice and out of order. Each event is turned into what it
//! tells, and tellings are joined: whatever the order and however often, the row is the same. What
//! is told of a message before the message itself makes a row that is not shown yet.

mod join;
mod query;
mod row;
mod status;
mod telling;

use convolog_domain::{Event, StreamKind};
use convolog_engine::Recorded;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::store::keys::Key;

pub use query::{MessageQuery, Queued};
pub use row::{
    Attachment, Edit, Fact, Kept, MessageRow, Priced, Reaction, Revoked, Said, Spoken, Told, Tried,
};
pub use status::{MessageStatus, Outstanding};

/// In the order shown: (workspace, conversation, second, first position).
const IN_ORDER: u8 = 0x10;
/// Asked for, and not known to have left: (workspace, conversation, first position).
const QUEUED: u8 = 0x11;
/// With a file that is still to be fetched: (workspace, conversation, first position).
const PENDING: u8 = 0x12;
/// Asked for, and not known to have arrived well: (workspace, status, first position).
const OUTSTANDING: u8 = 0x13;

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Transcripts;

impl ReadModel for Transcripts {
    const NAME: &'static str = "transcripts";
    const VERSION: u32 = 6;
    const FORMAT: u8 = 3;
    const KINDS: &'static [StreamKind] = &[StreamKind::Conversation];
    type Row = MessageRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        if let Event::Conversation(said) = &event.event {
            let message = telling::target(said);
            keys.extend(message.map(|id| MessageRow::key(event.workspace(), id)));
        }
    }

    fn fold(row: &mut MessageRow, event: &Recorded) -> Result<(), FoldError> {
        let Event::Conversation(said) = &event.event else {
            return Err(FoldError("an event of another kind in a conversation".into()));
        };
        if let Some(told) = telling::told(said, event) {
            row.join(told);
        }
        Ok(())
    }

    fn index(_: &RowKey, row: &MessageRow, entries: &mut Vec<IndexKey>) {
        let Some(spoken) = &row.spoken else { return };
        entries.push(
            Key::of(IN_ORDER)
                .uuid(row.workspace.0)
                .uuid(spoken.conversation.0)
                .i64(spoken.shown.second())
                .u64(spoken.first.0)
                .done(),
        );
        if spoken.requested && row.status() == Some(MessageStatus::Queued) {
            let of = Key::of(QUEUED).uuid(row.workspace.0).uuid(spoken.conversation.0);
            entries.push(of.u64(spoken.first.0).done());
        }
        if row.attachment.as_ref().is_some_and(Attachment::is_pending) {
            let of = Key::of(PENDING).uuid(row.workspace.0).uuid(spoken.conversation.0);
            entries.push(of.u64(spoken.first.0).done());
        }
        if let Some(status) = row.status().and_then(Outstanding::of).filter(|_| spoken.requested) {
            let of = Key::of(OUTSTANDING).uuid(row.workspace.0).u8(status.code());
            entries.push(of.u64(spoken.first.0).done());
        }
    }

    fn dump(row: &MessageRow) -> String {
        row.dump()
    }
}
