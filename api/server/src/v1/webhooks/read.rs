//! Reading subscriptions.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::WebhookView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Code, Outcome};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/webhooks`
pub(crate) struct ListWebhooks;
/// `GET /v1/webhooks/{id}`
pub(crate) struct ShowWebhook;

impl Read for ListWebhooks {
    const DECLARATION: Declaration =
        Declaration::list("/v1/webhooks", "list_webhooks", "List webhooks")
            .describing("In the order in which they were created. A page may be shorter than its limit, because deleted ones are left out.")
            .group("Webhooks")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of subscriptions.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<WebhookView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (app, workspace) = (&call.app, call.workspace());
        let page = settings::ids(app, workspace, StreamKind::Subscription, &call.paging)?;
        let mut list = List { data: Vec::new(), next_page: page.next };
        for id in page.items {
            match settings::show(app, workspace, id) {
                Ok(webhook) => list.data.push(webhook),
                Err(problem) if problem.code() == Code::NotFound => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(list)
    }
}

impl Read for ShowWebhook {
    const DECLARATION: Declaration =
        Declaration::get("/v1/webhooks/{id}", "show_webhook", "Show a webhook")
            .group("Webhooks")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The subscription.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = WebhookView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}
