//! Reading the messages of a conversation, now or as they stood.

use axum::http::StatusCode;
use convolog_domain::ConversationId;
use convolog_domain::api_key::Scope;
use convolog_projections::transcripts::MessageQuery;
use convolog_projections::view::{MessageView, Reader};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::endpoint::{Access, Call, Declaration, Endpoint, List, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/conversations/{id}/messages`
pub(crate) struct ListMessages;

/// Which messages.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// How they are sorted; the oldest first if not given.
    order: Option<Order>,
}

/// How messages are sorted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MessageOrder")]
enum Order {
    /// The first one first.
    Oldest,
    /// The last one first.
    Newest,
}

/// What is asked of a conversation that is there.
pub(super) fn asked<E>(call: &Call<E>, view: &Reader) -> Outcome<MessageQuery>
where
    E: Endpoint<Path = ById, Query = Wanted>,
{
    let (workspace, id) = (call.workspace(), ConversationId(call.path.id));
    if view.rows().conversation(workspace, id)?.is_none() {
        return Err(Problem::not_found("conversation"));
    }
    let query = MessageQuery {
        newest_first: matches!(call.query.order, Some(Order::Newest)),
        page: call.paging.token.clone(),
        limit: call.paging.limit,
        ..MessageQuery::of(workspace, id)
    };
    Ok(query)
}

impl Read for ListMessages {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/conversations/{id}/messages",
        "list_messages",
        "List the messages of a conversation",
    )
    .describing("In the order in which they were said: the platform's second, then the position.")
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of messages.")
    .from_read_models()
    .as_of_with(&["order"]);
    type Path = ById;
    type Query = Wanted;
    type Shown = List<MessageView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        Ok(view.messages(&asked(call, view)?)?.into())
    }
}
