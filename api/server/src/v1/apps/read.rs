//! Reading apps.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::api_key::Scope;

use super::AppView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::listing::{List, PageQuery};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/apps`
pub(crate) struct ListApps;

impl Endpoint for ListApps {
    const DECLARATION: Declaration = Declaration::get("/v1/apps", "list_apps", "List apps")
        .describing("In the order in which they were registered.")
        .group("Channels")
        .access(Access::Key(Scope::Manage))
        .answers(StatusCode::OK, "A page of apps.")
        .fails_with(&[Code::InvalidPage])
        .from_read_models();
    type Path = NoParameters;
    type Query = PageQuery;
    type Body = NoParameters;
    type Ok = Json<List<AppView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, page) = (call.session.workspace, call.query.clone());
        let list = call
            .blocking(move |app| {
                settings::list(app, workspace, StreamKind::MetaApp, &page, |id| {
                    AppView::load(app, workspace, id)
                })
            })
            .await?;
        Reply::json(&list)
    }
}

/// `GET /v1/apps/{id}`
pub(crate) struct ShowApp;

impl Endpoint for ShowApp {
    const DECLARATION: Declaration = Declaration::get("/v1/apps/{id}", "show_app", "Show an app")
        .group("Channels")
        .access(Access::Key(Scope::Manage))
        .answers(StatusCode::OK, "The app.")
        .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<AppView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, id) = (call.session.workspace, call.path.id);
        let view = call.blocking(move |app| AppView::load(app, workspace, id)).await?;
        Reply::json(&view)
    }
}
