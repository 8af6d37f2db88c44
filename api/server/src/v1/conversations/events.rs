//! The history of one conversation.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{StreamKind, conversation::Conversation};
use convolog_engine::Stream;
use convolog_projections::view::Reader;

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::events::{EventView, read_stream};
use crate::v1::wire::ById;

/// `GET /v1/conversations/{id}/events`
pub(crate) struct ListConversationEvents;

impl Read for ListConversationEvents {
    const DECLARATION: Declaration = Declaration::list(
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
    .tagged()
    .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<EventView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (workspace, id) = (call.workspace(), call.path.id);
        let loaded = call.app.engine().load::<Conversation>(workspace, id)?;
        if loaded.state.opened.is_none() {
            return Err(Problem::not_found("conversation"));
        }
        let stream = Stream::new(workspace, StreamKind::Conversation, id);
        read_stream(&call.app, stream, &call.paging, call.as_of)
    }
}
