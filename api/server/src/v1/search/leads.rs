//! Searching leads by their names.

use std::collections::HashSet;

use axum::http::StatusCode;
use convolog_domain::LeadId;
use convolog_domain::api_key::Scope;
use convolog_projections::view::{LeadView, Reader};
use convolog_search::DEPTH;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Found, Named};
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::{Code, Outcome};

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
            .fails_with(&[Code::InvalidPage])
            .from_search();
    type Path = NoParameters;
    type Query = Named;
    type Shown = Found<FoundLead>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let workspace = call.workspace();
        let page = call.query.page(workspace, "search/leads")?;
        let (best, left_out) = best(call, view, page.depth())?;
        let (mut passed, mut data) = (page.begin(&best, id), Vec::new());
        while let Some((score, lead)) = best.get(passed).filter(|_| data.len() < page.limit) {
            passed = passed.saturating_add(1);
            let lead = view.lead(workspace, *lead)?;
            data.extend(lead.map(|lead| FoundLead { score: *score, lead }));
        }
        let next = page.next(&best, passed, id);
        Ok(Found::new(data, next, &left_out))
    }
}

/// A lead that goes on, and how well it answers.
type Best = (f32, LeadId);

fn id((_, lead): &Best) -> Vec<u8> {
    lead.0.as_bytes().to_vec()
}

/// The `depth` leads that answer best by their own names or by those of their contacts, each once;
/// and what was left out of the question.
fn best(
    call: &Call<SearchLeads>,
    view: &Reader,
    depth: usize,
) -> Outcome<(Vec<Best>, Vec<&'static str>)> {
    let (workspace, search, mut asked) = (call.workspace(), call.app.search(), depth);
    loop {
        let wanted = call.query.search(asked);
        let own = search.leads(workspace, &wanted)?;
        let of_contacts = search.contacts(workspace, &wanted)?;
        // What does not answer better than the last one of a list that goes on may not be complete.
        let own_last = own.hits.get(asked.saturating_sub(1)).map(|hit| hit.score);
        let their_last = of_contacts.hits.get(asked.saturating_sub(1)).map(|hit| hit.score);
        let least = own_last.into_iter().chain(their_last).reduce(f32::max);
        let is_all = least.is_none() || asked >= DEPTH;
        let mut hits: Vec<Best> = own.hits.iter().map(|hit| (hit.score, hit.lead)).collect();
        for hit in of_contacts.hits {
            let theirs = view.rows().leads_of(workspace, hit.contact)?;
            hits.extend(theirs.into_iter().map(|lead| (hit.score, lead)));
        }
        hits.retain(|(score, _)| is_all || least.is_none_or(|least| *score > least));
        hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut best, mut seen) = (Vec::new(), HashSet::new());
        for (score, lead) in hits {
            let Some(standing) = view.rows().standing_lead(workspace, lead)? else { continue };
            if seen.insert(standing.row.id) {
                best.push((score, standing.row.id));
            }
        }
        if is_all || best.len() >= depth {
            best.truncate(depth);
            return Ok((best, own.left_out));
        }
        asked = asked.saturating_mul(2).min(DEPTH);
    }
}
