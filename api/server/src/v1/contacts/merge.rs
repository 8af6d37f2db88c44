//! Two contacts are one person, or were not after all.

use axum::http::StatusCode;
use convolog_domain::ContactId;
use convolog_domain::api_key::Scope;
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `POST /v1/contacts/{id}/merge`
pub(crate) struct MergeContacts;
/// `POST /v1/contacts/{id}/unmerge`
pub(crate) struct UnmergeContacts;

/// The other contact.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherContact {
    /// The contact that is, or was, merged into the one of the path.
    other: Uuid,
}

/// Two contacts after the change.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct TwoContacts {
    /// The one of the path.
    id: Uuid,
    /// The other one.
    other: Uuid,
    /// Whether the other one is merged into it now.
    merged: bool,
}

impl Endpoint for MergeContacts {
    const DECLARATION: Declaration =
        Declaration::post("/v1/contacts/{id}/merge", "merge_contacts", "Merge two contacts")
            .describing("The contact of the path goes on for both. Repeating it is refused with `not_allowed_now`, and changes nothing.")
            .group("Contacts")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::OK, "The two contacts.")
            .fails_with(&[Code::AlreadyExists, Code::NotAllowedNow, Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<OtherContact>;
    type Ok = Json<TwoContacts>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, other) = (call.path.id, call.body.0.other);
        let (survivor, absorbed) = (ContactId(id), ContactId(other));
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answer = || answer(&call, TwoContacts { id, other, merged: true });
        let engine = call.app.engine();
        let answered = engine.merge_contacts(&caller, survivor, absorbed, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

fn answer<E: Endpoint>(call: &Call<E>, both: TwoContacts) -> Answer {
    let body = serde_json::to_value(both).unwrap_or_default();
    Answer::open(200, body, call.session.workspace)
}

impl Endpoint for UnmergeContacts {
    const DECLARATION: Declaration =
        Declaration::post("/v1/contacts/{id}/unmerge", "unmerge_contacts", "Undo a merge")
            .describing("The other contact stands for itself again.")
            .group("Contacts")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::OK, "The two contacts.")
            .fails_with(&[Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<OtherContact>;
    type Ok = Json<TwoContacts>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, other) = (call.path.id, call.body.0.other);
        let (survivor, released) = (ContactId(id), ContactId(other));
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answer = || answer(&call, TwoContacts { id, other, merged: false });
        let engine = call.app.engine();
        let answered = engine.unmerge_contacts(&caller, survivor, released, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}
