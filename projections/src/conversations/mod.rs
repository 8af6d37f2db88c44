//! The read model `conversations`: what lists of conversations show, one row each.
//!
//! Names, texts and numbers are not here: a row leads to the contact and the log.

mod query;

use convolog_domain::conversation::{Direction, Event as Said, MessageFacts};
use convolog_domain::{ChannelId, ContactId, ConversationId, Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Mode, Position, Timestamp};
use serde::{Deserialize, Serialize};

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::order::{Shown, seconds};
use crate::store::keys::Key;

pub use query::{ConversationOrder, ConversationQuery};
pub(crate) use query::{Filter, place_at};

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

/// Whether a conversation is being had.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ConversationStatus {
    /// It goes on.
    #[default]
    Open,
}

impl ConversationStatus {
    /// Every status, as the API names them.
    pub const NAMES: &'static [&'static str] = &["open"];

    const fn code(self) -> u8 {
        match self {
            Self::Open => 1,
        }
    }
}

impl std::str::FromStr for ConversationStatus {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        if name == "open" { Ok(Self::Open) } else { Err(()) }
    }
}

/// How a conversation began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// With which number.
    pub channel: ChannelId,
    /// With whom. May have been merged into another contact since.
    pub contact: ContactId,
    /// Where the event stands.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
    /// Test traffic or the real thing.
    pub test: bool,
}

/// One conversation.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ConversationRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: ConversationId,
    /// How it began; a row without it is not shown.
    pub opened: Option<Opened>,
    /// Whether it goes on.
    pub status: ConversationStatus,
    /// The second of the newest message, as messages are ordered.
    pub last_message_at: Option<i64>,
    /// Messages from the contact.
    pub inbound: u64,
    /// Messages from the business.
    pub outbound: u64,
}

impl ConversationRow {
    /// The key of a conversation's row.
    pub fn key(workspace: WorkspaceId, id: ConversationId) -> RowKey {
        Key::part().uuid(workspace.0).uuid(id.0).done()
    }

    /// The second by which lists order conversations: of the newest message, else of the opening.
    pub fn activity(&self) -> i64 {
        let opened = self.opened.as_ref().map_or(0, |opened| seconds(opened.at));
        self.last_message_at.unwrap_or(opened)
    }

    fn said(&mut self, event: &Recorded, facts: &MessageFacts, first: bool) {
        self.heard(Shown::of(facts.sent_at, event.at, event.origin).second());
        if first {
            *match facts.direction {
                Direction::Inbound => &mut self.inbound,
                Direction::Outbound => &mut self.outbound,
            } += 1;
        }
    }

    fn heard(&mut self, second: i64) {
        self.last_message_at = self.last_message_at.max(Some(second));
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Conversations;

impl ReadModel for Conversations {
    const NAME: &'static str = "conversations";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
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
        match said {
            Said::ConversationOpened(opened) => {
                row.opened = Some(Opened {
                    channel: opened.channel,
                    contact: opened.contact,
                    position: event.position,
                    at: event.at,
                    test: event.mode == Mode::Test,
                });
            }
            Said::MessageReceived(message) => row.said(event, &message.facts, true),
            Said::MessageEnriched(message) => row.said(event, &message.facts, false),
            Said::MessageRequested(request) => {
                row.outbound += 1;
                let shown = Shown::of(Some(request.requested_at), event.at, event.origin);
                row.heard(shown.second());
            }
            Said::MessageEdited(_)
            | Said::MessageRevoked(_)
            | Said::ReactionChanged(_)
            | Said::StatusReceived(_) => {}
        }
        Ok(())
    }

    fn index(_: &RowKey, row: &ConversationRow, entries: &mut Vec<IndexKey>) {
        let Some(opened) = &row.opened else { return };
        let (activity, position) = (row.activity(), opened.position.0);
        let of = |table| Key::of(table).uuid(row.workspace.0);
        let channel = |table| of(table).uuid(opened.channel.0);
        entries.push(of(BY_ACTIVITY).i64(activity).uuid(row.id.0).done());
        entries.push(channel(BY_CHANNEL_ACTIVITY).i64(activity).uuid(row.id.0).done());
        entries.push(of(BY_CREATION).u64(position).done());
        entries.push(channel(BY_CHANNEL_CREATION).u64(position).done());
        entries.push(of(BY_CONTACT).uuid(opened.contact.0).u64(position).done());
    }

    fn dump(row: &ConversationRow) -> String {
        let ConversationRow { workspace, id, opened, status, last_message_at, inbound, outbound } =
            row;
        let opened = opened.as_ref().map(|opened| {
            let Opened { channel, contact, position, at, test } = opened;
            format!("channel {channel} contact {contact} at {position} ({}) test {test}", at.0)
        });
        format!(
            "conversation {workspace}/{id} {status:?} opened [{}] last_message_at {last_message_at:?} \
             inbound {inbound} outbound {outbound}",
            opened.unwrap_or_default(),
        )
    }
}
