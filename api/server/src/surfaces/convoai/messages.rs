//! Letting an agent's number say something.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::conversation::{self as rules, Sendable};
use convolog_domain::{ContactId, Event, Refusal, RefusalCode, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::wire::{ByAgent, MESSAGE, agent, time};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::rates::Quota;
use crate::surfaces::ids;

/// `POST /api/v1/agents/{id}/messages/`
pub(super) struct SendMessage;

/// A message to be sent.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMessage {
    /// To whom: a number in E.164, with its plus sign.
    #[schemars(with = "String", length(min = 1, max = 32))]
    to: Sensitive,
    /// The type of message.
    #[serde(rename = "type")]
    _kind: Kind,
    /// The text, exactly as it is to be read.
    #[schemars(with = "String", length(min = 1, max = 4096))]
    text: Sensitive,
}

/// What can be sent.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MessageType")]
enum Kind {
    /// A text.
    Text,
}

/// A message that waits to be sent.
#[derive(Serialize, JsonSchema)]
pub(super) struct QueuedMessage {
    /// Which message.
    message_id: String,
    /// Always `queued`: what becomes of it, webhooks tell.
    status: &'static str,
    /// To whom, as it was asked for.
    to: String,
    /// When it was asked for.
    queued_at: String,
}

impl Endpoint for SendMessage {
    const DECLARATION: Declaration = Declaration::post(
        "/api/v1/agents/{id}/messages/",
        "send_message",
        "Send a message from an agent's number",
    )
    .describing("Goes to somebody who wrote to the agent's number within the last 24 hours: WhatsApp takes nothing but templates otherwise (`window_closed`). The agent goes on answering.")
    .group("Messages")
    .access(Access::Key(Scope::Write))
    .using(Quota::Messages)
    .answers(StatusCode::CREATED, "The message, queued.")
    .fails_with(&[
        Code::NotAllowedNow,
        Code::Erased,
        Code::WindowClosed,
        Code::OptedOut,
        Code::PlanLimitReached,
    ]);
    type Path = ByAgent;
    type Query = NoParameters;
    type Body = JsonBody<NewMessage>;
    type Ok = Json<QueuedMessage>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(new) = &call.body;
        let (caller, once, engine) = (call.caller(), call.facts.once.as_ref(), call.app.engine());
        let earlier = call.earlier_answer()?;
        // What was queued once stays queued, whatever became of the agent since.
        let answered = if let Some(earlier) = earlier {
            earlier
        } else {
            let (_, agent) = agent(&call)?;
            let to = number(&new.to)?;
            let channels = &agent.state.serving;
            let conversation = engine.conversation_with(caller.workspace, channels, &to)?;
            let conversation = conversation.ok_or_else(|| no_window(channels.is_empty()))?;
            let command = rules::SendMessage::now(Sendable::text(new.text.clone())?);
            let answer = |_: &[Event], contact: ContactId| Answer::open(201, json!({}), contact);
            engine.send_for_agent(&caller, conversation, command, once, answer).await?
        };
        let requested = ids::event_of(&call.app, answered.position, |event| {
            matches!(event, Event::Conversation(rules::Event::MessageRequested(_)))
        })?;
        let queued = QueuedMessage {
            message_id: ids::short(MESSAGE, requested.position),
            status: "queued",
            to: new.to.expose().to_owned(),
            queued_at: time(requested.at),
        };
        Reply::answering(answered, &queued)
    }
}

/// A number in E.164.
fn number(given: &Sensitive) -> Outcome<Sensitive> {
    let text = given.expose();
    let fits = text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|digit| digit.is_ascii_digit())
    });
    if fits {
        return Ok(given.clone());
    }
    let detail =
        "to must be a number in E.164, with a plus sign and without spaces, such as +14155550123.";
    Err(Problem::field("to", detail))
}

/// There is nobody at that number whom the agent could write to.
fn no_window(serves_nothing: bool) -> Problem {
    if serves_nothing {
        let detail = "this agent has no number: publish it on a channel first";
        return Refusal::new(RefusalCode::NotAllowedNow, detail).into();
    }
    let detail = "nobody wrote to this agent from that number within the last 24 hours; until they do, \
                  WhatsApp takes nothing but templates";
    Refusal::new(RefusalCode::WindowClosed, detail).into()
}
