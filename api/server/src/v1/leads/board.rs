//! Putting a lead somewhere else on the board.

use axum::http::StatusCode;
use convolog_domain::LeadId;
use convolog_domain::api_key::Scope;
use convolog_projections::store::Walk;
use convolog_projections::view::LeadView;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::answer;
use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::freshness;
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/leads/{id}/move`
pub(crate) struct MoveLead;

/// Where a lead is to stand: just after one of its stage, or just before one. Where both are given
/// and are no neighbours (any more), the upper one decides.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MovedLead")]
pub(crate) struct Wanted {
    /// The lead above it.
    #[serde(default)]
    after: Option<Uuid>,
    /// The lead below it.
    #[serde(default)]
    before: Option<Uuid>,
}

impl Endpoint for MoveLead {
    const DECLARATION: Declaration =
        Declaration::post("/v1/leads/{id}/move", "move_lead", "Move a lead on the board")
            .describing(
                "Within its status: just below `after`, or just above `before`. With both it goes between them; if they are no neighbours (any more), just below `after`. Whoever comes to a status stands on top there. Safe to repeat.",
            )
            .group("Leads")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::OK, "The lead.")
            .fails_with(&[Code::NotAllowedNow, Code::Erased, Code::NotCaughtUp])
            .keeps_its_answer_after();
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<LeadView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace, JsonBody(wanted)) =
            (LeadId(call.path.id), call.workspace(), &call.body);
        let (after, before) = (wanted.after.map(LeadId), wanted.before.map(LeadId));
        let (above, below) = match (after, before) {
            (None, None) => {
                return Err(Problem::field("after", "after or before is missing: where to?"));
            }
            (Some(after), None) => {
                let next = beside(&call, workspace, (after, id), "after", Walk::Forward).await?;
                (Some(after), next)
            }
            (None, Some(before)) => {
                let last = beside(&call, workspace, (before, id), "before", Walk::Backward).await?;
                (last, Some(before))
            }
            (Some(after), Some(before)) => {
                let engine = call.app.engine();
                engine.rank_beside(&call.caller(), id, ("before", before))?;
                let next = beside(&call, workspace, (after, id), "after", Walk::Forward).await?;
                (Some(after), next)
            }
        };
        let done = call.app.engine().move_lead(&call.caller(), id, above, below).await?;
        answer(&call, id, done.position).await
    }
}

/// Whoever stands next to a lead on the board, but for the one that is moved.
async fn beside(
    call: &Call<MoveLead>,
    workspace: convolog_domain::WorkspaceId,
    (lead, moved): (LeadId, LeadId),
    field: &'static str,
    walk: Walk,
) -> Outcome<Option<LeadId>> {
    // The board as whoever asks has just left it.
    freshness::reach(&call.app, call.app.engine().log().head(), false).await?;
    call.blocking(move |app: &App| {
        let leads = app.models().leads()?;
        let stored = leads.lead(workspace, lead)?;
        let stored = stored.ok_or_else(|| Problem::field(field, "there is no such lead."))?;
        Ok(leads.neighbour(&stored.row, moved, walk)?)
    })
    .await
}
