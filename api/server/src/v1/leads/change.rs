//! Changing what is known of a lead.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{ContactId, LeadId};
use convolog_projections::view::LeadView;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::answer;
use super::wire::Known;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `PATCH /v1/leads/{id}`
pub(crate) struct ChangeLead;

/// What is to be known of a lead.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ChangedLead", deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The contact that they turned out to be. From then on both are erased together.
    #[serde(default)]
    contact_id: Option<Uuid>,
    #[serde(flatten)]
    known: Known,
}

impl Endpoint for ChangeLead {
    const DECLARATION: Declaration =
        Declaration::patch("/v1/leads/{id}", "change_lead", "Change a lead")
            .describing("Fields, score, value, owner, contact: what is left out stays as it is, null takes a value away. All of it is changed, or nothing. Safe to repeat.")
            .group("Leads")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::OK, "The lead.")
            .fails_with(&[Code::AlreadyExists, Code::NotAllowedNow, Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<LeadView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, engine, caller) = (LeadId(call.path.id), call.app.engine(), call.caller());
        let JsonBody(Wanted { contact_id, known }) = &call.body;
        let changes = known.changes()?;
        let contact = contact_id.map(ContactId);
        let position = engine.change_lead(&caller, id, contact, &changes).await?;
        answer(&call, id, position).await
    }
}
