//! Erasing what is known of a lead that no contact stands for, and what can be certified of it.

use axum::http::StatusCode;
use convolog_domain::LeadId;
use convolog_domain::api_key::Scope;
use convolog_domain::limits::ERASURE_REASONS;
use convolog_projections::view::Reader;
use convolog_replay::erasure::Certificate;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `DELETE /v1/leads/{id}/personal-data`
pub(crate) struct DeleteLeadData;
/// `GET /v1/leads/{id}/erasure`
pub(crate) struct ShowLeadErasure;

/// Why.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Why {
    /// Why: a closed list, because it stays in the clear for ever.
    #[schemars(schema_with = "reasons")]
    reason: String,
}

fn reasons(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": ERASURE_REASONS })
}

impl Endpoint for DeleteLeadData {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/leads/{id}/personal-data",
        "delete_lead_data",
        "Delete the personal data of a lead",
    )
    .describing("Destroys the keys of a lead that no contact stands for, and of those merged with it: names, numbers, notes and every other field can be read by nobody any more. Its statuses, scores and values stay, in lists and in what the pipeline counts, and so does every proof; it stands on the board no more, and cannot be changed. The id that another system gave it is free again. Where a contact stands for it, the contact is erased instead.")
    .group("Leads")
    .access(Access::Key(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "What can be certified.")
    .fails_with(&[Code::Erased, Code::NotAllowedNow]);
    type Path = ById;
    type Query = Why;
    type Body = NoParameters;
    type Ok = Json<Certificate>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (caller, reason) = (call.caller(), &call.query.reason);
        let engine = call.app.engine();
        let erased = engine.erase_lead(&caller, LeadId(call.path.id), reason).await?;
        // HEAD refuses an older copy of the vault, so it must name this one before anybody is told.
        call.app.folder().log().sync_head()?;
        let certificate = Certificate::of(caller.workspace, reason, &caller.actor, &erased);
        Ok(Reply::json(&certificate)?.at(erased.position))
    }
}

impl Read for ShowLeadErasure {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/leads/{id}/erasure",
        "show_lead_erasure",
        "Show the certificate of a lead's erasure",
    )
    .describing("What the erasure answered, again. A lead that was erased with its contact is in the contact's certificate: the answer is `not_found` then and names the contact.")
    .group("Leads")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The certificate.")
    .from_search();
    type Path = ById;
    type Query = NoParameters;
    type Shown = Certificate;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let lead = LeadId(call.path.id);
        let (engine, search) = (call.app.engine(), call.app.search());
        let found = Certificate::find_of_lead(engine, Some(search), call.workspace(), lead)?;
        if let Some(certificate) = found {
            return Ok(certificate);
        }
        Err(match engine.erased_with(call.workspace(), lead)? {
            Some(contact) => {
                let detail = format!(
                    "This lead was erased with the contact {contact}: GET /v1/contacts/{contact}/erasure shows the certificate."
                );
                Problem::new(Code::NotFound, detail)
            }
            None => Problem::not_found("lead whose data was erased"),
        })
    }
}
