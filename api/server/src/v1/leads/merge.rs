//! Two leads are one.

use axum::http::StatusCode;
use convolog_domain::LeadId;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::Lead;
use convolog_engine::Answer;
use convolog_projections::view::LeadView;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::{shown, subject};
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

impl Endpoint for MergeLeads {
    const DECLARATION: Declaration =
        Declaration::post("/v1/leads/{id}/merge", "merge_leads", "Merge two leads")
            .describing("The lead of the path goes on for both, with its own status and value; fields that it lacks are shown from the other, which leaves its status.")
            .group("Leads")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::OK, "The lead that goes on.")
            .fails_with(&[Code::NotAllowedNow, Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<OtherLead>;
    type Ok = Json<LeadView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (id, other, engine) =
            (LeadId(call.path.id), LeadId(call.body.0.other), call.app.engine());
        let merged = engine.load::<Lead>(call.workspace(), other.0)?.state.merged_into;
        let position = match merged {
            // An earlier try with this key got this far and was cut short.
            Some(into) if into == id && call.facts.once.is_some() => engine.log().head(),
            _ => engine.merge_leads(&call.caller(), id, other).await?.position,
        };
        let body = serde_json::to_value(shown(&call, id, position).await?).unwrap_or_default();
        let subject = subject(&call, id)?;
        let answer = Answer { status: 200, masked: body.clone(), body, subject };
        Ok(Reply::answered(call.remember(answer, position).await?))
    }
}
