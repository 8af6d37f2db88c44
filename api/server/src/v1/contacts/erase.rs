//! Erasing what is known of a person: the keys are destroyed, the proofs stay.
//!
//! One act under two names: `DELETE …/personal-data` and, for clients that cannot send a DELETE,
//! `POST …/erase`.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::limits::ERASURE_REASONS;
use convolog_domain::{ContactId, WorkspaceId};
use convolog_engine::{Answer, Erased};
use convolog_replay::erasure::Certificate;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/contacts/{id}/erase`
pub(crate) struct EraseContact;
/// `DELETE /v1/contacts/{id}/personal-data`
pub(crate) struct DeletePersonalData;

/// Why, and for the administrator where.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Why {
    /// The workspace that the contact belongs to. The administrator must name it; a key acts in its
    /// own.
    #[serde(default)]
    workspace_id: Option<Uuid>,
    /// Why: a closed list, because it stays in the clear for ever.
    #[schemars(schema_with = "reasons")]
    reason: String,
}

fn reasons(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": ERASURE_REASONS })
}

/// What both names share.
const fn declared(named: Declaration) -> Declaration {
    named
        .describing("Destroys the keys of this person: names, numbers and everything they said or were told can be read by nobody any more. That it happened, and every proof, stays.")
        .group("Contacts")
        .access(Access::AdministratorOrKey(Scope::Manage))
        .rate(RateClass::Heavy)
        .answers(StatusCode::OK, "What can be certified.")
        .fails_with(&[Code::Erased, Code::LegalHold, Code::NotAllowedNow])
}

impl Endpoint for EraseContact {
    const DECLARATION: Declaration = declared(Declaration::post(
        "/v1/contacts/{id}/erase",
        "erase_contact",
        "Erase the data of a contact",
    ));
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Why>;
    type Ok = Json<Certificate>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(why) = call.body.clone();
        erase(call, why).await
    }
}

impl Endpoint for DeletePersonalData {
    const DECLARATION: Declaration = declared(Declaration::delete(
        "/v1/contacts/{id}/personal-data",
        "delete_personal_data",
        "Delete the personal data of a contact",
    ));
    type Path = ById;
    type Query = Why;
    type Body = NoParameters;
    type Ok = Json<Certificate>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let why = call.query.clone();
        erase(call, why).await
    }
}

async fn erase<E: Endpoint<Path = ById>>(
    mut call: Call<E>,
    why: Why,
) -> Outcome<Reply<Json<Certificate>>> {
    let Why { workspace_id, reason } = why;
    call.session = call.in_workspace(workspace(&call, workspace_id)?)?;
    let (caller, whom) = (call.caller(), (ContactId(call.path.id), reason.as_str()));
    let answer = |erased: &Erased| {
        let body = Certificate::of(caller.workspace, &reason, &caller.actor, erased);
        let body = serde_json::to_value(body).unwrap_or_default();
        Answer::open(200, body, caller.workspace)
    };
    let (engine, once) = (call.app.engine(), call.facts.once.as_ref());
    let mut answered = engine.erase_contact_once(&caller, whom, once, answer).await?;
    // HEAD refuses an older copy of the vault, so it must name this one before anybody is told.
    call.app.folder().log().sync_head()?;
    // Known only now: the answer is kept in the commit that it is the position of.
    if let Some(members) = answered.body.as_object_mut() {
        members.insert("position".to_owned(), answered.position.0.into());
    }
    Ok(Reply::answered(answered))
}

fn workspace<E: Endpoint>(call: &Call<E>, named: Option<Uuid>) -> Outcome<WorkspaceId> {
    match named {
        Some(id) => Ok(WorkspaceId(id)),
        None if call.session.administrator => Err(Problem::field(
            "workspace_id",
            "workspace_id is missing: the administrator names the workspace.",
        )),
        None => Ok(call.session.workspace),
    }
}
