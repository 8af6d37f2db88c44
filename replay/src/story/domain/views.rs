//! What a story looks at, as the native API shows it.

use std::collections::BTreeMap;

use convolog_domain::{
    ConversationId, Event, WorkspaceId,
    quarantine::{ChangeQuarantined, Event as Quarantined, Quarantine},
};
use convolog_engine::{Engine, Recorded};
use convolog_log::{Filter, Position};
use convolog_projections::appointments::AppointmentQuery;
use convolog_projections::contacts::ContactQuery;
use convolog_projections::conversations::{ConversationOrder, ConversationQuery};
use convolog_projections::leads::{Direction, LeadQuery};
use convolog_projections::transcripts::MessageQuery;
use convolog_projections::view::Reader;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::failed;
use crate::reading::each;
use crate::story::host::{HostError, View};
use crate::verify::VerifyError;

/// The most that a story can look at.
const LIMIT: usize = 1_000;

pub(super) fn view(
    engine: &Engine,
    reader: &Reader,
    workspace: Uuid,
    view: View,
) -> Result<Vec<Value>, HostError> {
    let workspace = WorkspaceId(workspace);
    match view {
        View::Conversations => {
            let query = ConversationQuery {
                order: ConversationOrder::Oldest,
                deleted: None,
                limit: LIMIT,
                ..ConversationQuery::of(workspace)
            };
            values(reader.conversations(&query).map_err(failed)?.items)
        }
        View::Contacts => {
            let query =
                ContactQuery { newest_first: false, limit: LIMIT, ..ContactQuery::of(workspace) };
            values(reader.contacts(&query).map_err(failed)?.items)
        }
        View::Messages(conversation) => {
            let of = MessageQuery::of(workspace, ConversationId(conversation));
            let query = MessageQuery { limit: LIMIT, ..of };
            values(reader.messages(&query).map_err(failed)?.items)
        }
        View::Leads => {
            let direction = Direction::Reversed;
            let query = LeadQuery { direction, limit: LIMIT, ..LeadQuery::of(workspace) };
            values(reader.leads(&query).map_err(failed)?.items)
        }
        View::Appointments => {
            let query = AppointmentQuery { limit: LIMIT, ..AppointmentQuery::of(workspace) };
            values(reader.appointments(&query).map_err(failed)?.items)
        }
        View::Quarantine => quarantine(engine, workspace),
    }
}

fn values<T: Serialize>(items: Vec<T>) -> Result<Vec<Value>, HostError> {
    items.into_iter().map(|item| serde_json::to_value(item).map_err(failed)).collect()
}

fn quarantine(engine: &Engine, workspace: WorkspaceId) -> Result<Vec<Value>, HostError> {
    let filter = Filter { workspace: Some(workspace.0), ..Filter::default() };
    let mut changes: BTreeMap<Position, (Uuid, ChangeQuarantined)> = BTreeMap::new();
    let log = &**engine.log();
    each::<VerifyError>(log, (Position::START, log.head()), &filter, |record| {
        let event = Recorded::read(record)?;
        if let Event::Quarantine(Quarantined::ChangeQuarantined(change)) = event.event {
            changes.insert(event.position, (event.stream.id, change));
        }
        Ok(())
    })
    .map_err(failed)?;
    let shown = changes.into_values().map(|(id, change)| {
        let state = engine.load::<Quarantine>(workspace, id).map_err(failed)?.state;
        Ok(json!({
            "id": id, "reason": state.reason,
            "status": if state.open { "waiting" } else { "accepted" },
            "phone_number_id": change.phone_number_id, "waba_id": change.waba_id,
            "field": change.field,
        }))
    });
    shown.collect()
}
