//! Letting a person go.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::person as rules;

use crate::endpoint::{Access, Call, Declaration, Endpoint, NoParameters, Nothing, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `DELETE /v1/people/{id}`
pub(crate) struct RemovePerson;

impl Endpoint for RemovePerson {
    const DECLARATION: Declaration =
        Declaration::delete("/v1/people/{id}", "remove_person", "Remove a person")
            .describing("Nobody can act in their name any more, and keys that act for them stop working. What they did stays in history.")
            .group("People")
            .access(Access::Key(Scope::Manage))
            .for_owners()
            .answers(StatusCode::NO_CONTENT, "They were removed.")
            .fails_with(&[Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let done = call.execute_plainly(call.path.id, rules::RemovePerson).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
