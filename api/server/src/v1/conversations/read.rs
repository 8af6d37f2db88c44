//! Reading conversations, now or as they stood.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{ChannelId, ContactId, ConversationId};
use convolog_projections::conversations::{
    ConversationOrder, ConversationQuery, ConversationStatus,
};
use convolog_projections::view::ConversationView;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::listing::{self, List};
use crate::v1::wire::ById;

/// `GET /v1/conversations`
pub(crate) struct ListConversations;

/// Which conversations.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The `next_page` of the page before.
    page: Option<String>,
    /// How many items at most; 50 if not given.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
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

impl Endpoint for ListConversations {
    const DECLARATION: Declaration = Declaration::get(
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
    .fails_with(&[Code::InvalidPage])
    .from_read_models()
    .as_of_with(&["page", "limit", "order", "channel_id", "contact_id", "status"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Body = NoParameters;
    type Ok = Json<List<ConversationView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let reader = call.reader().await?;
        let (workspace, wanted, past) =
            (call.session.workspace, call.query.clone(), call.as_of.is_some());
        let list = call
            .blocking(move |_| {
                let contacts = match wanted.contact_id {
                    Some(contact) => reader.rows().one_person(workspace, ContactId(contact))?,
                    None => Vec::new(),
                };
                let usual =
                    if past { ConversationOrder::Newest } else { ConversationOrder::Activity };
                let query = ConversationQuery {
                    order: wanted.order.map_or(usual, Into::into),
                    channel: wanted.channel_id.map(ChannelId),
                    contacts,
                    status: wanted.status.map(|Status::Open| ConversationStatus::Open),
                    page: wanted.page,
                    limit: listing::limit(wanted.limit),
                    ..ConversationQuery::of(workspace)
                };
                let page = reader.conversations(&query)?;
                Ok(List { data: page.items, next_page: page.next })
            })
            .await?;
        Reply::json(&list)
    }
}

/// `GET /v1/conversations/{id}`
pub(crate) struct ShowConversation;

impl Endpoint for ShowConversation {
    const DECLARATION: Declaration =
        Declaration::get("/v1/conversations/{id}", "show_conversation", "Show a conversation")
            .group("Conversations")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The conversation.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ConversationView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let reader = call.reader().await?;
        let (workspace, id) = (call.session.workspace, ConversationId(call.path.id));
        let view = call
            .blocking(move |_| {
                let found = reader.conversation(workspace, id)?;
                found.ok_or_else(|| Problem::not_found("conversation"))
            })
            .await?;
        Reply::json(&view)
    }
}
