//! Removing a canned reply.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::canned_reply as rules;

use crate::endpoint::{Access, Call, Declaration, Endpoint, NoParameters, Nothing, Reply};
use crate::problem::Outcome;
use crate::v1::wire::ById;

/// `DELETE /v1/canned-replies/{id}`
pub(crate) struct RemoveCannedReply;

impl Endpoint for RemoveCannedReply {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/canned-replies/{id}",
        "remove_canned_reply",
        "Remove a canned reply",
    )
    .describing("Its shortcut is free for another. What was sent stays as it was.")
    .group("Canned replies")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::NO_CONTENT, "It is removed.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let done = call.execute_plainly(call.path.id, rules::RemoveCannedReply).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
