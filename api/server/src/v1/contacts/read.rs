//! Reading contacts, now or as they were known.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::contact::PreferenceScope;
use convolog_domain::{ContactId, Sensitive};
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
    /// Only those who go by this phone number or went by it, or whose lead has it.
    #[schemars(with = "Option<String>")]
    phone: Option<Sensitive>,
    /// Only those whose lead has this e-mail address.
    #[schemars(with = "Option<String>")]
    email: Option<Sensitive>,
    /// Only those who opted out of this, by what is recorded on the contact itself: `marketing`, which
    /// who opted out of everything did as well, or `all`.
    opted_out: Option<PreferenceScope>,
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
            .describing("By creation. Contacts that were merged into another are listed too. Asked by `phone` or `email`, compared however they are written, the few that match are shown, whoever was merged as the contact that goes on for them, and nobody whose data was erased.")
            .group("Contacts")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of contacts.")
            .from_read_models()
            .as_of_with(&["order"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<ContactView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let newest_first = !matches!(call.query.order, Some(Order::Oldest));
        if let Some(mut ids) = looked_up(call, view)? {
            if !newest_first {
                ids.reverse();
            }
            return Ok(List::whole(view.contacts_among(call.workspace(), &ids)?));
        }
        let query = ContactQuery {
            newest_first,
            opted_out: call.query.opted_out,
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..ContactQuery::of(call.workspace())
        };
        Ok(view.contacts(&query)?.into())
    }
}

/// The contacts that are asked for by what only the vault can tell, the newest first; none if nothing
/// of the kind is asked for. Asked by both, those whom both lead to.
fn looked_up(call: &Call<ListContacts>, view: &Reader) -> Outcome<Option<Vec<ContactId>>> {
    let (workspace, engine) = (call.workspace(), call.app.engine());
    let phone = call.query.phone.as_ref().map(|phone| engine.token_of_phone(workspace, phone));
    let email = call.query.email.as_ref().map(|email| engine.token_of_email(workspace, email));
    let mut answers = Vec::new();
    for token in [phone, email].into_iter().flatten() {
        answers.push(match token? {
            Some(token) => view.rows().contacts_known_by(workspace, token)?,
            None => Vec::new(),
        });
    }
    Ok(answers.into_iter().reduce(|mut ids, others| {
        ids.retain(|id| others.contains(id));
        ids
    }))
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
