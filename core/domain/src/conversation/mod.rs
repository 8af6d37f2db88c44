//! What one contact and one channel said to each other.
//!
//! Facts arrive late, twice and out of order. Every event names its message, so that a fold can
//! take them in any order and come to the same view. What operators do with it (take it, close it,
//! tag it) is decided on its state, one act after the other.

mod add_note;
mod assign;
mod attached;
mod attachments;
mod attention;
mod begin_attempt;
#[cfg(test)]
mod broadcast_tests;
mod cancel_message;
mod checked;
mod claim;
mod close;
mod delay_media;
mod delete;
mod fate;
#[cfg(test)]
mod fixtures;
mod give_up;
mod hand_back;
mod hand_off;
mod interactive;
mod mark_read;
mod media_events;
mod operator_act;
mod operator_events;
mod outgoing;
mod platform_error;
mod release;
mod reopen;
mod reply_as_agent;
mod responding_events;
#[cfg(test)]
mod responding_tests;
mod restore;
mod send_message;
mod sendable;
mod sending_events;
#[cfg(test)]
mod sending_tests;
mod set_title;
mod settle_attempt;
mod store_media;
mod tag;
pub mod unmatched;
mod untag;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::broadcast::Bulk;
use crate::contact::words::PreferenceWord;
use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::ids::{AgentId, ChannelId, ContactId, MessageId, PersonId};
use crate::refusal::{Refusal, RefusalCode};

pub use add_note::AddNote;
pub use assign::AssignConversation;
pub use attached::{Attached, links_of, name_for_platform};
pub use attachments::{Attachments, NextMedia, Wanted};
pub use attention::Attention;
pub use begin_attempt::BeginAttempt;
pub use cancel_message::CancelMessage;
pub use claim::ClaimConversation;
pub use close::CloseConversation;
pub use delay_media::DelayMedia;
pub use delete::DeleteConversation;
pub use fate::Fate;
pub use give_up::GiveUp;
pub use hand_back::HandBack;
pub use hand_off::HandOff;
pub use mark_read::MarkRead;
pub use media_events::{MarkOutcome, MediaDelayed, MediaLost, MediaStored, MessageMarkedRead};
pub use operator_act::OperatorAct;
pub use operator_events::{
    ConversationAssigned, ConversationClaimed, ConversationClosed, ConversationDeleted,
    ConversationReleased, ConversationReopened, ConversationRestored, ConversationTagged,
    ConversationTitled, ConversationUntagged, NoteAdded,
};
pub use outgoing::{Next, Outbox, Outgoing, Stage};
pub use platform_error::{ErrorClass, OPTED_OUT, Slows};
pub use release::ReleaseConversation;
pub use reopen::ReopenConversation;
pub use reply_as_agent::ReplyAsAgent;
pub use responding_events::{AgentReplied, Effort, HandoffResolved, HandoffTriggered, PassageUsed};
pub use restore::RestoreConversation;
pub use send_message::SendMessage;
pub use sendable::{MadeOf, Sendable};
pub use sending_events::{
    CannedUse, MessageAccepted, MessageAttempted, MessageCancelled, MessageRejected,
    MessageRequested, MessageUnanswered, MessageUndetermined, PassedOver, Settled, TemplateChoice,
    TemplateFellBack,
};
pub use set_title::SetTitle;
pub use settle_attempt::{Answer, SettleAttempt};
pub use store_media::StoreMedia;
pub use tag::TagConversation;
pub use untag::UntagConversation;

/// Who wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The contact.
    Inbound,
    /// The business.
    Outbound,
}

/// A conversation began.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationOpened {
    /// With which number.
    pub channel: ChannelId,
    /// With whom.
    pub contact: ContactId,
    /// The agent that was published on that channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
}

/// What is known of a message in the clear. Sealed: text, attachment, the platform's element.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageFacts {
    /// Which message.
    pub message: MessageId,
    /// Who wrote it.
    pub direction: Direction,
    /// The platform's type: `text`, `image`, `interactive` … unknown ones are kept as they are.
    pub kind: String,
    /// The platform's time (seconds since 1970), if it could be read.
    pub sent_at: Option<i64>,
    /// How much this delivery of the message tells; the fullest one is shown.
    pub rank: u8,
    /// Keyed hash of the canonical element.
    pub fragment: Hash32,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Error codes in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<i64>,
    /// It came from an advertisement or a post.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub referral: bool,
    /// It was said in a group.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub group: bool,
    /// Delivery status that came with it (history import).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history_status: Option<String>,
    /// It consists of a word by which people opt out, or come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<PreferenceWord>,
    /// It has a file that can be fetched from the platform until then (seconds since 1970).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_until: Option<i64>,
}

/// A message reached us (from the contact, or as the echo of one that the business wrote elsewhere).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct MessageReceived {
    /// What is known of it.
    pub facts: MessageFacts,
}

/// The same message reached us again and tells something else (late media, a resend).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct MessageEnriched {
    /// What is known of it now.
    pub facts: MessageFacts,
}

/// A message was edited. Sealed: the new text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageEdited {
    /// The edit's own id.
    pub id: MessageId,
    /// The message.
    pub target: MessageId,
    /// The platform's time (seconds since 1970), if it could be read.
    pub at: Option<i64>,
    /// Who edited.
    pub direction: Direction,
    /// Keyed hash of the canonical element.
    pub fragment: Hash32,
}

/// A message was taken back. What was said stays in history.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MessageRevoked {
    /// The revocation's own id.
    pub id: MessageId,
    /// The message.
    pub target: MessageId,
    /// The platform's time (seconds since 1970), if it could be read.
    pub at: Option<i64>,
    /// Who took it back.
    pub direction: Direction,
    /// Keyed hash of the canonical element.
    pub fragment: Hash32,
}

/// Somebody reacted to a message, or took the reaction back. Sealed: the emoji.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReactionChanged {
    /// The reaction's own id.
    pub id: MessageId,
    /// The message.
    pub target: MessageId,
    /// Who reacted.
    pub direction: Direction,
    /// The platform's time (seconds since 1970), if it could be read.
    pub at: Option<i64>,
    /// It was taken back.
    pub removed: bool,
    /// Keyed hash of the canonical element.
    pub fragment: Hash32,
}

/// What the platform charges, as it said.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Pricing {
    /// `PMP` or `CBP`.
    pub model: Option<String>,
    /// `marketing`, `utility`, `service` …
    pub category: Option<String>,
    /// `regular`, `free_customer_service` …
    pub kind: Option<String>,
    /// Whether it is charged.
    pub billable: Option<bool>,
}

/// The platform said what became of a message. A fact; the shown status is a fold of all facts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatusReceived {
    /// Which message.
    pub message: MessageId,
    /// With which number.
    pub channel: ChannelId,
    /// `sent`, `delivered`, `read`, `played`, `failed`; unknown ones are kept as they are.
    pub status: String,
    /// The platform's time (seconds since 1970), if it could be read.
    pub at: Option<i64>,
    /// Keyed hash of (message, status, recipient): the fact.
    pub fact: Hash32,
    /// Keyed hash of the canonical element: this telling of it.
    pub fragment: Hash32,
    /// Error codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<i64>,
    /// What it costs, if the platform said so here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Pricing>,
    /// The calling code of the recipient's country, where something is charged: prices differ by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market: Option<String>,
    /// It is about a call, not a message.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub call: bool,
    /// The recipient of a broadcast that the message was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
}

events! {
    /// What happened in a conversation.
    Conversation {
        1 "conversation_opened" @1 ConversationOpened(ConversationOpened) by [intake],
        2 "message_received" @1 MessageReceived(MessageReceived) seals [Message] by [intake],
        3 "message_enriched" @1 MessageEnriched(MessageEnriched) seals [Message] by [intake],
        4 "message_edited" @1 MessageEdited(MessageEdited) seals [Message] by [intake],
        5 "message_revoked" @1 MessageRevoked(MessageRevoked) seals [Message] by [intake],
        6 "reaction_changed" @1 ReactionChanged(ReactionChanged) seals [Message]
            by [intake, settle_attempt::SettleAttempt],
        7 "message_requested" @1 MessageRequested(MessageRequested) seals [Message]
            by [send_message::SendMessage],
        8 "status_received" @1 StatusReceived(StatusReceived) seals [Status] by [intake],
        9 "conversation_claimed" @1 ConversationClaimed(ConversationClaimed)
            by [claim::ClaimConversation],
        10 "conversation_assigned" @1 ConversationAssigned(ConversationAssigned)
            by [assign::AssignConversation],
        11 "conversation_released" @1 ConversationReleased(ConversationReleased)
            by [release::ReleaseConversation],
        12 "conversation_closed" @1 ConversationClosed(ConversationClosed)
            by [close::CloseConversation],
        13 "conversation_reopened" @1 ConversationReopened(ConversationReopened)
            by [reopen::ReopenConversation],
        14 "conversation_tagged" @1 ConversationTagged(ConversationTagged)
            by [tag::TagConversation],
        15 "conversation_untagged" @1 ConversationUntagged(ConversationUntagged)
            by [untag::UntagConversation],
        16 "note_added" @1 NoteAdded(NoteAdded) seals [Note] by [add_note::AddNote],
        17 "conversation_titled" @1 ConversationTitled(ConversationTitled) seals [Title]
            by [set_title::SetTitle],
        18 "conversation_deleted" @1 ConversationDeleted(ConversationDeleted)
            by [delete::DeleteConversation],
        19 "conversation_restored" @1 ConversationRestored(ConversationRestored)
            by [restore::RestoreConversation],
        20 "message_attempted" @1 MessageAttempted(MessageAttempted)
            by [begin_attempt::BeginAttempt],
        21 "message_accepted" @1 MessageAccepted(MessageAccepted) seals [Status]
            by [settle_attempt::SettleAttempt],
        22 "message_rejected" @1 MessageRejected(MessageRejected) seals [Status]
            by [begin_attempt::BeginAttempt, settle_attempt::SettleAttempt],
        23 "message_unanswered" @1 MessageUnanswered(MessageUnanswered) seals [Status]
            by [settle_attempt::SettleAttempt],
        24 "message_undetermined" @1 MessageUndetermined(MessageUndetermined)
            by [give_up::GiveUp],
        25 "message_cancelled" @1 MessageCancelled(MessageCancelled)
            by [cancel_message::CancelMessage, delete::DeleteConversation],
        26 "agent_replied" @1 AgentReplied(AgentReplied) by [reply_as_agent::ReplyAsAgent],
        27 "handoff_triggered" @1 HandoffTriggered(HandoffTriggered)
            by [reply_as_agent::ReplyAsAgent, hand_off::HandOff, send_message::SendMessage,
                settle_attempt::SettleAttempt, give_up::GiveUp],
        28 "handoff_resolved" @1 HandoffResolved(HandoffResolved)
            by [hand_back::HandBack, close::CloseConversation],
        29 "media_stored" @1 MediaStored(MediaStored) seals [Media]
            by [store_media::StoreMedia],
        30 "media_delayed" @1 MediaDelayed(MediaDelayed) by [delay_media::DelayMedia],
        31 "media_lost" @1 MediaLost(MediaLost) by [delay_media::DelayMedia],
        32 "message_marked_read" @1 MessageMarkedRead(MessageMarkedRead) by [mark_read::MarkRead],
        50 "template_fell_back" @1 TemplateFellBack(TemplateFellBack)
            by [settle_attempt::SettleAttempt],
    }
}

/// What the history of a conversation amounts to for decisions: with whom, on which number, and
/// what operators made of it.
///
/// Of its messages only those on their way out. Claims answer every other question that a decision
/// has about one (is it known, is this telling of it known, is this status known), so the state of
/// a conversation of 100,000 messages is as small as that of a new one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// With which number and with whom; none before it began.
    pub opened: Option<ConversationOpened>,
    /// Nobody waits for anything any more.
    pub closed: bool,
    /// It was taken out of the lists.
    pub deleted: bool,
    /// The member of the staff who has it.
    pub assignee: Option<PersonId>,
    /// What it is about, in the words of the staff.
    pub tags: BTreeSet<String>,
    /// It has a title (which is sealed).
    pub titled: bool,
    /// What is on its way out.
    pub outbox: Outbox,
    /// Who is to answer.
    pub attention: Attention,
    /// Files that are still to be fetched.
    pub attachments: Attachments,
}

impl State {
    /// Whether it is out of the way, so that a customer's next message must bring it back.
    pub const fn shelved(&self) -> bool {
        self.closed || self.deleted
    }

    /// How it began.
    fn begun(&self) -> Result<&ConversationOpened, Refusal> {
        self.opened
            .as_ref()
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such conversation"))
    }

    /// How it began, if it is in the lists, so that somebody can work on it.
    fn workable(&self) -> Result<&ConversationOpened, Refusal> {
        let opened = self.begun()?;
        if self.deleted {
            let detail = "this conversation was deleted; restore it first";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(opened)
    }
}

/// What one contact and one channel said to each other.
#[derive(Clone, Copy, Debug)]
pub struct Conversation;

impl Aggregate for Conversation {
    const KIND: StreamKind = StreamKind::Conversation;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::ConversationOpened(opened) => state.opened = Some(opened.clone()),
            Event::MessageEnriched(enriched) => state.attachments.told(&enriched.facts),
            Event::MediaStored(stored) => state.attachments.done(stored.message),
            Event::MediaDelayed(delayed) => state.attachments.delayed(delayed),
            Event::MediaLost(lost) => state.attachments.done(lost.message),
            Event::MessageEdited(_)
            | Event::MessageRevoked(_)
            | Event::ReactionChanged(_)
            | Event::MessageMarkedRead(_)
            | Event::NoteAdded(_) => {}
            Event::MessageReceived(received) => {
                state.outbox.heard(&received.facts);
                state.attention.heard(&received.facts);
                state.attachments.told(&received.facts);
            }
            Event::MessageRequested(requested) => {
                state.outbox.requested(requested);
                // What is said to many, or to nobody, answers nobody.
                if requested.bulk.is_none() && !requested.sandbox {
                    state.attention.spoke();
                }
            }
            Event::AgentReplied(replied) => {
                state.attention.replied(replied);
                state.outbox.replied(replied);
            }
            Event::HandoffTriggered(triggered) => state.attention.handed_off(triggered),
            Event::HandoffResolved(_) => state.attention.handed_back(),
            Event::MessageAttempted(attempted) => state.outbox.attempted(attempted),
            Event::MessageAccepted(accepted) => state.outbox.accepted(accepted),
            Event::MessageRejected(rejected) => state.outbox.rejected(rejected),
            Event::TemplateFellBack(fell_back) => state.outbox.fell_back(fell_back),
            Event::MessageUnanswered(unanswered) => state.outbox.unanswered(unanswered),
            Event::MessageUndetermined(undetermined) => state.outbox.undetermined(undetermined),
            Event::MessageCancelled(cancelled) => state.outbox.cancelled(cancelled),
            Event::StatusReceived(status) => state.outbox.became(status),
            Event::ConversationClaimed(claimed) => state.assignee = Some(claimed.assignee),
            Event::ConversationAssigned(assigned) => state.assignee = Some(assigned.assignee),
            Event::ConversationReleased(_) => state.assignee = None,
            Event::ConversationClosed(_) => state.closed = true,
            Event::ConversationReopened(_) => state.closed = false,
            Event::ConversationTagged(tagged) => {
                state.tags = tagged.tags.iter().cloned().collect();
            }
            Event::ConversationUntagged(untagged) => {
                state.tags = untagged.tags.iter().cloned().collect();
            }
            Event::ConversationTitled(titled) => state.titled = !titled.cleared,
            Event::ConversationDeleted(_) => state.deleted = true,
            Event::ConversationRestored(_) => state.deleted = false,
        }
    }
}
