//! Showing a customer that their message is read, and that somebody writes.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::conversation::MarkOutcome;
use convolog_domain::{ConversationId, MessageId};
use convolog_reactors::{Marked, ReadMark, mark_read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::installation::is_armed;
use crate::v1::wire::ById;

/// `POST /v1/conversations/{id}/read`
pub(crate) struct MarkAsRead;

/// What is to be shown.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReadMark")]
pub(crate) struct Shown {
    /// The customer's message; their newest one if not given. Those before it count as read too.
    #[serde(default)]
    message_id: Option<Uuid>,
    /// Show also that somebody writes, for 25 seconds or until an answer comes.
    #[serde(default)]
    typing: bool,
}

/// What came of it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct MarkedMessage {
    /// In which conversation.
    conversation_id: Uuid,
    /// Which message.
    message_id: Uuid,
    /// Whether it was to be shown that somebody writes.
    typing: bool,
    /// Whether the platform took it.
    outcome: MarkOutcome,
    /// The HTTP status of its answer, if there was one.
    http_status: Option<u16>,
}

impl Endpoint for MarkAsRead {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/conversations/{id}/read",
        "mark_as_read",
        "Mark a message as read",
    )
    .describing("Tells the platform at once, so that the customer sees two blue ticks, and that somebody writes if `typing` is true. It is tried once and recorded with what came of it; `outcome` says whether the platform took it. A test key stops before the call (`sandbox`).")
    .group("Conversations")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::OK, "What came of it.")
    .fails_with(&[Code::NotAllowedNow, Code::Erased])
    .keeps_its_answer_after();
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Shown>;
    type Ok = Json<MarkedMessage>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (app, caller, JsonBody(shown)) = (&call.app, call.caller(), &call.body);
        let conversation = ConversationId(call.path.id);
        let mark = ReadMark { message: shown.message_id.map(MessageId), typing: shown.typing };
        let what = (mark, is_armed(app)?);
        let marked = mark_read(app.engine(), app.outgoing(), &caller, conversation, what).await?;
        let Marked { message, outcome, http_status, position } = marked;
        let view = MarkedMessage {
            conversation_id: conversation.0,
            message_id: message.0,
            typing: shown.typing,
            outcome,
            http_status,
        };
        Ok(Reply::json(&view)?.at(position))
    }
}
