//! Reading the messages of a conversation, now or as they stood.

use axum::http::StatusCode;
use convolog_domain::ConversationId;
use convolog_domain::api_key::Scope;
use convolog_projections::transcripts::MessageQuery;
use convolog_projections::view::MessageView;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::listing::{self, List};
use crate::v1::wire::ById;

/// `GET /v1/conversations/{id}/messages`
pub(crate) struct ListMessages;

/// Which messages.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The `next_page` of the page before.
    page: Option<String>,
    /// How many items at most; 50 if not given.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
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

impl Endpoint for ListMessages {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/conversations/{id}/messages",
        "list_messages",
        "List the messages of a conversation",
    )
    .describing("In the order in which they were said: the platform's second, then the position.")
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of messages.")
    .fails_with(&[Code::InvalidPage])
    .from_read_models()
    .as_of_with(&["page", "limit", "order"]);
    type Path = ById;
    type Query = Wanted;
    type Body = NoParameters;
    type Ok = Json<List<MessageView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let reader = call.reader().await?;
        let (workspace, id) = (call.session.workspace, ConversationId(call.path.id));
        let wanted = call.query.clone();
        let list = call
            .blocking(move |_| {
                if reader.rows().conversation(workspace, id)?.is_none() {
                    return Err(Problem::not_found("conversation"));
                }
                let query = MessageQuery {
                    newest_first: matches!(wanted.order, Some(Order::Newest)),
                    page: wanted.page,
                    limit: listing::limit(wanted.limit),
                    ..MessageQuery::of(workspace, id)
                };
                let page = reader.messages(&query)?;
                Ok(List { data: page.items, next_page: page.next })
            })
            .await?;
        Reply::json(&list)
    }
}
