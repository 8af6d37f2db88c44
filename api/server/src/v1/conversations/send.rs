//! Asking for a message to be sent: the intent is recorded, the message is queued.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::conversation::{self as rules, MessageRequested};
use convolog_domain::{ContactId, ConversationId, Event, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::{ById, seconds};

/// `POST /v1/conversations/{id}/messages`
pub(crate) struct SendMessage;

/// What to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMessage {
    /// The type of message.
    #[serde(rename = "type")]
    kind: Kind,
    /// The text, exactly as it is to be read.
    #[schemars(with = "String", length(min = 1, max = 4096))]
    text: Sensitive,
}

/// What can be sent.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SendableType")]
enum Kind {
    /// A text.
    Text,
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
    /// The text.
    text: String,
    /// Always `queued`: what becomes of it, the message itself says later.
    status: &'static str,
    /// When it was asked for.
    requested_at: String,
}

impl Endpoint for SendMessage {
    const DECLARATION: Declaration =
        Declaration::post("/v1/conversations/{id}/messages", "send_message", "Send a message")
            .describing("Records the intent and answers `queued`. With an `Idempotency-Key` a repetition never sends twice.")
            .group("Conversations")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::ACCEPTED, "The message, queued.")
            .fails_with(&[Code::NotAllowedNow, Code::Erased]);
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
        let JsonBody(NewMessage { kind: Kind::Text, text }) = &call.body;
        let command = rules::SendMessage { kind: "text".to_owned(), text: text.clone() };
        let answer = |events: &[Event], contact: ContactId| {
            let body = serde_json::to_value(queued(id, events, text)).unwrap_or_default();
            Answer::open(202, body, contact)
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let conversation = ConversationId(id);
        let answered = engine.send_message(&caller, conversation, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

fn queued(conversation: Uuid, events: &[Event], text: &Sensitive) -> Option<QueuedMessage> {
    let MessageRequested { message, kind, requested_at } =
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
        text: text.expose().to_owned(),
        status: "queued",
        requested_at: seconds(requested_at),
    })
}
