//! What would become of a broadcast if it were started now.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::broadcast::Bulk;
use convolog_domain::{BroadcastId, WorkspaceId};
use convolog_engine::Prospect;
use convolog_projections::recipients::Outcome as Became;
use schemars::JsonSchema;
use serde::Serialize;

use super::existing;
use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Reply};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/broadcasts/{id}/dry-run`
pub(crate) struct TryBroadcast;

/// Recipients read at a time.
const PAGE: usize = 200;

/// What would become of those whose turn has not come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "BroadcastProspects")]
pub(crate) struct Prospects {
    /// So many would be written to.
    sent: u64,
    /// So many of them for the first time: nobody has heard from them on this number.
    unknown: u64,
    /// So many do not want it.
    suppressed: u64,
    /// So many did not write for a day, and this is no template.
    outside_window: u64,
    /// So many would be passed over for another reason, by the reason.
    skipped_by_reason: BTreeMap<String, u64>,
    /// Why it would stand still before somebody was written to (`template_unavailable`), if it would.
    stops: Option<String>,
}

impl Endpoint for TryBroadcast {
    const DECLARATION: Declaration =
        Declaration::post("/v1/broadcasts/{id}/dry-run", "try_broadcast", "Try a broadcast")
            .describing(
                "Records and sends nothing. What is true when a turn comes decides, not this.",
            )
            .group("Broadcasts")
            .access(Access::Key(Scope::Read))
            .rate(RateClass::Heavy)
            .answers(StatusCode::OK, "What would become of it.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Prospects>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, id) = (call.workspace(), BroadcastId(call.path.id));
        existing(&call.app, workspace, id)?;
        let patience = call.app.config().at_least_wait();
        call.app.models().at_least(call.app.engine().log().head(), patience).await?;
        let prospects = call.blocking(move |app| tried(app, workspace, id)).await?;
        Reply::json(&prospects)
    }
}

fn tried(app: &App, workspace: WorkspaceId, id: BroadcastId) -> Outcome<Prospects> {
    let (engine, table) = (app.engine(), app.models().recipients()?);
    let message = engine.broadcast_message(workspace, id)?;
    let message = message.ok_or_else(|| Problem::not_found("broadcast"))?;
    let (mut prospects, mut page) = (Prospects::default(), None);
    loop {
        let waiting = Some(Became::Waiting);
        let found = table.recipients((workspace, id), waiting, page.as_deref(), PAGE)?;
        for row in found.items {
            let Some((contact, added)) = row.added else { continue };
            let values = engine.recipient_values(added)?;
            let bulk = Bulk { broadcast: id, recipient: row.number };
            let recipient = (contact, &values);
            prospects.take(engine.prospect(workspace, bulk, recipient, &message.content)?);
        }
        page = found.next;
        if page.is_none() {
            return Ok(prospects);
        }
    }
}

impl Prospects {
    fn take(&mut self, prospect: Prospect) {
        match prospect {
            Prospect::Known => self.sent += 1,
            Prospect::New => {
                self.sent += 1;
                self.unknown += 1;
            }
            Prospect::Stopped(reason) => self.stops = Some(reason.to_owned()),
            Prospect::Skipped("opted_out") => self.suppressed += 1,
            Prospect::Skipped("outside_window") => self.outside_window += 1,
            Prospect::Skipped(reason) => {
                *self.skipped_by_reason.entry(reason.to_owned()).or_default() += 1;
            }
        }
    }
}
