//! Reading a lead, now or as it stood, and what happened to it.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{LeadId, StreamKind};
use convolog_projections::view::{LeadView, Reader};

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::events::{EventView, events_of};
use crate::v1::wire::ById;

/// `GET /v1/leads/{id}`
pub(crate) struct ShowLead;

impl Read for ShowLead {
    const DECLARATION: Declaration = Declaration::get("/v1/leads/{id}", "show_lead", "Show a lead")
        .group("Leads")
        .access(Access::Key(Scope::Read))
        .answers(StatusCode::OK, "The lead.")
        .from_read_models()
        .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = LeadView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.lead(call.workspace(), LeadId(call.path.id))?;
        found.ok_or_else(|| Problem::not_found("lead"))
    }
}

/// `GET /v1/leads/{id}/events`
pub(crate) struct ListLeadEvents;

impl Read for ListLeadEvents {
    const DECLARATION: Declaration =
        Declaration::list("/v1/leads/{id}/events", "list_lead_events", "List the events of a lead")
            .describing("Every move with its actor, its time and, in what is sealed, its reason.")
            .group("Leads")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of events, in the order of the log.")
            .tagged()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<EventView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        events_of(call, StreamKind::Lead, "lead")
    }
}
