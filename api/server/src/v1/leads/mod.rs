//! Leads: who may become a customer, and how far they have come.

mod board;
mod change;
mod create;
mod list;
mod merge;
mod read;
mod status;
mod wire;

pub(crate) use board::MoveLead;
pub(crate) use change::ChangeLead;
pub(crate) use create::CreateLead;
pub(crate) use list::ListLeads;
pub(crate) use merge::MergeLeads;
pub(crate) use read::{ListLeadEvents, ShowLead};
pub(crate) use status::ChangeLeadStatus;

use convolog_domain::lead::Lead;
use convolog_domain::{LeadId, SubjectId};
use convolog_log::Position;
use convolog_projections::view::LeadView;

use crate::endpoint::{Call, Endpoint, Json, Reply};
use crate::problem::{Outcome, Problem};

/// The lead as it stood when everything up to `position` had been recorded: what a command is
/// answered with, whether or not the read models have got there.
pub(crate) async fn shown<E: Endpoint>(
    call: &Call<E>,
    id: LeadId,
    position: Position,
) -> Outcome<LeadView> {
    let workspace = call.workspace();
    call.blocking(move |app| {
        let found = app.viewer().now().lead_at(workspace, id, position)?;
        found.ok_or_else(|| Problem::not_found("lead"))
    })
    .await
}

/// The answer to a command that is safe to repeat.
async fn answer<E: Endpoint>(
    call: &Call<E>,
    id: LeadId,
    position: Position,
) -> Outcome<Reply<Json<LeadView>>> {
    Ok(Reply::json(&shown(call, id, position).await?)?.at(position))
}

/// Whose key seals what is said about a lead.
pub(crate) fn subject<E: Endpoint>(call: &Call<E>, id: LeadId) -> Outcome<SubjectId> {
    let state = call.app.engine().load::<Lead>(call.workspace(), id.0)?.state;
    state.subject().ok_or_else(|| Problem::not_found("lead"))
}
