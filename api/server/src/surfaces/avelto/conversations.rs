//! Lists of conversations.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use convolog_domain::agent::Agent;
use convolog_domain::{AgentId, ChannelId, WorkspaceId};
use convolog_projections::conversations::{ConversationQuery, ConversationStatus};
use convolog_projections::view::{ConversationView, Reader};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::CONVERSATIONS_READ;
use super::wire::{bare, shown};
use crate::app::App;
use crate::endpoint::{Call, Declaration, Json, NoParameters, Read, Reply};
use crate::problem::Outcome;

/// `GET /api/v1/conversations`
pub(super) struct AllConversations;

/// Which conversations.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Wanted {
    /// Only those of this agent.
    agent_id: Option<Uuid>,
    /// Only those on this channel.
    channel_id: Option<Uuid>,
    /// Only those with this status.
    status: Option<Status>,
    /// Only those with one of these tags, separated by commas.
    #[schemars(length(min = 1, max = 1000))]
    tag_ids: Option<String>,
}

/// Whether a conversation goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "ConversationStatus")]
pub(super) enum Status {
    /// It goes on.
    Open,
    /// It is done, until the customer writes.
    Closed,
}

impl From<ConversationStatus> for Status {
    fn from(status: ConversationStatus) -> Self {
        match status {
            ConversationStatus::Open => Self::Open,
            ConversationStatus::Closed => Self::Closed,
        }
    }
}

impl From<Status> for ConversationStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Closed => Self::Closed,
        }
    }
}

/// A conversation.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Conversation")]
pub(super) struct ConversationRow {
    /// Which one.
    id: Uuid,
    /// The agent that it began with; if there was none yet, the one that answers on its channel.
    agent_id: Option<Uuid>,
    /// The channel it is had on.
    channel_id: Uuid,
    /// Whether it goes on.
    status: Status,
    /// When it began.
    created_at: String,
}

impl ConversationRow {
    pub(super) fn of(app: &App, workspace: WorkspaceId, view: &ConversationView) -> Outcome<Self> {
        let mut agent_id = view.agent_id;
        if agent_id.is_none() {
            let answers = app.engine().agent_of_channel(workspace, ChannelId(view.channel_id))?;
            agent_id = answers.map(|agent| agent.0);
        }
        Ok(Self {
            id: view.id,
            agent_id,
            channel_id: view.channel_id,
            status: view.status.into(),
            created_at: shown(view.opened_at),
        })
    }
}

impl Read for AllConversations {
    const DECLARATION: Declaration =
        Declaration::list("/api/v1/conversations", "conversations", "List conversations")
            .describing("The one with the newest message first; deleted ones are left out. `X-Total-Count` says how many there are, `Link` leads to the next page.")
            .group("Conversations")
            .access(CONVERSATIONS_READ)
            .answers(StatusCode::OK, "A page of conversations.")
            .from_read_models();
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = Reply<Json<Vec<ConversationRow>>>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let Wanted { agent_id, channel_id, status, tag_ids } = &call.query;
        let tags = tag_ids.iter().flat_map(|tags| tags.split(','));
        let (app, workspace) = (&call.app, call.workspace());
        let served = match agent_id {
            Some(agent) => app.engine().load::<Agent>(workspace, *agent)?.state.serving.clone(),
            None => BTreeSet::new(),
        };
        let mut query = ConversationQuery {
            agent: agent_id.map(AgentId),
            agent_channels: served.into_iter().collect(),
            channel: channel_id.map(ChannelId),
            status: status.map(Into::into),
            any_tag: tags.map(|tag| tag.trim().to_lowercase()).collect(),
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..ConversationQuery::of(workspace)
        };
        let total = view.rows().models().conversations()?.conversations_counted(&query)?;
        let mut rows: Vec<ConversationRow> = Vec::new();
        // What filters leave out makes no page shorter: there is no envelope to say that it goes on.
        let next = loop {
            let page = view.conversations(&query)?;
            for item in &page.items {
                rows.push(ConversationRow::of(app, workspace, item)?);
            }
            query.limit = call.paging.limit.saturating_sub(rows.len());
            if query.limit == 0 || page.next.is_none() {
                break page.next;
            }
            query.page = page.next;
        };
        bare(call, &rows, next.as_deref(), total)
    }
}
