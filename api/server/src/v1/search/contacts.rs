//! Searching contacts by their names.

use std::collections::HashSet;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::People;
use convolog_projections::view::{ContactView, Reader};
use convolog_search::ContactHit;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Found, Named};
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::{Code, Outcome};

/// `GET /v1/search/contacts`
pub(crate) struct SearchContacts;

/// A contact that answers.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FoundContact {
    /// How well it answers. Depends on nothing but this workspace.
    score: f32,
    /// The contact; where several turned out to be one person, the one that goes on.
    contact: ContactView,
}

impl Read for SearchContacts {
    const DECLARATION: Declaration =
        Declaration::get("/v1/search/contacts", "search_contacts", "Search contacts")
            .describing("By name, user name and e-mail address.")
            .group("Search")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The contacts, the best first.")
            .fails_with(&[Code::InvalidPage])
            .from_search();
    type Path = NoParameters;
    type Query = Named;
    type Shown = Found<FoundContact>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let workspace = call.workspace();
        let page = call.query.page(workspace, "search/contacts")?;
        let answers = call.app.search().contacts(workspace, &call.query.search(page.depth()))?;
        let begin = page.begin(&answers.hits, id);
        let (mut passed, mut data, mut seen) = (0, Vec::new(), HashSet::new());
        while let Some(hit) = answers.hits.get(passed).filter(|_| data.len() < page.limit) {
            let is_shown = passed >= begin;
            passed = passed.saturating_add(1);
            let Some(standing) = view.rows().standing(workspace, hit.contact)? else { continue };
            // Somebody whom another hit stands for as well is shown once, on whichever page.
            if !seen.insert(standing.row.id) || !is_shown {
                continue;
            }
            let contact = view.contact(workspace, standing.row.id)?;
            data.extend(contact.map(|contact| FoundContact { score: hit.score, contact }));
        }
        let next = page.next(&answers.hits, passed, id);
        Ok(Found::new(data, next, &answers.left_out))
    }
}

fn id(hit: &ContactHit) -> Vec<u8> {
    hit.contact.0.as_bytes().to_vec()
}
