//! The history of one conversation.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{StreamKind, conversation::Conversation};
use convolog_engine::Stream;

use crate::endpoint::NoParameters;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::events::{EventView, read_stream};
use crate::v1::listing::{List, PageQuery};
use crate::v1::wire::ById;

/// `GET /v1/conversations/{id}/events`
pub(crate) struct ListConversationEvents;

impl Endpoint for ListConversationEvents {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/conversations/{id}/events",
        "list_conversation_events",
        "List the events of a conversation",
    )
    .describing(
        "Everything that happened in it, in order: what every other view of it is made from.",
    )
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of events.")
    .fails_with(&[Code::InvalidPage])
    .tagged()
    .as_of_with(&["page", "limit"]);
    type Path = ById;
    type Query = PageQuery;
    type Body = NoParameters;
    type Ok = Json<List<EventView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, id) = (call.session.workspace, call.path.id);
        let (page, as_of) = (call.query.clone(), call.as_of);
        let list = call
            .blocking(move |app| {
                let loaded = app.engine().load::<Conversation>(workspace, id)?;
                if loaded.state.opened.is_none() {
                    return Err(Problem::not_found("conversation"));
                }
                let stream = Stream::new(workspace, StreamKind::Conversation, id);
                read_stream(app, stream, &page, as_of)
            })
            .await?;
        Reply::json(&list)
    }
}
