//! Searching contacts by their names.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::People;
use convolog_projections::view::{ContactView, Reader};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Found, Named};
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::Outcome;

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
            .from_search();
    type Path = NoParameters;
    type Query = Named;
    type Shown = Found<FoundContact>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let workspace = call.workspace();
        let answers = call.app.search().contacts(workspace, &(&call.query).into())?;
        let mut data: Vec<FoundContact> = Vec::with_capacity(answers.hits.len());
        for hit in answers.hits {
            let Some(standing) = view.rows().standing(workspace, hit.contact)? else { continue };
            let Some(contact) = view.contact(workspace, standing.row.id)? else { continue };
            if data.iter().all(|found| found.contact.id != contact.id) {
                data.push(FoundContact { score: hit.score, contact });
            }
        }
        Ok(Found::new(data, &answers.left_out))
    }
}
