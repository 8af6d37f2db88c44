//! Making a service.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::service::{ServiceSettings, State};
use convolog_domain::{Event, ServiceId};
use convolog_engine::Answer;

use super::after;
use super::wire::{Changes, ServiceView};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Outcome, Problem};

/// `POST /v1/services`
pub(crate) struct CreateService;

impl Endpoint for CreateService {
    const DECLARATION: Declaration =
        Declaration::post("/v1/services", "create_service", "Make a service")
            .describing("Something that can be booked. `name` is needed; what is left out is as is usual: half an hour, in UTC, open at no time.")
            .group("Appointments")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::CREATED, "The service.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Changes>;
    type Ok = Json<ServiceView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller) = (ServiceId(call.new_id("service")), call.caller());
        let JsonBody(wanted) = &call.body;
        let name =
            wanted.name.as_ref().ok_or_else(|| Problem::field("name", "name is missing."))?;
        let settings = wanted.settings()?.onto(ServiceSettings::named(name));
        let answer = |events: &[Event]| {
            let body = serde_json::to_value(after(id.0, &State::default(), events));
            Answer::open(201, body.unwrap_or_default(), caller.workspace)
        };
        let (engine, once) = (call.app.engine(), call.facts.once.as_ref());
        let answered = engine.create_service(&caller, id, settings, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}
