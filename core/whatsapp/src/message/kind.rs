//! What a message is: Meta's types, and how a message's type is told.

use crate::json::{Kind, Value};

/// What a message is, by Meta's `type`.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are Meta's types")]
pub enum MessageType {
    Text,
    Image,
    Video,
    Document,
    Audio,
    /// A legacy type; today a voice message is `audio` with `voice: true`.
    Voice,
    Sticker,
    Location,
    Contacts,
    Reaction,
    Interactive(Interactive),
    /// The quick reply of a template.
    Button,
    Order,
    System(SystemEvent),
    Unsupported,
    Edit,
    Revoke,
    /// A chat was opened for the first time (legacy).
    RequestWelcome,
    /// History imports: the file is named later, under the same wamid, or never.
    MediaPlaceholder,
    /// None of these; the name as sent.
    Unknown(String),
    /// No type, and no content that would tell it.
    Missing,
}

/// The kinds of `interactive`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Interactive {
    /// A reply button was tapped.
    ButtonReply,
    /// A row of a list was chosen.
    ListReply,
    /// `nfm_reply`: a flow was filled in.
    FlowReply,
    /// Calls were allowed or refused.
    CallPermissionReply,
    /// None of these; the name as sent.
    Unknown(String),
    /// `interactive` with nothing in it, as WhatsApp sends it beside error 131000.
    Missing,
}

/// The kinds of `system`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SystemEvent {
    /// The person has a new telephone number, and with it a new BSUID.
    UserChangedNumber,
    /// The person has a new BSUID; the number may not be told.
    UserChangedUserId,
    /// The person's encryption identity changed (new device, reinstalled).
    CustomerIdentityChanged,
    /// None of these; the name as sent.
    Unknown(String),
}

impl Interactive {
    /// The member that holds the answer.
    pub(super) const fn member(&self) -> Option<&'static str> {
        match self {
            Self::ButtonReply => Some("button_reply"),
            Self::ListReply => Some("list_reply"),
            Self::FlowReply => Some("nfm_reply"),
            Self::CallPermissionReply => Some("call_permission_reply"),
            Self::Unknown(_) | Self::Missing => None,
        }
    }
}

impl MessageType {
    /// The name under which this type is recorded; never changes. `unknown` for what is not known.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Video => "video",
            Self::Document => "document",
            Self::Audio => "audio",
            Self::Voice => "voice",
            Self::Sticker => "sticker",
            Self::Location => "location",
            Self::Contacts => "contacts",
            Self::Reaction => "reaction",
            Self::Interactive(Interactive::ButtonReply) => "button_reply",
            Self::Interactive(Interactive::ListReply) => "list_reply",
            Self::Interactive(Interactive::FlowReply) => "flow_reply",
            Self::Interactive(Interactive::CallPermissionReply) => "call_permission_reply",
            Self::Interactive(Interactive::Unknown(_) | Interactive::Missing) => "interactive",
            Self::Button => "button",
            Self::Order => "order",
            Self::System(SystemEvent::UserChangedNumber) => "user_changed_number",
            Self::System(SystemEvent::UserChangedUserId) => "user_changed_user_id",
            Self::System(SystemEvent::CustomerIdentityChanged) => "customer_identity_changed",
            Self::System(SystemEvent::Unknown(_)) => "system",
            Self::Unsupported => "unsupported",
            Self::Edit => "edit",
            Self::Revoke => "revoke",
            Self::RequestWelcome => "request_welcome",
            Self::MediaPlaceholder => "media_placeholder",
            Self::Unknown(_) => "unknown",
            Self::Missing => "missing",
        }
    }

    /// Meta's own name where [`name`](Self::name) is a general one.
    pub fn unknown_name(&self) -> Option<&str> {
        match self {
            Self::Unknown(name)
            | Self::Interactive(Interactive::Unknown(name))
            | Self::System(SystemEvent::Unknown(name)) => Some(name),
            _ => None,
        }
    }

    /// Whether a file belongs to it.
    pub const fn is_media(&self) -> bool {
        matches!(
            self,
            Self::Image | Self::Video | Self::Document | Self::Audio | Self::Voice | Self::Sticker
        )
    }
}

/// Types that say by themselves what they are when `type` is missing.
const TELLING: [&str; 14] = [
    "text",
    "image",
    "video",
    "document",
    "audio",
    "voice",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "button",
    "order",
    "system",
];

/// The type of a message.
pub(crate) fn kind_of(value: Value<'_>) -> MessageType {
    let named = value.name_of("type");
    let name =
        named.as_deref().or_else(|| TELLING.into_iter().find(|name| value.get(name).is_some()));
    match name {
        None => MessageType::Missing,
        Some("text") => MessageType::Text,
        Some("image") => MessageType::Image,
        Some("video") => MessageType::Video,
        Some("document") => MessageType::Document,
        Some("audio") => MessageType::Audio,
        Some("voice") => MessageType::Voice,
        Some("sticker") => MessageType::Sticker,
        Some("location") => MessageType::Location,
        Some("contacts") => MessageType::Contacts,
        Some("reaction") => MessageType::Reaction,
        Some("interactive") => {
            MessageType::Interactive(interactive(value.object_of("interactive")))
        }
        Some("button") => MessageType::Button,
        Some("order") => MessageType::Order,
        Some("system") => MessageType::System(system(value.object_of("system"))),
        Some("unsupported" | "errors") => MessageType::Unsupported,
        Some("edit") => MessageType::Edit,
        Some("revoke") => MessageType::Revoke,
        Some("request_welcome") => MessageType::RequestWelcome,
        Some("media_placeholder") => MessageType::MediaPlaceholder,
        Some(other) => MessageType::Unknown(other.to_owned()),
    }
}

fn interactive(content: Option<Value<'_>>) -> Interactive {
    const KNOWN: [&str; 4] = ["button_reply", "list_reply", "nfm_reply", "call_permission_reply"];
    let Some(content) = content else { return Interactive::Missing };
    let named = content.name_of("type");
    let name =
        named.as_deref().or_else(|| KNOWN.into_iter().find(|name| content.get(name).is_some()));
    match name {
        None => Interactive::Missing,
        Some("button_reply") => Interactive::ButtonReply,
        Some("list_reply") => Interactive::ListReply,
        Some("nfm_reply") => Interactive::FlowReply,
        Some("call_permission_reply") => Interactive::CallPermissionReply,
        Some(other) => Interactive::Unknown(other.to_owned()),
    }
}

fn system(content: Option<Value<'_>>) -> SystemEvent {
    let named = content.and_then(|content| content.name_of("type"));
    match named.as_deref() {
        Some("user_changed_number" | "customer_changed_number") => SystemEvent::UserChangedNumber,
        Some("user_changed_user_id") => SystemEvent::UserChangedUserId,
        Some("customer_identity_changed" | "user_identity_changed") => {
            SystemEvent::CustomerIdentityChanged
        }
        other => SystemEvent::Unknown(other.unwrap_or_default().to_owned()),
    }
}

/// The member that holds the content of this type.
pub(crate) fn content_of<'d>(value: Value<'d>, kind: &MessageType) -> Option<Value<'d>> {
    let found = match kind {
        MessageType::Voice => value.get("voice").or_else(|| value.get("audio")),
        MessageType::Interactive(_) => value.get("interactive"),
        MessageType::System(_) => value.get("system"),
        MessageType::Unknown(name) => value.get(name),
        MessageType::Missing => None,
        other => value.get(other.name()),
    };
    found.filter(|content| content.kind() != Kind::Null)
}
