//! Searching leads by their names.

use axum::http::StatusCode;
use convolog_domain::LeadId;
use convolog_domain::api_key::Scope;
use convolog_projections::view::{LeadView, Reader};
use convolog_search::NameSearch;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Found, Named};
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::Outcome;

/// `GET /v1/search/leads`
pub(crate) struct SearchLeads;

/// A lead that answers.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FoundLead {
    /// How well it answers. Depends on nothing but this workspace.
    score: f32,
    /// The lead; where several were merged, the one that goes on.
    lead: LeadView,
}

impl Read for SearchLeads {
    const DECLARATION: Declaration =
        Declaration::get("/v1/search/leads", "search_leads", "Search leads")
            .describing(
                "By name, company and e-mail address, and by the names that their contact goes by.",
            )
            .group("Search")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The leads, the best first.")
            .from_search();
    type Path = NoParameters;
    type Query = Named;
    type Shown = Found<FoundLead>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, search) = (call.workspace(), call.app.search());
        let wanted = NameSearch::from(&call.query);
        let (own, of_contacts) =
            (search.leads(workspace, &wanted)?, search.contacts(workspace, &wanted)?);
        let mut hits: Vec<(f32, LeadId)> =
            own.hits.iter().map(|hit| (hit.score, hit.lead)).collect();
        for hit in of_contacts.hits {
            let theirs = view.rows().leads_of(workspace, hit.contact)?;
            hits.extend(theirs.into_iter().map(|lead| (hit.score, lead)));
        }
        hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut data: Vec<FoundLead> = Vec::with_capacity(wanted.limit.min(hits.len()));
        for (score, lead) in hits {
            if data.len() == wanted.limit {
                break;
            }
            let Some(standing) = view.rows().standing_lead(workspace, lead)? else { continue };
            let Some(lead) = view.lead(workspace, standing.row.id)? else { continue };
            if data.iter().all(|found| found.lead.id != lead.id) {
                data.push(FoundLead { score, lead });
            }
        }
        Ok(Found::new(data, &own.left_out))
    }
}
