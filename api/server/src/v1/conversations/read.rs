//! Reading conversations, now or as they stood.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{ChannelId, ContactId, ConversationId, PersonId};
use convolog_projections::conversations::{
    Assignee, ConversationOrder, ConversationQuery, ConversationStatus,
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
    /// Only those that this member of the staff has; `none` for those that nobody has.
    assignee: Option<String>,
    /// Only those that wait for a person (`true`), or only those that do not.
    handoff: Option<bool>,
    /// Only those with this tag.
    tag: Option<String>,
    /// Whether deleted ones are wanted; left out if not given. `any` goes with an order by creation.
    deleted: Option<Deleted>,
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
    /// It is done, until the customer writes.
    Closed,
}

impl From<Status> for ConversationStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Closed => Self::Closed,
        }
    }
}

/// Whose conversations are wanted.
fn assignee(text: &str) -> Outcome<Assignee> {
    if text == "none" {
        return Ok(Assignee::Nobody);
    }
    let detail = "assignee must be the id of a person, or none.";
    let person = text.parse().map_err(|_| Problem::field("assignee", detail))?;
    Ok(Assignee::Person(PersonId(person)))
}

/// Whether deleted conversations are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Deleted {
    /// They are left out.
    #[default]
    False,
    /// Nothing else is wanted.
    True,
    /// They are wanted among the others.
    Any,
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
    /// The one that waits longest for a person first; those that wait for nobody are left out.
    Waiting,
}

impl From<Order> for ConversationOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Activity => Self::Activity,
            Order::Newest => Self::Newest,
            Order::Oldest => Self::Oldest,
            Order::Waiting => Self::Waiting,
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
        "Deleted ones are left out unless `deleted=true`, which lists nothing else. With `as_of`, the list is exact by creation: `order` must be `newest` or `oldest`.",
    )
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of conversations.")
    .from_read_models()
    .as_of_with(&["order", "channel_id", "contact_id", "status", "assignee", "handoff", "tag", "deleted"]);
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
        let (order, deleted) =
            (wanted.order.map_or(usual, Into::into), wanted.deleted.unwrap_or_default());
        let by_creation = matches!(order, ConversationOrder::Newest | ConversationOrder::Oldest);
        if deleted == Deleted::Any && !by_creation {
            let detail = "deleted=any needs an order by creation: newest or oldest.";
            return Err(Problem::field("deleted", detail));
        }
        let query = ConversationQuery {
            order,
            channel: wanted.channel_id.map(ChannelId),
            contacts,
            status: wanted.status.map(Into::into),
            assignee: wanted.assignee.as_deref().map(assignee).transpose()?,
            handoff: match order {
                ConversationOrder::Waiting => Some(true),
                _ => wanted.handoff,
            },
            tag: wanted.tag.as_ref().map(|tag| tag.trim().to_lowercase()),
            deleted: match deleted {
                Deleted::False => Some(false),
                Deleted::True => Some(true),
                Deleted::Any => None,
            },
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
    const DECLARATION: Declaration = Declaration::get(
        "/v1/conversations/{id}",
        "show_conversation",
        "Show a conversation",
    )
    .describing(
        "Also one that was deleted: whoever knows its id can read it, and `deleted_at` says so.",
    )
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
