//! Reading contacts, now or as they were known.

use axum::http::StatusCode;
use convolog_domain::ContactId;
use convolog_domain::api_key::Scope;
use convolog_projections::contacts::ContactQuery;
use convolog_projections::view::{ContactView, Reader};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/contacts`
pub(crate) struct ListContacts;

/// Which contacts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// How they are sorted; the newest first if not given.
    order: Option<Order>,
}

/// How contacts are sorted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ContactOrder")]
enum Order {
    /// The one known last first.
    Newest,
    /// The one known first first.
    Oldest,
}

impl Read for ListContacts {
    const DECLARATION: Declaration =
        Declaration::list("/v1/contacts", "list_contacts", "List contacts")
            .describing("By creation. Contacts that were merged into another are listed too.")
            .group("Contacts")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of contacts.")
            .from_read_models()
            .as_of_with(&["order"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<ContactView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let query = ContactQuery {
            newest_first: !matches!(call.query.order, Some(Order::Oldest)),
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..ContactQuery::of(call.workspace())
        };
        Ok(view.contacts(&query)?.into())
    }
}

/// `GET /v1/contacts/{id}`
pub(crate) struct ShowContact;

impl Read for ShowContact {
    const DECLARATION: Declaration =
        Declaration::get("/v1/contacts/{id}", "show_contact", "Show a contact")
            .group("Contacts")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The contact.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = ContactView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.contact(call.workspace(), ContactId(call.path.id))?;
        found.ok_or_else(|| Problem::not_found("contact"))
    }
}
