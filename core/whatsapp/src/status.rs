//! What became of a message that was sent: one fact per element of `statuses[]`.
//!
//! Facts repeat and overtake each other; what a message's status *is* folds out of them elsewhere.

use std::fmt;

use crate::json::{Kind, Value};
use crate::party::Party;

/// A step in the life of an outbound message, or of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StatusKind {
    /// Only in history imports: not sent yet.
    Pending,
    /// WhatsApp has it.
    Sent,
    /// It is on the person's device. May never come: `Read` implies it.
    Delivered,
    /// It was seen.
    Read,
    /// A voice message was played for the first time.
    Played,
    /// It did not arrive; the errors say why. History imports call it `ERROR`.
    Failed,
    /// Old: the message was deleted.
    Deleted,
    /// Old: the message holds something that no longer exists.
    Warning,
    /// A call rings.
    Ringing,
    /// A call was taken.
    Accepted,
    /// A call was refused.
    Rejected,
    /// None of these; the name as sent, in small letters.
    Unknown(String),
    /// There was no name.
    Missing,
}

impl StatusKind {
    pub(crate) fn named(name: Option<String>) -> Self {
        let Some(name) = name.map(|name| name.to_ascii_lowercase()) else { return Self::Missing };
        match name.as_str() {
            "pending" => Self::Pending,
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            "failed" | "error" => Self::Failed,
            "deleted" => Self::Deleted,
            "warning" => Self::Warning,
            "ringing" => Self::Ringing,
            "accepted" => Self::Accepted,
            "rejected" => Self::Rejected,
            _ => Self::Unknown(name),
        }
    }

    /// The name, one word in small letters.
    pub fn name(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
            Self::Deleted => "deleted",
            Self::Warning => "warning",
            Self::Ringing => "ringing",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Unknown(name) => name,
            Self::Missing => "missing",
        }
    }
}

/// An error as Meta describes it; what follows from it depends on the code alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ErrorInfo {
    /// Meta's error code.
    pub code: Option<i64>,
    /// Short; deprecated by Meta.
    pub title: Option<String>,
    /// Longer.
    pub message: Option<String>,
    /// `error_data.details`; may quote what was sent.
    pub details: Option<String>,
}

impl fmt::Debug for ErrorInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorInfo").field("code", &self.code).finish_non_exhaustive()
    }
}

impl ErrorInfo {
    /// Reads `value.errors`; one object instead of a list is taken as a list of one.
    pub(crate) fn list(value: Value<'_>) -> Vec<Self> {
        match value.get("errors") {
            Some(errors) if errors.kind() == Kind::Object => vec![Self::read(errors)],
            Some(errors) => {
                errors.elements().filter(|e| e.kind() == Kind::Object).map(Self::read).collect()
            }
            None => Vec::new(),
        }
    }

    pub(crate) fn read(value: Value<'_>) -> Self {
        let data = value.object_of("error_data");
        Self {
            code: value.int_of("code"),
            title: value.text_of("title"),
            message: value.text_of("message"),
            details: data
                .and_then(|data| data.text_of("details"))
                .or_else(|| value.text_of("details")),
        }
    }
}

/// The price category under which a message is charged. Appears with `sent` and one of `delivered`, `read`.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Pricing {
    /// Deprecated by Meta.
    pub billable: Option<bool>,
    /// `PMP` (a message), `CBP` (a conversation, before July 2025).
    pub model: Option<String>,
    /// `regular`, `free_customer_service`, `free_entry_point`.
    pub kind: Option<String>,
    /// `marketing`, `utility`, `service`, …
    pub category: Option<String>,
}

/// Meta's billing conversation; gone since Graph v24.0 except for free entry points.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Conversation {
    /// Meta's id of it.
    pub id: Option<String>,
    /// `origin.type`
    pub origin: Option<String>,
    /// Seconds; only with `sent`.
    pub expires_at: Option<i64>,
}

/// One element of `statuses[]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Status {
    /// The message (or call) that this is about.
    pub wamid: Option<String>,
    /// The step.
    pub kind: StatusKind,
    /// Seconds since 1970 as sent; `None` if missing or unreadable.
    pub timestamp: Option<i64>,
    /// The person it was sent to; in a group, the participant whose device reports, if named.
    pub recipient: Party,
    /// The group it was sent to.
    pub group_id: Option<String>,
    /// What the sender had attached: our own id of the message.
    pub callback_data: Option<String>,
    /// Price category, if told.
    pub pricing: Option<Pricing>,
    /// Billing conversation, if told.
    pub conversation: Option<Conversation>,
    /// Why it failed.
    pub errors: Vec<ErrorInfo>,
    /// About a call, not a message.
    pub is_call: bool,
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Status")
            .field("kind", &self.kind)
            .field("recipient", &self.recipient)
            .field("group", &self.group_id.is_some())
            .field("pricing", &self.pricing)
            .field("errors", &self.errors)
            .field("is_call", &self.is_call)
            .finish_non_exhaustive()
    }
}

impl Status {
    pub(crate) fn read(value: Value<'_>) -> Self {
        let to_group = value.text_of("recipient_type").is_some_and(|kind| kind == "group");
        let people: &[&str] = if to_group {
            &[
                "recipient_participant_id",
                "recipient_participant_user_id",
                "recipient_user_id",
                "recipient_parent_user_id",
            ]
        } else {
            &["recipient_id", "recipient_user_id", "recipient_parent_user_id"]
        };
        Self {
            wamid: value.id_of("id"),
            kind: StatusKind::named(value.name_of("status")),
            timestamp: value.int_of("timestamp"),
            recipient: Party::of(value, people),
            group_id: if to_group { value.id_of("recipient_id") } else { None },
            callback_data: value.text_of("biz_opaque_callback_data"),
            pricing: value.object_of("pricing").map(|pricing| Pricing {
                billable: pricing.bool_of("billable"),
                model: pricing.name_of("pricing_model"),
                kind: pricing.name_of("type"),
                category: pricing.name_of("category"),
            }),
            conversation: value.object_of("conversation").map(|conversation| Conversation {
                id: conversation.id_of("id"),
                origin: conversation.object_of("origin").and_then(|origin| origin.name_of("type")),
                expires_at: conversation.int_of("expiration_timestamp"),
            }),
            errors: ErrorInfo::list(value),
            is_call: value.text_of("type").is_some_and(|kind| kind == "call"),
        }
    }
}
