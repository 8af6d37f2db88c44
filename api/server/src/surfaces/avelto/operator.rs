//! A person answers in place of the agent.

use axum::http::StatusCode;
use convolog_domain::conversation::{self as rules, Sendable};
use convolog_domain::{ContactId, ConversationId, Event, Sensitive};
use convolog_engine::Answer;
use convolog_projections::view::Time;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::CONVERSATIONS_WRITE;
use super::transcript::{MessageRow, Role};
use super::wire::{ById, shown};
use crate::endpoint::{Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::surfaces::ids;

/// `POST /api/v1/conversations/{id}/operator-message`
pub(super) struct SayAsOperator;

/// What to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OperatorMessage")]
pub(super) struct Said {
    /// The text, exactly as it is to be read.
    #[schemars(with = "String", length(min = 1, max = 4096))]
    content: Sensitive,
}

impl Endpoint for SayAsOperator {
    const DECLARATION: Declaration = Declaration::post(
        "/api/v1/conversations/{id}/operator-message",
        "operator_message",
        "Answer as an operator",
    )
    .describing("In a conversation that was handed off; in any other, `not_allowed_now`. It is delivered through the channel of the conversation.")
    .group("Conversations")
    .access(CONVERSATIONS_WRITE)
    .answers(StatusCode::CREATED, "The message, queued.")
    .fails_with(&[
        Code::NotAllowedNow,
        Code::Erased,
        Code::WindowClosed,
        Code::OptedOut,
        Code::PlanLimitReached,
    ]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Said>;
    type Ok = Json<MessageRow>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(Said { content }) = &call.body;
        let (caller, once, engine) = (call.caller(), call.facts.once.as_ref(), call.app.engine());
        let earlier = call.earlier_answer()?;
        // What was queued once stays queued, whoever answers by now.
        let answered = if let Some(earlier) = earlier {
            earlier
        } else {
            let content = Sendable::text(content.clone())
                .map_err(|refusal| Problem::from(refusal).calling("text", "content"))?;
            let command =
                rules::SendMessage { after_handoff: true, ..rules::SendMessage::now(content) };
            let answer = |_: &[Event], contact: ContactId| Answer::open(201, json!({}), contact);
            let conversation = ConversationId(call.path.id);
            engine.send_message(&caller, conversation, command, once, answer).await?
        };
        let requested = ids::event_of(&call.app, answered.position, |event| {
            matches!(event, Event::Conversation(rules::Event::MessageRequested(_)))
        })?;
        let Event::Conversation(rules::Event::MessageRequested(message)) = &requested.event else {
            return Err(Problem::plain(Code::Internal));
        };
        let row = MessageRow {
            id: message.message.0,
            role: Role::Assistant,
            content: content.expose().to_owned(),
            // As the transcript shows it.
            created_at: shown(Time::of_seconds(requested.at.0.div_euclid(1_000_000))),
        };
        Reply::answering(answered, &row)
    }
}
