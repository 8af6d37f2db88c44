//! What was said in a conversation, and what operators did meanwhile.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::{Reader, TimelineEntry};

use super::messages::{Wanted, asked};
use crate::endpoint::{Access, Call, Declaration, List, Read};
use crate::problem::Outcome;
use crate::v1::wire::ById;

/// `GET /v1/conversations/{id}/timeline`
pub(crate) struct ShowTimeline;

impl Read for ShowTimeline {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/conversations/{id}/timeline",
        "show_timeline",
        "Show the timeline of a conversation",
    )
    .describing("Messages and operators' acts (notes, assignments, closings …) in one list, each with who and when, in the order in which they happened.")
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of messages and acts.")
    .from_read_models()
    .as_of_with(&["order"]);
    type Path = ById;
    type Query = Wanted;
    type Shown = List<TimelineEntry>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        Ok(view.timeline(&asked(call, view)?)?.into())
    }
}
