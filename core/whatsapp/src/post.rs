//! What a post is made of once it has been read.

use std::fmt;
use std::sync::Arc;

use crate::limits::{MAX_BODY, MAX_UPDATES};
use crate::message::Message;
use crate::notice::Notice;
use crate::skeleton::Fragment;
use crate::status::Status;

/// A whole post: its updates in the order of the text, and what is left without them.
#[derive(Debug)]
pub struct Post {
    /// Messages, statuses and notices.
    pub updates: Vec<Update>,
    /// The post with every fragment replaced by a mark; [`reassemble`](crate::reassemble) turns it back.
    /// Names accounts and numbers of the business, fields, and unknown plain values; people are in the
    /// fragments.
    pub skeleton: Skeleton,
}

/// The text of a skeleton; `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq)]
pub struct Skeleton(pub String);

impl fmt::Debug for Skeleton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Skeleton({} bytes)", self.0.len())
    }
}

/// Where in a post an update stood; shared by all updates of one change.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// `entry[].id`: the WhatsApp business account.
    pub account_id: Option<String>,
    /// `metadata.phone_number_id`: the business's number; absent in fields about the account.
    pub phone_number_id: Option<String>,
    /// `metadata.display_phone_number`, as sent.
    pub display_phone_number: Option<String>,
    /// `entry[].time`, seconds; absent in most posts of the field `messages`.
    pub entry_time: Option<i64>,
    /// `changes[].field`; empty if it was missing.
    pub field: String,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").field("field", &self.field).finish_non_exhaustive()
    }
}

/// One thing that a post tells.
pub struct Update {
    /// Where it stood.
    pub place: Arc<Place>,
    /// What it is.
    pub kind: Kind,
    /// Its own JSON text.
    pub fragment: Fragment,
    /// What belongs to it but stood elsewhere: its element of `contacts[]`, the head of its thread in a
    /// history import. The same piece may come with several updates of a post.
    pub alongside: Vec<Fragment>,
    /// What deliveries of the same thing have in common, to be hashed under a key; see
    /// [`canonical_json`](crate::canonical_json). Of messages and statuses the element alone; a notice is
    /// wrapped together with its place and, if it has no time of its own, the time of its entry. What has
    /// neither id nor time is bound to this very body.
    pub canonical: String,
}

impl fmt::Debug for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("place", &self.place)
            .field("kind", &self.kind)
            .field("fragment", &self.fragment)
            .field("alongside", &self.alongside)
            .finish_non_exhaustive()
    }
}

/// The kinds of update.
#[derive(Debug)]
pub enum Kind {
    /// Somebody wrote something.
    Message(Box<Message>),
    /// Something happened to a message that was sent.
    Status(Box<Status>),
    /// Everything else.
    Notice(Box<Notice>),
}

/// Why a body is no post of WhatsApp at all. It is quarantined whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotMeta {
    /// More than [`MAX_BODY`] bytes.
    #[error("the body is longer than {MAX_BODY} bytes")]
    TooLarge,
    /// JSON has to be UTF-8.
    #[error("the body is not UTF-8")]
    NotUtf8,
    /// The bytes are not one JSON value, or one nested too deeply.
    #[error("the body is not JSON: {reason}")]
    NotJson {
        /// What the reader stumbled over; never content.
        reason: NotJson,
    },
    /// JSON, but not `{"object": "whatsapp_business_account", "entry": […]}`.
    #[error(
        "the body is JSON, but not a post of a WhatsApp business account: {missing} is missing"
    )]
    NotAPost {
        /// The part without which it is none.
        missing: &'static str,
    },
    /// More than [`MAX_UPDATES`] elements.
    #[error("the body holds more than {MAX_UPDATES} updates")]
    TooManyUpdates,
}

impl NotMeta {
    /// A short name for counting and for the quarantine; never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotUtf8 => "not_utf8",
            Self::NotJson { .. } => "not_json",
            Self::NotAPost { .. } => "not_a_post",
            Self::TooManyUpdates => "too_many_updates",
        }
    }
}

/// Why bytes are not JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(transparent)]
pub struct NotJson(pub(crate) crate::json::JsonError);
