//! Saying how far a lead has come.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{LeadId, Sensitive};
use convolog_projections::view::LeadView;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer;
use super::wire::Status;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `PATCH /v1/leads/{id}/status`
pub(crate) struct ChangeLeadStatus;

/// Where a lead is to come.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChangedLeadStatus")]
pub(crate) struct Wanted {
    /// The status.
    status: Status,
    /// Why, in people's own words.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    reason: Option<Sensitive>,
}

impl Endpoint for ChangeLeadStatus {
    const DECLARATION: Declaration = Declaration::patch(
        "/v1/leads/{id}/status",
        "change_lead_status",
        "Change the status of a lead",
    )
    .describing("NEW goes to QUALIFIED, CONTACTED or LOST; QUALIFIED and CONTACTED go to each other, to WON or to LOST; WON goes to LOST when the sale falls through; LOST goes back to NEW. Another move is refused with `not_allowed_now`, and `allowed` lists those that are possible. Asking for the present status changes nothing.")
    .group("Leads")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::OK, "The lead.")
    .fails_with(&[Code::NotAllowedNow, Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<LeadView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, engine) = (LeadId(call.path.id), call.app.engine());
        let JsonBody(Wanted { status, reason }) = &call.body;
        let done =
            engine.change_stage(&call.caller(), id, (*status).into(), reason.clone()).await?;
        answer(&call, id, done.position).await
    }
}
