//! Reading conversations, now or as they stood.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{ChannelId, ContactId, ConversationId};
use convolog_projections::conversations::{
    ConversationOrder, ConversationQuery, ConversationStatus,
};
use convolog_projections::view::{ConversationView, Reader};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/conversations`
pub(crate) struct ListConversations;

/// Which conversations.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those on this channel.
    channel_id: Option<Uuid>,
    /// Only those with this contact, and with everybody merged into them.
    contact_id: Option<Uuid>,
    /// Only those with this status.
    status: Option<Status>,
    /// How they are sorted; by activity if not given, and by `newest` with `as_of`.
    order: Option<Order>,
}

/// Whether a conversation is being had.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ConversationStatusFilter")]
enum Status {
    /// It goes on.
    Open,
}

/// How conversations are sorted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ConversationOrder")]
enum Order {
    /// The one with the newest message first.
    Activity,
    /// The one opened last first.
    Newest,
    /// The one opened first first.
    Oldest,
}

impl From<Order> for ConversationOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Activity => Self::Activity,
            Order::Newest => Self::Newest,
            Order::Oldest => Self::Oldest,
        }
    }
}

impl Read for ListConversations {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/conversations",
        "list_conversations",
        "List conversations",
    )
    .describing(
        "With `as_of`, the list is exact by creation: `order` must be `newest` or `oldest`.",
    )
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of conversations.")
    .from_read_models()
    .as_of_with(&["order", "channel_id", "contact_id", "status"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<ConversationView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, wanted) = (call.workspace(), &call.query);
        let contacts = match wanted.contact_id {
            Some(contact) => view.rows().one_person(workspace, ContactId(contact))?,
            None => Vec::new(),
        };
        let usual = match call.as_of {
            Some(_) => ConversationOrder::Newest,
            None => ConversationOrder::Activity,
        };
        let query = ConversationQuery {
            order: wanted.order.map_or(usual, Into::into),
            channel: wanted.channel_id.map(ChannelId),
            contacts,
            status: wanted.status.map(|Status::Open| ConversationStatus::Open),
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..ConversationQuery::of(workspace)
        };
        Ok(view.conversations(&query)?.into())
    }
}

/// `GET /v1/conversations/{id}`
pub(crate) struct ShowConversation;

impl Read for ShowConversation {
    const DECLARATION: Declaration =
        Declaration::get("/v1/conversations/{id}", "show_conversation", "Show a conversation")
            .group("Conversations")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The conversation.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = ConversationView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.conversation(call.workspace(), ConversationId(call.path.id))?;
        found.ok_or_else(|| Problem::not_found("conversation"))
    }
}
