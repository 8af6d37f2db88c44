//! Two leads are one.

use axum::http::StatusCode;
use convolog_domain::LeadId;
use convolog_domain::api_key::Scope;
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `POST /v1/leads/{id}/merge`
pub(crate) struct MergeLeads;

/// The other lead.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherLead {
    /// The lead that is merged into the one of the path.
    other: Uuid,
}

/// Two leads after the merge.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct MergedLeads {
    /// The one that goes on.
    id: Uuid,
    /// The other one.
    other: Uuid,
    /// Always true.
    merged: bool,
}

impl Endpoint for MergeLeads {
    const DECLARATION: Declaration =
        Declaration::post("/v1/leads/{id}/merge", "merge_leads", "Merge two leads")
            .describing("The lead of the path goes on for both, with its own status and value; fields that it lacks are shown from the other, which leaves its status.")
            .group("Leads")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::OK, "The two leads.")
            .fails_with(&[Code::NotAllowedNow, Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<OtherLead>;
    type Ok = Json<MergedLeads>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, other) = (LeadId(call.path.id), LeadId(call.body.0.other));
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answer = || {
            let both = MergedLeads { id: id.0, other: other.0, merged: true };
            let body = serde_json::to_value(both).unwrap_or_default();
            Answer::open(200, body, caller.workspace)
        };
        let engine = call.app.engine();
        Ok(Reply::answered(engine.merge_leads(&caller, id, other, once, answer).await?))
    }
}
