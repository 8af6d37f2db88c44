//! What is known of one message.

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::conversation::{CannedUse, Direction, Pricing};
use convolog_domain::{ConversationId, Hash32, MediaId, MessageId, WorkspaceId};
use convolog_log::Position;
use serde::{Deserialize, Serialize};

use crate::fold::RowKey;
use crate::order::Shown;
use crate::store::keys::Key;

/// One message.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MessageRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: MessageId,
    /// The message itself; a row without it is not shown.
    pub spoken: Option<Spoken>,
    /// The newest edit.
    pub edit: Option<Edit>,
    /// It was taken back; what was said stays in history.
    pub revoked: Option<Revoked>,
    /// What the contact made of it.
    pub reaction_inbound: Option<Reaction>,
    /// What the business made of it.
    pub reaction_outbound: Option<Reaction>,
    /// What the platform said became of it, by status.
    pub statuses: BTreeMap<String, Fact>,
    /// Error codes that came with statuses.
    pub errors: BTreeSet<i64>,
    /// What it costs.
    pub pricing: Option<Priced>,
    /// Its file, if one can be, or could be, fetched.
    pub attachment: Option<Attachment>,
    /// The file of the business that it sends.
    pub media: Option<MediaId>,
    /// The canned reply that it was made from.
    pub canned: Option<CannedUse>,
}

/// What is known of the file of a message. Whatever came of it, the furthest counts: kept, lost, tried
/// again.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Attachment {
    /// The event that keeps it.
    pub kept: Option<Kept>,
    /// It will never be here: the event, and why.
    pub lost: Option<(Position, String)>,
    /// The newest try that failed.
    pub tried: Option<Tried>,
}

/// A file that is kept.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The event that says where.
    pub position: Position,
    /// Bytes of the file.
    pub size: u64,
    /// Its type.
    pub mime_type: String,
}

/// A try to fetch a file that failed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Tried {
    /// The how manieth, from 1.
    pub attempt: u32,
    /// When the next one is (seconds since 1970).
    pub retry_at: i64,
    /// Why it failed.
    pub reason: String,
}

impl Attachment {
    /// Whether it is still to be fetched.
    pub const fn is_pending(&self) -> bool {
        self.kept.is_none() && self.lost.is_none()
    }
}

/// That a message was said, by all that was told of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Spoken {
    /// In which conversation: that of the first event.
    pub conversation: ConversationId,
    /// The second by which it is ordered.
    pub shown: Shown,
    /// The first event that told of it; orders messages of one second.
    pub first: Position,
    /// When that event was recorded (seconds since 1970).
    pub recorded_at: i64,
    /// Whether it was asked for here, so that it is queued until the platform says otherwise.
    pub requested: bool,
    /// Whether any telling was live, not imported.
    pub live: bool,
    /// Whether it is the real thing, not a test.
    pub real: bool,
    /// The fullest telling: the one that is shown.
    pub told: Told,
}

/// One telling of a message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Told {
    /// How much the platform's telling says; none for our own request, which goes before any telling
    /// by the platform: nobody knows better what was sent.
    pub rank: Option<u8>,
    /// Of two that tell as much, the larger hash is shown.
    pub fragment: Hash32,
    /// The event that holds its content.
    pub position: Position,
    /// Facts in the clear.
    pub said: Said,
}

/// What a telling says in the clear.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Who wrote.
    pub direction: Direction,
    /// The platform's type.
    pub kind: String,
    /// The platform's time as given (seconds since 1970).
    pub sent_at: Option<i64>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Error codes in it.
    pub errors: Vec<i64>,
    /// It came from an advertisement or a post.
    pub referral: bool,
    /// It was said in a group.
    pub group: bool,
}

/// An edit. The latest by (second, id, hash) is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// The platform's time (seconds since 1970).
    pub at: Option<i64>,
    /// The edit's own id.
    pub id: MessageId,
    /// The telling of it.
    pub fragment: Hash32,
    /// The event that holds the new text.
    pub position: Position,
}

/// A revocation. The first by (second, id, hash) counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Revoked {
    /// The platform's time (seconds since 1970).
    pub at: Option<i64>,
    /// The revocation's own id.
    pub id: MessageId,
    /// The telling of it.
    pub fragment: Hash32,
    /// The event.
    pub position: Position,
}

/// A reaction, or that it was taken back. The latest by (second, id, hash) of each side is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reaction {
    /// The platform's time (seconds since 1970).
    pub at: Option<i64>,
    /// The reaction's own id.
    pub id: MessageId,
    /// The telling of it.
    pub fragment: Hash32,
    /// The event that holds the emoji.
    pub position: Position,
    /// It was taken back.
    pub removed: bool,
}

/// What the platform said became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fact {
    /// The earliest time that the platform gave for it (seconds since 1970).
    pub at: Option<i64>,
    /// The telling with the most to say about what went wrong: (errors, hash).
    pub best: (usize, Hash32),
    /// The event of that telling.
    pub position: Position,
}

/// What a message costs. The telling that says most is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Priced {
    /// As the platform said.
    pub pricing: Pricing,
}

impl MessageRow {
    /// The key of a message's row. The conversation is no part of it: a reaction may come in
    /// through another conversation of the same person.
    pub fn key(workspace: WorkspaceId, message: MessageId) -> RowKey {
        Key::part().uuid(workspace.0).uuid(message.0).done()
    }

    pub(crate) fn dump(&self) -> String {
        let Self {
            workspace,
            id,
            spoken,
            edit,
            revoked,
            reaction_inbound,
            reaction_outbound,
            statuses,
            errors,
            pricing,
            attachment,
            media,
            canned,
        } = self;
        let attachment = attachment.as_ref().map(|file| format!(" attachment {file:?}"));
        let media = media.map(|media| format!(" media {media}"));
        let canned = canned.as_ref().map(|canned| format!(" canned {canned:?}"));
        format!(
            "message {workspace}/{id} {spoken:?} edit {edit:?} revoked {revoked:?} \
             reactions {reaction_inbound:?} {reaction_outbound:?} statuses {statuses:?} \
             errors {errors:?} pricing {pricing:?}{}{}{}",
            attachment.unwrap_or_default(),
            media.unwrap_or_default(),
            canned.unwrap_or_default(),
        )
    }
}
