//! One message as WhatsApp sends it: written by a person, echoed from the business's own telephone, or out
//! of a history import.
//!
//! Typed as far as a conversation needs; the fragment has the rest. Reading never fails. `Debug` shows
//! types and codes, never content, people or wamids.

use std::fmt;

use crate::json::{Kind, Value};
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
    const fn member(&self) -> Option<&'static str> {
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

/// A product that a message is about.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Product {
    /// The catalog it is in.
    pub catalog_id: Option<String>,
    /// The business's own id of it.
    pub product_id: Option<String>,
}

/// What a message refers to.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// Who wrote the message that is answered.
    pub from: Party,
    /// Its wamid.
    pub wamid: Option<String>,
    /// The message was forwarded.
    pub forwarded: bool,
    /// It was forwarded very often.
    pub frequently_forwarded: bool,
    /// It asks about a product.
    pub product: Option<Product>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("answers", &self.wamid.is_some())
            .field("forwarded", &(self.forwarded || self.frequently_forwarded))
            .field("product", &self.product.is_some())
            .finish_non_exhaustive()
    }
}

/// The advertisement or post through which a person came.
#[derive(Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are Meta's")]
pub struct Referral {
    pub source_url: Option<String>,
    pub source_id: Option<String>,
    /// `ad` or `post`.
    pub source_type: Option<String>,
    pub headline: Option<String>,
    pub body: Option<String>,
    pub media_type: Option<String>,
    /// Click id, to report a conversion back.
    pub ctwa_clid: Option<String>,
    /// What the person was greeted with.
    pub welcome_text: Option<String>,
}

impl fmt::Debug for Referral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Referral").field("source_type", &self.source_type).finish_non_exhaustive()
    }
}

/// What an edited message now is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// Its type; the text is the text of the edit.
    pub kind: MessageType,
    /// Its file.
    pub media: Option<Media>,
}

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
    /// The person (not the business) that this message was exchanged with.
    pub fn customer(&self) -> &Party {
        match (self.direction, &self.to) {
            (Direction::Outbound, Some(to)) => to,
            _ => &self.sender,
        }
    }

    pub(crate) fn customer_mut(&mut self) -> &mut Party {
        match (self.direction, &mut self.to) {
            (Direction::Outbound, Some(to)) => to,
            _ => &mut self.sender,
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
        let mut message = Self {
            wamid: value.id_of("id"),
            direction,
            origin,
            sender: Party::of(value, &FROM),
            to: Some(Party::of(value, &TO)).filter(|to| !to.is_unknown()),
            timestamp: value.int_of("timestamp"),
            group_id: value.id_of("group_id"),
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

impl Context {
    fn read(value: Value<'_>) -> Self {
        Self {
            from: Party::of(value, &FROM),
            wamid: value.id_of("id"),
            forwarded: value.bool_of("forwarded").unwrap_or_default(),
            frequently_forwarded: value.bool_of("frequently_forwarded").unwrap_or_default(),
            product: value.object_of("referred_product").map(|product| Product {
                catalog_id: product.id_of("catalog_id"),
                product_id: product.id_of("product_retailer_id"),
            }),
        }
    }
}

impl Referral {
    fn read(value: Value<'_>) -> Self {
        let welcome = value.object_of("welcome_message");
        Self {
            source_url: value.text_of("source_url"),
            source_id: value.id_of("source_id"),
            source_type: value.name_of("source_type"),
            headline: value.text_of("headline"),
            body: value.text_of("body"),
            media_type: value.name_of("media_type"),
            ctwa_clid: value.text_of("ctwa_clid"),
            welcome_text: welcome.and_then(|welcome| welcome.text_of("text")),
        }
    }
}

impl Edit {
    fn read(value: Value<'_>) -> Option<Self> {
        let inner = value.object_of("message")?;
        let kind = kind_of(inner);
        let media = content_of(inner, &kind).filter(|_| kind.is_media()).map(Media::read);
        Some(Self { kind, media })
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
