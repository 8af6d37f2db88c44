//! What was delivered to a subscriber.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::WebhookView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/webhooks/{id}/deliveries`
pub(crate) struct ListDeliveries;

/// One event on its way to a subscriber.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Delivery {
    /// Which one; the same for every attempt.
    id: Uuid,
    /// The position of the event.
    position: u64,
}

impl Read for ListDeliveries {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/webhooks/{id}/deliveries",
        "list_deliveries",
        "List the deliveries of a webhook",
    )
    .describing("Nothing is delivered yet by this version, so the list is empty: subscriptions are recorded, and delivery will begin where they do.")
    .group("Webhooks")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of deliveries.")
    .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<Delivery>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show::<WebhookView>(&call.app, call.workspace(), call.path.id)?;
        Ok(List::whole(Vec::new()))
    }
}
