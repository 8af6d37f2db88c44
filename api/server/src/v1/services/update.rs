//! Changing a service.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::service::{State, UpdateService as Update};
use convolog_domain::{Event, ServiceId};
use convolog_engine::Answer;

use super::after;
use super::wire::{Changes, ServiceView};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::Outcome;
use crate::v1::wire::ById;

/// `PATCH /v1/services/{id}`
pub(crate) struct UpdateService;

impl Endpoint for UpdateService {
    const DECLARATION: Declaration =
        Declaration::patch("/v1/services/{id}", "update_service", "Change a service")
            .describing("What is left out stays as it is; null takes a value away. What is booked stays as it was booked. Safe to repeat.")
            .group("Appointments")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The service.");
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Changes>;
    type Ok = Json<ServiceView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller) = (ServiceId(call.path.id), call.caller());
        let command = Update { changes: call.body.0.settings()? };
        let answer = |before: &State, events: &[Event]| {
            let body = serde_json::to_value(after(id.0, before, events));
            Answer::open(200, body.unwrap_or_default(), caller.workspace)
        };
        let (engine, once) = (call.app.engine(), call.facts.once.as_ref());
        Ok(Reply::answered(engine.update_service(&caller, id, command, once, answer).await?))
    }
}
