//! Asking for a message to be sent: the intent is recorded, the message is queued. And taking it
//! back while it waits.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::channel::Channel;
use convolog_domain::conversation::{self as rules, MessageRequested, Sendable};
use convolog_domain::template::APPROVED;
use convolog_domain::{ChannelId, ContactId, ConversationId, Event, MessageId, Sensitive};
use convolog_engine::Answer;
use convolog_projections::templates::TemplateQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::{ById, seconds};

/// Templates that are named where nothing else can be sent.
const TEMPLATES_TOLD: usize = 50;

/// `POST /v1/conversations/{id}/messages`
pub(crate) struct SendMessage;

/// `POST /v1/conversations/{id}/messages/{message_id}/cancel`
pub(crate) struct CancelMessage;

/// What to say: a text, or the platform's element of the named type.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMessage {
    /// The type of message.
    #[serde(rename = "type")]
    kind: Kind,
    /// For `text`: the text, exactly as it is to be read.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 4096))]
    text: Option<Sensitive>,
    /// For an attachment (`image`, `video`, `audio`, `document`, `sticker`): `link` or `id`, and
    /// `caption`, `filename` where the platform has them.
    #[serde(default)]
    media: Option<Element>,
    /// For `location`: `latitude`, `longitude`, `name`, `address`.
    #[serde(default)]
    location: Option<Element>,
    /// For `contacts`: the list of people.
    #[serde(default)]
    contacts: Option<Element>,
    /// For `reaction`: `emoji`; `reply_to` names the message.
    #[serde(default)]
    reaction: Option<Element>,
    /// For `interactive`: buttons, lists and the like, as the platform takes them.
    #[serde(default)]
    interactive: Option<Element>,
    /// For `template`: `name` and `language`, or `id`, or `group` (and the customer's `language`), with
    /// `parameters` by name or by position, `header` and `buttons`; or `name`, `language` and
    /// `components`, as the platform takes them.
    #[serde(default)]
    template: Option<Element>,
    /// The message that it answers, or reacts to.
    #[serde(default)]
    reply_to: Option<Uuid>,
    /// Not before this time (RFC 3339), at most 90 days ahead.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    send_at: Option<jiff::Timestamp>,
    /// What it is for. Who opted out of `marketing` is not sent such; if nothing is said, a template
    /// is taken for it and nothing else.
    #[serde(default)]
    category: Option<Category>,
}

/// What a message is for, in the platform's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MessageCategory")]
enum Category {
    /// It promotes something.
    Marketing,
    /// It is about something that they asked for or bought.
    Utility,
    /// It carries a code.
    Authentication,
    /// It answers them.
    Service,
}

/// JSON of the platform's own; never printed, because it says what is said.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
struct Element(Value);

impl std::fmt::Debug for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[element]")
    }
}

/// What can be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SendableType")]
enum Kind {
    /// A text.
    Text,
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A recording.
    Audio,
    /// A file.
    Document,
    /// A sticker.
    Sticker,
    /// A place.
    Location,
    /// Cards of people.
    Contacts,
    /// An emoji at another message.
    Reaction,
    /// Buttons, a list, a flow …
    Interactive,
    /// A template that the platform approved.
    Template,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Sticker => "sticker",
            Self::Location => "location",
            Self::Contacts => "contacts",
            Self::Reaction => "reaction",
            Self::Interactive => "interactive",
            Self::Template => "template",
        }
    }

    /// The field in which its element stands.
    const fn field(self) -> &'static str {
        match self {
            Self::Image | Self::Video | Self::Audio | Self::Document | Self::Sticker => "media",
            other => other.name(),
        }
    }
}

impl NewMessage {
    fn command(&self, call: &Call<SendMessage>, channel: ChannelId) -> Outcome<rules::SendMessage> {
        Ok(rules::SendMessage {
            reply_to: self.reply_to.map(MessageId),
            due_at: self.send_at.map(jiff::Timestamp::as_second),
            marketing: self.category.map(|category| category == Category::Marketing),
            ..rules::SendMessage::now(self.content(call, channel)?)
        })
    }

    fn content(&self, call: &Call<SendMessage>, channel: ChannelId) -> Outcome<Sendable> {
        let field = self.kind.field();
        let given = [
            ("text", self.text.is_some()),
            ("media", self.media.is_some()),
            ("location", self.location.is_some()),
            ("contacts", self.contacts.is_some()),
            ("reaction", self.reaction.is_some()),
            ("interactive", self.interactive.is_some()),
            ("template", self.template.is_some()),
        ];
        let other = given.into_iter().find(|(name, is_given)| *is_given && *name != field);
        if let Some((name, _)) = other {
            let detail = format!("{name} does not belong to a message of this type.");
            return Err(Problem::field(name, detail));
        }
        let missing = || Problem::field(field, format!("{field} is needed for this type."));
        if self.kind == Kind::Text {
            let text = self.text.clone().ok_or_else(missing)?;
            return Ok(Sendable::text(text)?);
        }
        let element = match field {
            "media" => &self.media,
            "location" => &self.location,
            "contacts" => &self.contacts,
            "reaction" => &self.reaction,
            "interactive" => &self.interactive,
            _ => &self.template,
        };
        let Element(element) = element.as_ref().ok_or_else(missing)?;
        if self.kind == Kind::Template {
            let engine = call.app.engine();
            return Ok(engine.template_message(call.workspace(), channel, element)?);
        }
        Ok(Sendable::element(self.kind.name(), element)?)
    }
}

/// A message that waits to be sent.
#[derive(Serialize, JsonSchema)]
pub(crate) struct QueuedMessage {
    /// Which message.
    id: Uuid,
    /// In which conversation.
    conversation_id: Uuid,
    /// Always `outbound`.
    direction: &'static str,
    /// The type of message.
    #[serde(rename = "type")]
    kind: String,
    /// What a person reads of it.
    text: Option<String>,
    /// Always `queued`: what becomes of it, the message itself says later.
    status: &'static str,
    /// When it was asked for.
    requested_at: String,
    /// When it is to be sent, if not at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    send_at: Option<String>,
}

/// A message of a conversation.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByMessage {
    /// Which conversation.
    id: Uuid,
    /// Which message.
    message_id: Uuid,
}

/// A message that will not be sent.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CancelledMessage {
    /// Which message.
    id: Uuid,
    /// In which conversation.
    conversation_id: Uuid,
    /// Always `cancelled`.
    status: &'static str,
}

impl Endpoint for SendMessage {
    const DECLARATION: Declaration =
        Declaration::post("/v1/conversations/{id}/messages", "send_message", "Send a message")
            .describing("Records the intent and answers `queued`; what becomes of it, the message's status says. With an `Idempotency-Key` a repetition never sends twice. More than 24 hours after the customer last wrote only templates can be sent (`window_closed`; `allowed` names those that are approved). A template that is known here is checked first: its parameters, and that it is not paused, disabled or rejected (`template_unavailable`). One that is not known is left to the platform if it comes with `components`; nothing can be filled in for it.")
            .group("Conversations")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::ACCEPTED, "The message, queued.")
            .fails_with(&[
                Code::NotAllowedNow,
                Code::Erased,
                Code::WindowClosed,
                Code::OptedOut,
                Code::TemplateUnavailable,
            ]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<NewMessage>;
    type Ok = Json<QueuedMessage>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        // What was queued once stays queued, whatever became of the channel since.
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (id, engine) = (call.path.id, call.app.engine());
        let opened = engine.load::<rules::Conversation>(call.workspace(), id)?.state.opened.clone();
        let channel = opened.ok_or_else(|| Problem::not_found("conversation"))?.channel;
        let JsonBody(asked) = &call.body;
        let command = asked.command(&call, channel)?;
        let text = command.content.shown().map(|text| text.expose().to_owned());
        let answer = |events: &[Event], contact: ContactId| {
            let body = serde_json::to_value(queued(id, events, text.clone())).unwrap_or_default();
            Answer::open(202, body, contact)
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let conversation = ConversationId(id);
        let sent = engine.send_message(&caller, conversation, command, once, answer).await;
        let answered = sent.map_err(|error| told_of_templates(&call, channel, error.into()))?;
        Ok(Reply::answered(answered))
    }
}

impl Endpoint for CancelMessage {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/conversations/{id}/messages/{message_id}/cancel",
        "cancel_message",
        "Take back a message that waits",
    )
    .describing("For a message that was scheduled, or has not had its turn. What the platform has, or may have, cannot be taken back.")
    .group("Conversations")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::OK, "It will not be sent.")
    .fails_with(&[Code::NotAllowedNow]);
    type Path = ByMessage;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<CancelledMessage>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let ByMessage { id, message_id } = call.path;
        let caller = call.caller();
        let answer = |_: &[Event]| {
            let cancelled =
                CancelledMessage { id: message_id, conversation_id: id, status: "cancelled" };
            let body = serde_json::to_value(cancelled).unwrap_or_default();
            Answer::open(200, body, caller.workspace)
        };
        let (once, engine) = (call.facts.once.as_ref(), call.app.engine());
        let (conversation, message) = (ConversationId(id), MessageId(message_id));
        let answered = engine.cancel_message(&caller, conversation, message, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

/// Outside the window the answer names the templates that could be sent.
fn told_of_templates(call: &Call<SendMessage>, channel: ChannelId, problem: Problem) -> Problem {
    if problem.code() != Code::WindowClosed {
        return problem;
    }
    let workspace = call.workspace();
    let state = call.app.engine().load::<Channel>(workspace, channel.0);
    let account =
        state.ok().and_then(|loaded| Some(loaded.state.settings.as_ref()?.waba_id.clone()));
    let query = TemplateQuery {
        account,
        status: Some(APPROVED.to_owned()),
        limit: TEMPLATES_TOLD,
        ..TemplateQuery::of(workspace)
    };
    // What cannot be read is left out: the refusal stands without it.
    let page = call.app.viewer().now().rows().templates(&query);
    let approved = page.map(|page| page.items).unwrap_or_default().into_iter();
    let sendable = approved.filter(|stored| stored.row.state.sendable().is_ok());
    let named = sendable.filter_map(|stored| {
        stored.row.state.key.map(|key| format!("{} ({})", key.name, key.language))
    });
    problem.allowing(named.collect::<Vec<_>>())
}

fn queued(conversation: Uuid, events: &[Event], text: Option<String>) -> Option<QueuedMessage> {
    let MessageRequested { message, kind, requested_at, due_at, .. } =
        events.iter().find_map(|event| match event {
            Event::Conversation(rules::Event::MessageRequested(requested)) => {
                Some(requested.clone())
            }
            _ => None,
        })?;
    Some(QueuedMessage {
        id: message.0,
        conversation_id: conversation,
        direction: "outbound",
        kind,
        text,
        status: "queued",
        requested_at: seconds(requested_at),
        send_at: due_at.map(seconds),
    })
}
