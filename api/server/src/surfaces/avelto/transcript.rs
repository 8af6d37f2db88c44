//! A conversation with everything that was said.

use axum::http::StatusCode;
use convolog_answer::{Sentiment, sentiment};
use convolog_domain::{ConversationId, WorkspaceId};
use convolog_projections::page::MAX_LIMIT;
use convolog_projections::transcripts::MessageQuery;
use convolog_projections::view::{DirectionView, MessageView, Reader};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::CONVERSATIONS_READ;
use super::conversations::ConversationRow;
use super::wire::{ById, shown};
use crate::endpoint::{Call, Declaration, NoParameters, Read};
use crate::problem::{Outcome, Problem};

/// `GET /api/v1/conversations/{id}`
pub(super) struct ShowConversation;

/// A conversation with everything that was said.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transcript {
    #[serde(flatten)]
    conversation: ConversationRow,
    /// Everything that was said, the oldest first.
    messages: Vec<MessageRow>,
    /// How the customer feels by the words they chose, the last ones above all; null if they wrote
    /// nothing, or in a language of which nothing is known here.
    sentiment: Option<Mood>,
    /// What it is about, in the words of the staff.
    tags: Vec<String>,
    /// The member of the staff who has it.
    assigned_operator: Option<Operator>,
    /// That it waits for a person: then an operator may write.
    handoff: Option<Handoff>,
}

/// How a customer feels.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "Sentiment")]
enum Mood {
    /// They praise, or thank warmly.
    Positive,
    /// Neither praise nor complaint, or as much of both.
    Neutral,
    /// They complain.
    Negative,
}

impl From<Sentiment> for Mood {
    fn from(sentiment: Sentiment) -> Self {
        match sentiment {
            Sentiment::Positive => Self::Positive,
            Sentiment::Neutral => Self::Neutral,
            Sentiment::Negative => Self::Negative,
        }
    }
}

/// A member of the staff.
#[derive(Serialize, JsonSchema)]
struct Operator {
    /// Who.
    id: Uuid,
    /// Their name.
    name: Option<String>,
}

/// That a conversation waits for a person.
#[derive(Serialize, JsonSchema)]
struct Handoff {
    /// Why.
    reason: String,
    /// Since when.
    since: String,
}

/// Something that was said.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Message")]
pub(super) struct MessageRow {
    /// Which one.
    pub(super) id: Uuid,
    /// Who said it.
    pub(super) role: Role,
    /// What was said; of what has no text, its type in brackets; empty if it was erased.
    pub(super) content: String,
    /// When.
    pub(super) created_at: String,
}

/// Who said something.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Role {
    /// The customer.
    User,
    /// The business: its agent, or one of its people.
    Assistant,
}

impl From<MessageView> for MessageRow {
    fn from(message: MessageView) -> Self {
        let unread = message.erased || message.unreadable;
        let kind = || if unread { String::new() } else { format!("[{}]", message.kind) };
        Self {
            id: message.id,
            role: match message.direction {
                DirectionView::Inbound => Role::User,
                DirectionView::Outbound => Role::Assistant,
            },
            content: message.text.clone().unwrap_or_else(kind),
            created_at: shown(message.sent_at),
        }
    }
}

impl Read for ShowConversation {
    const DECLARATION: Declaration = Declaration::get(
        "/api/v1/conversations/{id}",
        "conversation",
        "Show a conversation with everything that was said",
    )
    .group("Conversations")
    .access(CONVERSATIONS_READ)
    .answers(StatusCode::OK, "The conversation.")
    .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = Transcript;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, id) = (call.workspace(), ConversationId(call.path.id));
        let found = view.conversation(workspace, id)?;
        let found = found.ok_or_else(|| Problem::not_found("conversation"))?;
        let operator = found.assignee.as_ref();
        let said = messages(view, workspace, id)?;
        let written = said.iter().filter(|message| message.direction == DirectionView::Inbound);
        let written = written.filter_map(|message| message.text.as_deref());
        let sentiment = sentiment(written).map(Mood::from);
        Ok(Transcript {
            conversation: ConversationRow::of(&call.app, workspace, &found)?,
            sentiment,
            messages: said.into_iter().map(MessageRow::from).collect(),
            assigned_operator: operator
                .map(|person| Operator { id: person.id, name: person.name.clone() }),
            handoff: found.handoff.as_ref().map(|handoff| Handoff {
                reason: handoff.reason.clone(),
                since: shown(handoff.since),
            }),
            tags: found.tags,
        })
    }
}

/// Everything that was said, the oldest first.
fn messages(
    view: &Reader,
    workspace: WorkspaceId,
    id: ConversationId,
) -> Outcome<Vec<MessageView>> {
    let mut query = MessageQuery { limit: MAX_LIMIT, ..MessageQuery::of(workspace, id) };
    let mut said = Vec::new();
    loop {
        let page = view.messages(&query)?;
        said.extend(page.items);
        match page.next {
            Some(next) => query.page = Some(next),
            None => return Ok(said),
        }
    }
}
