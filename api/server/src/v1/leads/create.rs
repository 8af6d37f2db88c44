//! Opening a lead by command.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::{Lead, Opening};
use convolog_domain::{ContactId, LeadId, Sensitive};
use convolog_engine::{Answer, NewLead};
use convolog_projections::view::LeadView;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::wire::Known;
use super::{shown, subject};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};

/// `POST /v1/leads`
pub(crate) struct CreateLead;

/// A lead to be opened.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "NewLead", deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Where they came from, in a word such as `landing-page`; `api` if not given.
    #[serde(default)]
    source: Option<String>,
    /// The contact, if it is known who they are. Else whoever has the phone number, if anybody.
    #[serde(default)]
    contact_id: Option<Uuid>,
    /// The id that another system gave them: unique in the workspace.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 200))]
    external_id: Option<Sensitive>,
    #[serde(flatten)]
    known: Known,
}

impl Endpoint for CreateLead {
    const DECLARATION: Declaration = Declaration::post("/v1/leads", "create_lead", "Open a lead")
        .describing("It begins as NEW. Nobody is two leads: if the contact, or whoever has the phone number, is one already, or the external id is taken, the answer is `already_exists` and names that lead.")
        .group("Leads")
        .access(Access::Key(Scope::Write))
        .answers(StatusCode::CREATED, "The lead.")
        .fails_with(&[Code::AlreadyExists, Code::Erased]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<LeadView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let JsonBody(Wanted { source, contact_id, external_id, known }) = &call.body;
        let id = LeadId(call.new_id("lead"));
        let new = NewLead {
            opened_by: Opening::Command,
            source: source.clone().unwrap_or_else(|| "api".to_owned()),
            contact: contact_id.map(ContactId),
            external_id: external_id.clone(),
            known: known.changes()?,
        };
        let engine = call.app.engine();
        let (caller, begun) = (call.caller(), engine.load::<Lead>(call.workspace(), id.0)?);
        // An earlier try with this key got this far and was cut short.
        let position = match begun.state.opened {
            Some(_) => engine.log().head(),
            None => engine.open_lead(&caller, id, &new).await?.position,
        };
        let view = shown(&call, id, position).await?;
        let body = serde_json::to_value(view).unwrap_or_default();
        let subject = subject(&call, id)?;
        let answer = Answer { status: 201, masked: body.clone(), body, subject };
        Ok(Reply::answered(call.remember(answer, position).await?))
    }
}
