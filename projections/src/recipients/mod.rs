//! The read model `recipients`: who is to hear a broadcast, and what became of their message. One row a
//! recipient.
//!
//! Everything that happens to a message of a broadcast names its recipient, so that a fold needs
//! nothing but its own row. Facts come late and in any order; the outcome shown is the farthest.

mod query;

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::broadcast::{Bulk, Event as Ordered};
use convolog_domain::conversation::{Event as Said, OPTED_OUT};
use convolog_domain::{
    BroadcastId, ContactId, ConversationId, Event, MessageId, StreamKind, WorkspaceId,
};
use convolog_engine::Recorded;
use convolog_log::Position;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::store::keys::Key;

pub use query::Counts;

/// By outcome: (workspace, broadcast, outcome, number).
const BY_OUTCOME: u8 = 0x10;

/// What became of a recipient.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RecipientOutcome")]
#[repr(u8)]
pub enum Outcome {
    /// Their turn has not come.
    #[default]
    Waiting = 0,
    /// Their message waits in their conversation, or is being handed over.
    Queued = 1,
    /// The platform has it.
    Accepted = 2,
    /// It was sent.
    Sent = 3,
    /// It arrived.
    Delivered = 4,
    /// It was read.
    Read = 5,
    /// It failed.
    Failed = 6,
    /// They do not want it.
    Suppressed = 7,
    /// They were passed over for another reason.
    Skipped = 8,
    /// It was taken back.
    Cancelled = 9,
    /// Nobody knows whether the platform has it.
    Undetermined = 10,
    /// It was handed over without an answer: a sign of it is waited for.
    Unanswered = 11,
}

impl Outcome {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::Waiting,
        Self::Queued,
        Self::Accepted,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Failed,
        Self::Suppressed,
        Self::Skipped,
        Self::Cancelled,
        Self::Undetermined,
        Self::Unanswered,
    ];

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Queued => "queued",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Suppressed => "suppressed",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
            Self::Undetermined => "undetermined",
            Self::Unanswered => "unanswered",
        }
    }

    #[expect(clippy::as_conversions, reason = "the discriminant is the number")]
    const fn code(self) -> u8 {
        self as u8
    }
}

/// One recipient.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RecipientRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Of which broadcast.
    pub broadcast: BroadcastId,
    /// The how manieth.
    pub number: u32,
    /// Who, and where it stands what is filled in for them; a row without it is not shown.
    pub added: Option<(ContactId, Position)>,
    /// Why they were passed over.
    pub skipped: Option<String>,
    /// Their message.
    pub message: Option<(ConversationId, MessageId)>,
    /// What was heard of it.
    pub facts: BTreeSet<Outcome>,
    /// Why it failed.
    pub codes: BTreeSet<i64>,
}

impl RecipientRow {
    /// The key of a recipient's row.
    pub fn key(workspace: WorkspaceId, bulk: Bulk) -> RowKey {
        let of = Key::part().uuid(workspace.0).uuid(bulk.broadcast.0);
        of.u64(u64::from(bulk.recipient)).done()
    }

    /// What became of them: who read a message has it, whatever else was said.
    pub fn outcome(&self) -> Outcome {
        if let Some(reason) = &self.skipped {
            return if reason == "opted_out" { Outcome::Suppressed } else { Outcome::Skipped };
        }
        let heard = |fact: Outcome| self.facts.contains(&fact).then_some(fact);
        let arrived = heard(Outcome::Read).or_else(|| heard(Outcome::Delivered));
        arrived
            .or_else(|| heard(Outcome::Suppressed))
            .or_else(|| heard(Outcome::Failed))
            .or_else(|| heard(Outcome::Sent))
            .or_else(|| heard(Outcome::Accepted))
            .or_else(|| heard(Outcome::Cancelled))
            .or_else(|| heard(Outcome::Undetermined))
            .or_else(|| heard(Outcome::Unanswered))
            .or(self.message.map(|_| Outcome::Queued))
            .unwrap_or_default()
    }

    fn hear(&mut self, said: &Said, conversation: ConversationId) {
        let fact = match said {
            Said::MessageRequested(requested) => {
                self.message = Some((conversation, requested.message));
                return;
            }
            Said::MessageAccepted(_) => Outcome::Accepted,
            Said::MessageRejected(rejected) if rejected.is_final() => {
                self.codes.extend(rejected.code);
                // What never left because they opted out meanwhile.
                let unwanted = rejected.code == Some(OPTED_OUT) && rejected.attempt == 0;
                if unwanted { Outcome::Suppressed } else { Outcome::Failed }
            }
            Said::MessageUnanswered(_) => Outcome::Unanswered,
            Said::MessageUndetermined(_) => Outcome::Undetermined,
            Said::MessageCancelled(_) => Outcome::Cancelled,
            Said::StatusReceived(status) => match status.status.as_str() {
                "sent" => Outcome::Sent,
                "delivered" => Outcome::Delivered,
                "read" | "played" => Outcome::Read,
                "failed" => {
                    self.codes.extend(&status.errors);
                    Outcome::Failed
                }
                _ => return,
            },
            _ => return,
        };
        self.facts.insert(fact);
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Recipients;

/// For which recipient an event happened.
const fn bulk_of(said: &Said) -> Option<Bulk> {
    match said {
        Said::MessageRequested(event) => event.bulk,
        Said::MessageAccepted(event) => event.bulk,
        Said::MessageRejected(event) => event.bulk,
        Said::MessageUnanswered(event) => event.bulk,
        Said::MessageUndetermined(event) => event.bulk,
        Said::MessageCancelled(event) => event.bulk,
        Said::StatusReceived(event) => event.bulk,
        _ => None,
    }
}

fn of(event: &Recorded) -> Option<Bulk> {
    let broadcast = BroadcastId(event.stream.id);
    match &event.event {
        Event::Broadcast(Ordered::RecipientAdded(added)) => {
            Some(Bulk { broadcast, recipient: added.number })
        }
        Event::Broadcast(Ordered::RecipientSkipped(skipped)) => {
            Some(Bulk { broadcast, recipient: skipped.number })
        }
        Event::Conversation(said) => bulk_of(said),
        _ => None,
    }
}

impl ReadModel for Recipients {
    const NAME: &'static str = "recipients";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Broadcast, StreamKind::Conversation];
    type Row = RecipientRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        keys.extend(of(event).map(|bulk| RecipientRow::key(event.workspace(), bulk)));
    }

    fn fold(row: &mut RecipientRow, event: &Recorded) -> Result<(), FoldError> {
        let Some(bulk) = of(event) else {
            return Err(FoldError("an event that concerns no recipient".into()));
        };
        row.workspace = event.workspace();
        (row.broadcast, row.number) = (bulk.broadcast, bulk.recipient);
        match &event.event {
            Event::Broadcast(Ordered::RecipientAdded(added)) => {
                row.added = Some((added.contact, event.position));
            }
            Event::Broadcast(Ordered::RecipientSkipped(skipped)) => {
                row.skipped = Some(skipped.reason.clone());
            }
            Event::Conversation(said) => row.hear(said, ConversationId(event.stream.id)),
            _ => {}
        }
        Ok(())
    }

    fn index(_: &RowKey, row: &RecipientRow, entries: &mut Vec<IndexKey>) {
        let of = Key::of(BY_OUTCOME).uuid(row.workspace.0).uuid(row.broadcast.0);
        entries.push(of.u8(row.outcome().code()).u64(u64::from(row.number)).done());
    }

    fn dump(row: &RecipientRow) -> String {
        let RecipientRow { workspace, broadcast, number, added, skipped, message, facts, codes } =
            row;
        let facts: BTreeMap<_, _> = facts.iter().map(|fact| (fact, fact.name())).collect();
        format!(
            "recipient {workspace}/{broadcast}/{number} added {added:?} skipped {skipped:?} message \
             {message:?} facts {:?} codes {codes:?}",
            facts.values()
        )
    }
}
