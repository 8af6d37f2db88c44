//! What a list shows of one conversation.

use std::collections::BTreeSet;

use convolog_domain::conversation::{ConversationOpened, Direction, Event as Said, MessageFacts};
use convolog_domain::{AgentId, ChannelId, ContactId, ConversationId, PersonId, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Mode, Position, Timestamp};
use serde::{Deserialize, Serialize};

use crate::fold::RowKey;
use crate::order::{Shown, seconds};
use crate::store::keys::Key;

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
    /// It is done, until the customer writes.
    Closed,
}

impl ConversationStatus {
    /// Every status, as the API names them.
    pub const NAMES: &'static [&'static str] = &["open", "closed"];

    pub(super) const fn code(self) -> u8 {
        match self {
            Self::Open => 1,
            Self::Closed => 2,
        }
    }
}

impl std::str::FromStr for ConversationStatus {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name {
            "open" => Ok(Self::Open),
            "closed" => Ok(Self::Closed),
            _ => Err(()),
        }
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
    /// The agent that was published on that channel.
    pub agent: Option<AgentId>,
    /// Test traffic or the real thing.
    pub test: bool,
}

/// A conversation that waits for a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handoff {
    /// Why.
    pub reason: String,
    /// Since when (seconds since 1970).
    pub since: i64,
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
    /// The member of the staff who has it.
    pub assignee: Option<PersonId>,
    /// That it waits for a person; agents are silent.
    pub handoff: Option<Handoff>,
    /// What it is about, in the words of the staff.
    pub tags: BTreeSet<String>,
    /// The event that holds its title.
    pub title: Option<Position>,
    /// Notes of the staff.
    pub notes: u64,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
    /// When it was deleted, if it is.
    pub deleted_at: Option<Timestamp>,
}

impl Opened {
    pub(super) const fn of(opened: &ConversationOpened, event: &Recorded) -> Self {
        Self {
            channel: opened.channel,
            contact: opened.contact,
            agent: opened.agent,
            position: event.position,
            at: event.at,
            test: matches!(event.mode, Mode::Test),
        }
    }
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

    /// Takes in anything but the opening.
    pub(super) fn take(&mut self, said: &Said, event: &Recorded) {
        match said {
            Said::MessageReceived(message) => self.said(event, &message.facts, true),
            Said::MessageEnriched(message) => self.said(event, &message.facts, false),
            Said::MessageRequested(request) => {
                self.outbound += 1;
                let shown = Shown::of(Some(request.requested_at), event.at, event.origin);
                self.heard(shown.second());
            }
            Said::ConversationOpened(_)
            | Said::MessageEdited(_)
            | Said::MessageRevoked(_)
            | Said::ReactionChanged(_)
            | Said::StatusReceived(_)
            | Said::AgentReplied(_)
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
            | Said::MessageMarkedRead(_) => {}
            Said::HandoffTriggered(triggered) => {
                let (reason, since) = (triggered.reason.clone(), triggered.at);
                self.handoff = Some(Handoff { reason, since });
            }
            Said::HandoffResolved(_) => self.handoff = None,
            Said::ConversationClaimed(claimed) => self.assignee = Some(claimed.assignee),
            Said::ConversationAssigned(assigned) => self.assignee = Some(assigned.assignee),
            Said::ConversationReleased(_) => self.assignee = None,
            Said::ConversationClosed(_) => {
                self.status = ConversationStatus::Closed;
                self.closed_at = Some(event.at);
            }
            Said::ConversationReopened(_) => {
                self.status = ConversationStatus::Open;
                self.closed_at = None;
            }
            Said::ConversationTagged(tagged) => self.tags = set(&tagged.tags),
            Said::ConversationUntagged(untagged) => self.tags = set(&untagged.tags),
            Said::NoteAdded(_) => self.notes += 1,
            Said::ConversationTitled(titled) => {
                self.title = (!titled.cleared).then_some(event.position);
            }
            Said::ConversationDeleted(_) => self.deleted_at = Some(event.at),
            Said::ConversationRestored(_) => self.deleted_at = None,
        }
    }

    pub(super) fn dump(&self) -> String {
        let Self {
            workspace,
            id,
            opened,
            status,
            last_message_at,
            inbound,
            outbound,
            assignee,
            handoff,
            tags,
            title,
            notes,
            closed_at,
            deleted_at,
        } = self;
        let opened = opened.as_ref().map(|opened| {
            let Opened { channel, contact, agent, position, at, test } = opened;
            format!(
                "channel {channel} contact {contact} agent {agent:?} at {position} ({}) test {test}",
                at.0
            )
        });
        format!(
            "conversation {workspace}/{id} {status:?} opened [{}] last_message_at {last_message_at:?} \
             inbound {inbound} outbound {outbound} assignee {assignee:?} handoff {handoff:?} tags {tags:?} title {title:?} \
             notes {notes} closed_at {closed_at:?} deleted_at {deleted_at:?}",
            opened.unwrap_or_default(),
        )
    }
}

fn set(tags: &[String]) -> BTreeSet<String> {
    tags.iter().cloned().collect()
}
