//! Erasing what is known of a person: the keys are destroyed, the proofs stay.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::limits::ERASURE_REASONS;
use convolog_domain::{ContactId, WorkspaceId};
use convolog_engine::{Answer, Erased};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::{ById, seconds};

/// `POST /v1/contacts/{id}/erase`
pub(crate) struct EraseContact;

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

/// What can be certified of an erasure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Certificate {
    /// The workspace.
    workspace_id: Uuid,
    /// Every contact whose data was erased: the one of the path and those that are the same person.
    contacts: Vec<Uuid>,
    /// Why.
    reason: String,
    /// When the keys were destroyed.
    keys_gone_at: String,
    /// Where the log says so.
    position: u64,
    /// The generation of the vault without the keys.
    vault_generation: u64,
    /// Counts rewrites of the vault.
    vault_epoch: u32,
    /// When the last backup of the vault that may hold them is gone.
    backups_gone_by: String,
}

fn reasons(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": ERASURE_REASONS })
}

impl Endpoint for EraseContact {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/contacts/{id}/erase",
        "erase_contact",
        "Erase the data of a contact",
    )
    .describing("Destroys the keys of this person: names, numbers and everything they said or were told can be read by nobody any more. That it happened, and every proof, stays.")
    .group("Contacts")
    .access(Access::AdministratorOrKey(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "What can be certified.")
    .fails_with(&[Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Why>;
    type Ok = Json<Certificate>;

    async fn call(mut call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(Why { workspace_id, reason }) = call.body.clone();
        call.session = call.in_workspace(workspace(&call, workspace_id)?)?;
        let (caller, whom) = (call.caller(), (ContactId(call.path.id), reason.as_str()));
        let answer = |erased: &Erased| {
            let body = certificate(caller.workspace, &reason, erased);
            let body = serde_json::to_value(body).unwrap_or_default();
            Answer { status: 200, masked: body.clone(), body, subject: caller.workspace.into() }
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
}

fn workspace(call: &Call<EraseContact>, named: Option<Uuid>) -> Outcome<WorkspaceId> {
    match named {
        Some(id) => Ok(WorkspaceId(id)),
        None if call.session.administrator => Err(Problem::field(
            "workspace_id",
            "workspace_id is missing: the administrator names the workspace.",
        )),
        None => Ok(call.session.workspace),
    }
}

fn certificate(workspace: WorkspaceId, reason: &str, erased: &Erased) -> Certificate {
    Certificate {
        workspace_id: workspace.0,
        contacts: erased.contacts.iter().map(|contact| contact.0).collect(),
        reason: reason.to_owned(),
        keys_gone_at: seconds(erased.at),
        position: erased.position.0,
        vault_generation: erased.erasure.generation,
        vault_epoch: erased.erasure.epoch,
        backups_gone_by: seconds(erased.erasure.backups_expire_at),
    }
}
