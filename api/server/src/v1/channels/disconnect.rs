//! Disconnecting a number.

use axum::http::StatusCode;
use convolog_domain::ChannelId;
use convolog_domain::api_key::Scope;

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, NoParameters, Nothing, RateClass, Reply,
};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `DELETE /v1/channels/{id}`
pub(crate) struct DisconnectChannel;

impl Endpoint for DisconnectChannel {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/channels/{id}",
        "disconnect_channel",
        "Disconnect a number",
    )
    .describing(
        "Nothing is received or sent at it any more, and its number is free. What was said stays.",
    )
    .group("Channels")
    .access(Access::Key(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::NO_CONTENT, "It is disconnected.")
    .fails_with(&[Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let id = ChannelId(call.path.id);
        let done = call.app.engine().disconnect_channel(&call.caller(), id).await?;
        Ok(Reply::nothing().at(done.position))
    }
}
