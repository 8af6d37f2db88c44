//! Asking for a message to be sent: the intent is recorded, the message is queued. And taking it
//! back while it waits.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::channel::Channel;
use convolog_domain::conversation::{self as rules, MessageRequested, Sendable};
use convolog_domain::template::APPROVED;
use convolog_domain::{ChannelId, ContactId, ConversationId, Event, MessageId, Sensitive};
use convolog_engine::Answer;
use convolog_log::Mode;
use convolog_projections::templates::TemplateQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::links::refuse_private_links;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::rates::Quota;
use crate::v1::installation::is_armed;
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
    /// For `text`: whether the platform shows a preview of the first address in it.
    #[serde(default)]
    preview_url: bool,
    /// For `text`, in place of `text`: the canned reply to be sent, by its id or its shortcut.
    #[serde(default)]
    #[schemars(length(min = 1, max = 40))]
    canned_reply: Option<String>,
    /// What the placeholders of the canned reply stand for, by name. `contact.name` and
    /// `contact.phone` are known by themselves.
    #[serde(default)]
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    values: Option<BTreeMap<String, Sensitive>>,
    /// For an attachment (`image`, `video`, `audio`, `document`, `sticker`): `media_id` (a file of
    /// `/v1/media`), `link` or `id` (of the platform), and `caption`, `filename` where the platform has
    /// them.
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
    /// `parameters` by name or by position, `header` (of a file: `media_id`, `link` or `id`) and
    /// `buttons`; or `name`, `language` and `components`, as the platform takes them.
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

/// What the placeholders of a canned reply stand for: what is given, else what is known of the contact
/// and may be read at this moment.
async fn fill<E: Endpoint>(
    call: &Call<E>,
    conversation: ConversationId,
    asked: &NewMessage,
    named: &str,
) -> Outcome<(Sensitive, rules::CannedUse)> {
    if asked.kind != Kind::Text || asked.text.is_some() {
        let detail = "canned_reply is a text of its own: type must be text, and text left out.";
        return Err(Problem::field("canned_reply", detail));
    }
    asked.only_its_field()?;
    let (workspace, named) = (call.workspace(), named.to_owned());
    let values = asked.values.clone().unwrap_or_default();
    call.blocking(move |app| {
        let contact = app.viewer().now().conversation(workspace, conversation)?;
        let contact = contact.map(|shown| shown.contact);
        let known = |name: &str| match name {
            "contact.name" => contact.as_ref().and_then(|contact| contact.name.clone()),
            "contact.phone" => contact.as_ref().and_then(|contact| contact.phone.clone()),
            _ => None,
        };
        let value = |name: &str| values.get(name).cloned().or_else(|| known(name).map(Into::into));
        Ok(app.engine().fill_canned_reply(workspace, &named, value)?)
    })
    .await
}

impl NewMessage {
    /// The same to many people: what to say before it is filled in, a template as it is asked for, and
    /// whether it is said to promote something.
    pub(crate) fn to_many<E: Endpoint>(
        &self,
        call: &Call<E>,
        channel: ChannelId,
    ) -> Outcome<(Sendable, Option<Value>, Option<bool>)> {
        for (name, given) in [
            ("reply_to", self.reply_to.is_some()),
            ("send_at", self.send_at.is_some()),
            ("canned_reply", self.canned_reply.is_some()),
            ("values", self.values.is_some()),
        ] {
            if given {
                let detail = format!("{name} does not belong to a message to many people.");
                return Err(Problem::field(name, detail));
            }
        }
        let marketing = self.category.map(|category| category == Category::Marketing);
        let template = self.template.as_ref().map(|Element(asked)| asked.clone());
        let content = self.content(call, channel)?;
        refuse_private_links(&call.app, &content)?;
        Ok((content, template, marketing))
    }

    /// What is asked for, with the text that a canned reply came to.
    fn filled(
        &self,
        call: &Call<SendMessage>,
        channel: ChannelId,
        filled: Option<(Sensitive, rules::CannedUse)>,
    ) -> Outcome<rules::SendMessage> {
        let Some((text, used)) = filled else { return self.command(call, channel) };
        let made = self.text_of(text)?;
        Ok(rules::SendMessage { canned: Some(used), ..self.saying(made) })
    }

    fn command(&self, call: &Call<SendMessage>, channel: ChannelId) -> Outcome<rules::SendMessage> {
        Ok(self.saying(self.content(call, channel)?))
    }

    fn saying(&self, content: Sendable) -> rules::SendMessage {
        rules::SendMessage {
            reply_to: self.reply_to.map(MessageId),
            due_at: self.send_at.map(jiff::Timestamp::as_second),
            marketing: self.category.map(|category| category == Category::Marketing),
            ..rules::SendMessage::now(content)
        }
    }

    fn text_of(&self, text: Sensitive) -> Outcome<Sendable> {
        let made = if self.preview_url { Sendable::text_with_preview } else { Sendable::text };
        Ok(made(text)?)
    }

    fn content<E: Endpoint>(&self, call: &Call<E>, channel: ChannelId) -> Outcome<Sendable> {
        if self.values.is_some() {
            let detail = "values fill in a canned reply, and none is named.";
            return Err(Problem::field("values", detail));
        }
        let field = self.only_its_field()?;
        let missing = || Problem::field(field, format!("{field} is needed for this type."));
        if self.kind == Kind::Text {
            return self.text_of(self.text.clone().ok_or_else(missing)?);
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

    /// The field in which what is said stands; refuses any other.
    fn only_its_field(&self) -> Outcome<&'static str> {
        let field = self.kind.field();
        let given = [
            ("text", self.text.is_some()),
            ("preview_url", self.preview_url && self.kind != Kind::Text),
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
        Ok(field)
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
    /// What keeps it from leaving at once, as things stood when it was asked for; null if nothing does.
    waiting_for: Option<WaitingFor>,
}

/// What keeps a message from leaving.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum WaitingFor {
    /// Its time, `send_at`.
    SendAt,
    /// Somebody to arm this instance: until then nothing leaves it.
    Arming,
    /// The number, with which nothing can be sent until a token, payment or registration is put right.
    Number,
    /// The number, with which too much was sent: it goes on within minutes.
    NumberSlowed,
    /// A message before it in this conversation, which is delivered within seconds as a rule.
    EarlierMessage,
}

/// A message of a conversation.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByMessage {
    /// Which conversation.
    pub(super) id: Uuid,
    /// Which message.
    pub(super) message_id: Uuid,
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
            .describing("Records the intent and answers `queued`, with what it waits for if it cannot leave at once (`waiting_for`); what becomes of it, the message's status says. With an `Idempotency-Key` a repetition never sends twice. More than 24 hours after the customer last wrote only templates can be sent (`window_closed`; `allowed` names those that are approved). A template that is known here is checked first: its parameters, and that it is not paused, disabled or rejected (`template_unavailable`). One that is not known is left to the platform if it comes with `components`; nothing can be filled in for it.")
            .group("Conversations")
            .access(Access::Key(Scope::Write))
            .using(Quota::Messages)
            .answers(StatusCode::ACCEPTED, "The message, queued.")
            .fails_with(&[
                Code::NotAllowedNow,
                Code::Erased,
                Code::WindowClosed,
                Code::OptedOut,
                Code::TemplateUnavailable,
                Code::AddressRefused,
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
        let state = engine.load::<rules::Conversation>(call.workspace(), id)?.state;
        let opened = state.opened.as_ref().ok_or_else(|| Problem::not_found("conversation"))?;
        let channel = opened.channel;
        let JsonBody(asked) = &call.body;
        let filled = match &asked.canned_reply {
            Some(named) => Some(fill(&call, ConversationId(id), asked, named).await?),
            None => None,
        };
        let command = asked.filled(&call, channel, filled)?;
        refuse_private_links(&call.app, &command.content)?;
        let waiting_for = waiting_for(&call, channel, &state.outbox, command.due_at)?;
        let text = command.content.shown().map(|text| text.expose().to_owned());
        let answer = |events: &[Event], contact: ContactId| {
            let body = serde_json::to_value(queued(id, events, (text.clone(), waiting_for)))
                .unwrap_or_default();
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

/// What keeps a message from leaving that is asked for now.
fn waiting_for(
    call: &Call<SendMessage>,
    channel: ChannelId,
    outbox: &rules::Outbox,
    due_at: Option<i64>,
) -> Outcome<Option<WaitingFor>> {
    let (engine, caller) = (call.app.engine(), call.caller());
    let now = engine.clock().now().0.div_euclid(1_000_000);
    if due_at.is_some_and(|at| now < at) {
        return Ok(Some(WaitingFor::SendAt));
    }
    if !is_armed(&call.app)? {
        return Ok(Some(WaitingFor::Arming));
    }
    let number = engine.load::<Channel>(caller.workspace, channel.0)?.state;
    if number.stopped {
        return Ok(Some(WaitingFor::Number));
    }
    if number.slowed.as_ref().is_some_and(|slowed| now < slowed.until) {
        return Ok(Some(WaitingFor::NumberSlowed));
    }
    let busy = caller.mode == Mode::Live && outbox.is_busy(now);
    Ok(busy.then_some(WaitingFor::EarlierMessage))
}

fn queued(
    conversation: Uuid,
    events: &[Event],
    (text, waiting_for): (Option<String>, Option<WaitingFor>),
) -> Option<QueuedMessage> {
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
        waiting_for,
    })
}
