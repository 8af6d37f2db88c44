//! The read model `acts`: what operators and agents did with a conversation, one row an act, in the order in
//! which messages are shown; and what became of what a person wants to be sent, which belongs to all of
//! their conversations.
//!
//! A row is a place. Who acted and what it was is read from the log when it is shown.

use convolog_domain::contact::Event as Learned;
use convolog_domain::conversation::Event as Said;
use convolog_domain::{ContactId, ConversationId, Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Position, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::QueryError;
use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::order::seconds;
use crate::store::Walk;
use crate::store::keys::Key;
use crate::table::{Stretch, Table};

/// In the order shown: (workspace, conversation, second, position), as messages have it.
const IN_ORDER: u8 = 0x10;
/// The same of a contact: (workspace, contact, second, position).
const OF_CONTACT: u8 = 0x11;

/// One act.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ActRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// On which conversation.
    pub conversation: ConversationId,
    /// Whom it concerns, if it is about a person and no conversation.
    pub contact: Option<ContactId>,
    /// Where the event stands.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Acts;

/// Whether an event of a conversation is an operator's act.
pub(crate) const fn is_act(event: &Said) -> bool {
    match event {
        Said::ConversationOpened(_)
        | Said::MessageReceived(_)
        | Said::MessageEnriched(_)
        | Said::MessageEdited(_)
        | Said::MessageRevoked(_)
        | Said::ReactionChanged(_)
        | Said::MessageRequested(_)
        | Said::StatusReceived(_)
        | Said::MessageAttempted(_)
        | Said::MessageAccepted(_)
        | Said::MessageRejected(_)
        | Said::MessageUnanswered(_)
        | Said::MessageUndetermined(_)
        | Said::MessageCancelled(_)
        | Said::TemplateFellBack(_)
        | Said::MediaStored(_)
        | Said::MediaDelayed(_)
        | Said::MediaLost(_)
        | Said::MessageMarkedRead(_) => false,
        Said::AgentReplied(_)
        | Said::HandoffTriggered(_)
        | Said::HandoffResolved(_)
        | Said::ConversationClaimed(_)
        | Said::ConversationAssigned(_)
        | Said::ConversationReleased(_)
        | Said::ConversationClosed(_)
        | Said::ConversationReopened(_)
        | Said::ConversationTagged(_)
        | Said::ConversationUntagged(_)
        | Said::NoteAdded(_)
        | Said::ConversationTitled(_)
        | Said::ConversationDeleted(_)
        | Said::ConversationRestored(_) => true,
    }
}

/// Whether an event of a contact is about what they want to be sent.
pub(crate) const fn is_preference(event: &Learned) -> bool {
    matches!(event, Learned::OptedOut(_) | Learned::OptedIn(_))
}

impl ReadModel for Acts {
    const NAME: &'static str = "acts";
    const VERSION: u32 = 3;
    const FORMAT: u8 = 2;
    const KINDS: &'static [StreamKind] = &[StreamKind::Conversation, StreamKind::Contact];
    type Row = ActRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        let kept = match &event.event {
            Event::Conversation(said) => is_act(said),
            Event::Contact(learned) => is_preference(learned),
            _ => false,
        };
        if kept {
            keys.push(Key::part().uuid(event.workspace().0).u64(event.position.0).done());
        }
    }

    fn fold(row: &mut ActRow, event: &Recorded) -> Result<(), FoldError> {
        let of_contact = event.stream.kind == StreamKind::Contact;
        let contact = of_contact.then_some(ContactId(event.stream.id));
        let conversation = if of_contact { Uuid::nil() } else { event.stream.id };
        *row = ActRow {
            workspace: event.workspace(),
            conversation: ConversationId(conversation),
            contact,
            position: event.position,
            at: event.at,
        };
        Ok(())
    }

    fn index(_: &RowKey, row: &ActRow, entries: &mut Vec<IndexKey>) {
        let of = match row.contact {
            Some(contact) => Key::of(OF_CONTACT).uuid(row.workspace.0).uuid(contact.0),
            None => Key::of(IN_ORDER).uuid(row.workspace.0).uuid(row.conversation.0),
        };
        entries.push(of.i64(seconds(row.at)).u64(row.position.0).done());
    }

    fn dump(row: &ActRow) -> String {
        let ActRow { workspace, conversation, contact, position, at } = row;
        match contact {
            Some(contact) => format!("preference {workspace}/{contact} at {position} ({})", at.0),
            None => format!("act {workspace}/{conversation} at {position} ({})", at.0),
        }
    }
}

impl Table<Acts> {
    /// The acts of a conversation, beyond a place in the order shown.
    pub(crate) fn acts(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        (after, walk, limit): (Option<&[u8]>, Walk, usize),
        keep: impl Fn(&ActRow) -> bool,
    ) -> Result<Stretch<ActRow>, QueryError> {
        let prefix = Key::of(IN_ORDER).uuid(workspace.0).uuid(conversation.0).done();
        Ok(self.list(&prefix, after, walk, limit, keep)?)
    }

    /// What became of what a contact wants to be sent, beyond a place in the order shown.
    pub(crate) fn preferences(
        &self,
        workspace: WorkspaceId,
        contact: ContactId,
        (after, walk, limit): (Option<&[u8]>, Walk, usize),
        keep: impl Fn(&ActRow) -> bool,
    ) -> Result<Stretch<ActRow>, QueryError> {
        let prefix = Key::of(OF_CONTACT).uuid(workspace.0).uuid(contact.0).done();
        Ok(self.list(&prefix, after, walk, limit, keep)?)
    }
}
