//! Leads: who may become a customer, and how far they have come.

mod board;
mod change;
mod create;
mod csv;
mod erase;
mod import;
mod list;
mod merge;
mod read;
mod rows;
mod status;
mod wire;

pub(crate) use board::MoveLead;
pub(crate) use change::ChangeLead;
pub(crate) use create::CreateLead;
pub(crate) use erase::{DeleteLeadData, ShowLeadErasure};
pub(crate) use import::ImportLeads;
pub(crate) use list::ListLeads;
pub(crate) use merge::MergeLeads;
pub(crate) use read::{ListLeadEvents, ShowLead};
pub(crate) use status::ChangeLeadStatus;
pub(crate) use wire::{Amount, Status};

use convolog_domain::LeadId;
use convolog_log::Position;
use convolog_projections::view::LeadView;

use crate::app::App;
use crate::endpoint::{Call, Endpoint, Json, Reply};
use crate::problem::{Outcome, Problem};

/// The answer to a command that is safe to repeat: the lead as it stood when everything up to
/// `position` had been recorded, whether or not the read models have got there.
async fn answer<E: Endpoint>(
    call: &Call<E>,
    id: LeadId,
    position: Position,
) -> Outcome<Reply<Json<LeadView>>> {
    let workspace = call.workspace();
    let shown = move |app: &App| {
        let found = app.viewer().now().lead_at(workspace, id, position)?;
        found.ok_or_else(|| Problem::not_found("lead"))
    };
    Ok(Reply::json(&call.blocking(shown).await?)?.at(position))
}
