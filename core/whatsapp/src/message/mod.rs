//! One message as WhatsApp sends it: written by a person, echoed from the business's own telephone, or out
//! of a history import.
//!
//! Typed as far as a conversation needs; the fragment has the rest. Reading never fails. `Debug` shows
//! types and codes, never content, people or wamids.

mod context;
mod kind;

use std::fmt;

pub use context::{Context, Edit, Product, Referral};
pub use kind::{Interactive, MessageType, SystemEvent};
pub(crate) use kind::{content_of, kind_of};

use crate::json::Value;
use crate::media::Media;
use crate::party::{FROM, Party, TO};
use crate::rank::Rank;
use crate::status::{ErrorInfo, StatusKind};
use crate::text;

/// Whether a message went to the business or came from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// From a person to the business.
    Inbound,
    /// From the business to a person.
    Outbound,
}

/// How a message came to us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// As it happened.
    Live,
    /// Sent by the business by other means (its app); reported to us.
    Echo,
    /// Out of a history import: opens no window, triggers nothing.
    History,
}

/// Whom a message was exchanged with that names nobody.
static NOBODY: Party = Party {
    phone: None,
    bsuid: None,
    parent_bsuid: None,
    username: None,
    profile_name: None,
    other: None,
};

/// A message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id; missing only in broken ones.
    pub wamid: Option<String>,
    /// To or from the business.
    pub direction: Direction,
    /// How it came to us.
    pub origin: Origin,
    /// Who wrote it. Of an outbound message: the business.
    pub sender: Party,
    /// Whom an outbound message was for.
    pub to: Option<Party>,
    /// Seconds since 1970 as sent; `None` if missing or unreadable.
    pub timestamp: Option<i64>,
    /// The group it was written in.
    pub group_id: Option<String>,
    /// What it is.
    pub kind: MessageType,
    /// What a person would read in a transcript: body, caption, title of what was tapped, emoji, …
    pub text: Option<String>,
    /// Its file.
    pub media: Option<Media>,
    /// What it answers or is about.
    pub context: Option<Context>,
    /// Where the person came from.
    pub referral: Option<Referral>,
    /// The wamid that a reaction, edit or revoke is about.
    pub target: Option<String>,
    /// What an edit makes of its target.
    pub edit: Option<Edit>,
    /// The identifiers that a system message announces.
    pub new_identity: Option<Party>,
    /// The identifiers that it says to be gone, beside those of the sender.
    pub old_identity: Option<Party>,
    /// Hash of the person's encryption identity.
    pub identity_hash: Option<String>,
    /// `unsupported.type`: what WhatsApp did not hand out.
    pub unsupported_type: Option<String>,
    /// Errors that came with it.
    pub errors: Vec<ErrorInfo>,
    /// `history_context.status`: what had become of it before the import.
    pub history_status: Option<StatusKind>,
    /// How good this variant is.
    pub rank: Rank,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("kind", &self.kind)
            .field("direction", &self.direction)
            .field("origin", &self.origin)
            .field("rank", &self.rank)
            .field("sender", &self.sender)
            .field("text", &self.text.is_some())
            .field("media", &self.media)
            .field("target", &self.target.is_some())
            .field("errors", &self.errors)
            .finish_non_exhaustive()
    }
}

impl Message {
    /// The person (not the business) that this message was exchanged with; unknown if nobody is named.
    pub fn customer(&self) -> &Party {
        match self.direction {
            Direction::Inbound => &self.sender,
            Direction::Outbound => self.to.as_ref().unwrap_or(&NOBODY),
        }
    }

    pub(crate) fn customer_mut(&mut self) -> &mut Party {
        match self.direction {
            Direction::Inbound => &mut self.sender,
            Direction::Outbound => self.to.get_or_insert_default(),
        }
    }

    /// A reaction without an emoji takes the reaction back.
    pub fn is_removed_reaction(&self) -> bool {
        self.kind == MessageType::Reaction && self.text.is_none()
    }

    /// Reads an element of `messages[]` or `message_echoes[]`.
    pub(crate) fn read(value: Value<'_>, origin: Origin, direction: Direction) -> Self {
        let kind = kind_of(value);
        let content = content_of(value, &kind);
        let to_group = value.text_of("recipient_type").is_some_and(|kind| kind == "group");
        let mut message = Self {
            wamid: value.id_of("id"),
            direction,
            origin,
            sender: Party::of(value, &FROM),
            to: Some(Party::of(value, &TO)).filter(|to| !to.is_unknown() && !to_group),
            timestamp: value.int_of("timestamp"),
            group_id: value.id_of("group_id").or_else(|| value.id_of("to").filter(|_| to_group)),
            text: text::of(value, &kind, content),
            media: content.filter(|_| kind.is_media()).map(Media::read),
            context: value.object_of("context").map(Context::read),
            referral: value.object_of("referral").map(Referral::read),
            target: content.and_then(|content| target(content, &kind)),
            edit: content.filter(|_| kind == MessageType::Edit).and_then(Edit::read),
            new_identity: None,
            old_identity: None,
            identity_hash: value.object_of("identity").and_then(|identity| identity.id_of("hash")),
            unsupported_type: None,
            errors: ErrorInfo::list(value),
            history_status: value
                .object_of("history_context")
                .map(|context| StatusKind::named(context.name_of("status"))),
            rank: Rank::Broken,
            kind,
        };
        match &message.kind {
            MessageType::System(_) => message.read_identities(content),
            MessageType::Unsupported => {
                message.unsupported_type = content.and_then(|content| content.name_of("type"));
            }
            _ => {}
        }
        message.rank = Rank::of(&message, is_hollow(&message, content));
        if message.kind != MessageType::Reaction {
            message.text = text::with_referral(message.text, message.referral.as_ref());
        }
        message
    }

    fn read_identities(&mut self, content: Option<Value<'_>>) {
        let Some(content) = content else { return };
        let party =
            |names: &[&str]| Some(Party::of(content, names)).filter(|party| !party.is_unknown());
        self.new_identity = party(&["wa_id", "new_wa_id", "user_id", "parent_user_id"]);
        self.old_identity =
            party(&["previous_wa_id", "previous_user_id", "previous_parent_user_id"]);
        if let Some(old) = self.old_identity.as_ref().filter(|_| self.sender.is_unknown()) {
            self.sender = old.clone();
        }
    }
}

fn target(content: Value<'_>, kind: &MessageType) -> Option<String> {
    match kind {
        MessageType::Reaction => content.id_of("message_id"),
        MessageType::Edit | MessageType::Revoke => content.id_of("original_message_id"),
        _ => None,
    }
}

/// Whether the content that the type promises is not there.
fn is_hollow(message: &Message, content: Option<Value<'_>>) -> bool {
    match &message.kind {
        MessageType::RequestWelcome => false,
        MessageType::Reaction | MessageType::Revoke => message.target.is_none(),
        MessageType::Edit => message.target.is_none() || message.edit.is_none(),
        MessageType::Text => message.text.is_none(),
        MessageType::Interactive(Interactive::Missing) => true,
        MessageType::Interactive(kind) => kind
            .member()
            .is_some_and(|name| content.and_then(|content| content.get(name)).is_none()),
        _ => content.is_none(),
    }
}
