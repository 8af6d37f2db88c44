//! Removing a file.

use axum::http::StatusCode;
use convolog_domain::MediaId;
use convolog_domain::api_key::Scope;

use crate::endpoint::{Access, Call, Declaration, Endpoint, NoParameters, Nothing, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `DELETE /v1/media/{id}`
pub(crate) struct RemoveMedia;

impl Endpoint for RemoveMedia {
    const DECLARATION: Declaration =
        Declaration::delete("/v1/media/{id}", "remove_media", "Remove a file")
            .describing("Its bytes leave the disk. A message that waits to be sent with it fails; what was sent stays with whoever got it.")
            .group("Media")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::NO_CONTENT, "It is removed.")
            .fails_with(&[Code::SandboxKey]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let (engine, id) = (call.app.engine(), MediaId(call.path.id));
        call.caller().reaching("a message to people may wait to be sent with it")?;
        let done = engine.remove_media(&call.caller(), id).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
