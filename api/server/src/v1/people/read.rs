//! Reading people.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::api_key::Scope;

use super::PersonView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::listing::{List, PageQuery};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/people`
pub(crate) struct ListPeople;

impl Endpoint for ListPeople {
    const DECLARATION: Declaration = Declaration::get("/v1/people", "list_people", "List people")
        .describing("In the order in which they were added, those who left among them.")
        .group("People")
        .access(Access::Key(Scope::Read))
        .answers(StatusCode::OK, "A page of people.")
        .fails_with(&[Code::InvalidPage])
        .from_read_models();
    type Path = NoParameters;
    type Query = PageQuery;
    type Body = NoParameters;
    type Ok = Json<List<PersonView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, page) = (call.session.workspace, call.query.clone());
        let list = call
            .blocking(move |app| {
                settings::list(app, workspace, StreamKind::Person, &page, |id| {
                    PersonView::load(app, workspace, id)
                })
            })
            .await?;
        Reply::json(&list)
    }
}

/// `GET /v1/people/{id}`
pub(crate) struct ShowPerson;

impl Endpoint for ShowPerson {
    const DECLARATION: Declaration =
        Declaration::get("/v1/people/{id}", "show_person", "Show a person")
            .group("People")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The person.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<PersonView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, id) = (call.session.workspace, call.path.id);
        let view = call.blocking(move |app| PersonView::load(app, workspace, id)).await?;
        Reply::json(&view)
    }
}
