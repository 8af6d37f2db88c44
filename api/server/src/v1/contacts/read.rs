//! Reading contacts, now or as they were known.

use axum::http::StatusCode;
use convolog_domain::ContactId;
use convolog_domain::api_key::Scope;
use convolog_projections::contacts::ContactQuery;
use convolog_projections::view::ContactView;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::listing::{self, List};
use crate::v1::wire::ById;

/// `GET /v1/contacts`
pub(crate) struct ListContacts;

/// Which contacts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The `next_page` of the page before.
    page: Option<String>,
    /// How many items at most; 50 if not given.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
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

impl Endpoint for ListContacts {
    const DECLARATION: Declaration =
        Declaration::get("/v1/contacts", "list_contacts", "List contacts")
            .describing("By creation. Contacts that were merged into another are listed too.")
            .group("Contacts")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of contacts.")
            .fails_with(&[Code::InvalidPage])
            .from_read_models()
            .as_of_with(&["page", "limit", "order"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Body = NoParameters;
    type Ok = Json<List<ContactView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let reader = call.reader().await?;
        let (workspace, wanted) = (call.session.workspace, call.query.clone());
        let list = call
            .blocking(move |_| {
                let query = ContactQuery {
                    newest_first: !matches!(wanted.order, Some(Order::Oldest)),
                    page: wanted.page,
                    limit: listing::limit(wanted.limit),
                    ..ContactQuery::of(workspace)
                };
                let page = reader.contacts(&query)?;
                Ok(List { data: page.items, next_page: page.next })
            })
            .await?;
        Reply::json(&list)
    }
}

/// `GET /v1/contacts/{id}`
pub(crate) struct ShowContact;

impl Endpoint for ShowContact {
    const DECLARATION: Declaration =
        Declaration::get("/v1/contacts/{id}", "show_contact", "Show a contact")
            .group("Contacts")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The contact.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ContactView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let reader = call.reader().await?;
        let (workspace, id) = (call.session.workspace, ContactId(call.path.id));
        let view = call
            .blocking(move |_| {
                let found = reader.contact(workspace, id)?;
                found.ok_or_else(|| Problem::not_found("contact"))
            })
            .await?;
        Reply::json(&view)
    }
}
