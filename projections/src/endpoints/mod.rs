//! The read model `endpoints`: to whom events are delivered, across all workspaces, and how far that
//! has come. What is due follows from a row: cursor, retries with their times, health, redeliveries.
//!
//! A row keeps the state of the deliveries as the domain folds it. It is derived like any other row
//! and stands for the folded stream when a deliverer starts: a stream of millions of attempts need
//! not be folded again then.

use convolog_domain::delivery::{Delivery, State};
use convolog_domain::subscription::Event as Subscribed;
use convolog_domain::{Aggregate, Event, StreamKind, SubscriptionId, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::Position;
use serde::{Deserialize, Serialize};

use crate::error::QueryError;
use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::store::Walk;
use crate::store::keys::Key;
use crate::table::Table;

/// Those to whom something may be delivered: (workspace, subscription).
const STANDING: u8 = 0x10;

/// One endpoint.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct EndpointRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// The subscription.
    pub id: SubscriptionId,
    /// Where it was created; a row without it is not listed.
    pub created: Option<Position>,
    /// The subscription was deleted.
    pub deleted: bool,
    /// What the deliveries amount to.
    pub state: State,
    /// The number within the stream of deliveries of the newest event in `state`.
    pub version: u64,
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Endpoints;

impl ReadModel for Endpoints {
    const NAME: &'static str = "endpoints";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Subscription, StreamKind::Delivery];
    type Row = EndpointRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        if matches!(
            &event.event,
            Event::Delivery(_)
                | Event::Subscription(
                    Subscribed::SubscriptionCreated(_) | Subscribed::SubscriptionDeleted(_)
                )
        ) {
            keys.push(Key::part().uuid(event.workspace().0).uuid(event.stream.id).done());
        }
    }

    fn fold(row: &mut EndpointRow, event: &Recorded) -> Result<(), FoldError> {
        row.workspace = event.workspace();
        row.id = SubscriptionId(event.stream.id);
        match &event.event {
            Event::Subscription(Subscribed::SubscriptionCreated(_)) => {
                row.created = row.created.or(Some(event.position));
            }
            Event::Subscription(Subscribed::SubscriptionDeleted(_)) => row.deleted = true,
            Event::Delivery(delivery) => {
                Delivery::evolve(&mut row.state, delivery);
                row.version = event.version;
            }
            _ => {}
        }
        Ok(())
    }

    fn index(_: &RowKey, row: &EndpointRow, entries: &mut Vec<IndexKey>) {
        if row.created.is_some() && !row.deleted {
            entries.push(Key::of(STANDING).uuid(row.workspace.0).uuid(row.id.0).done());
        }
    }

    fn dump(row: &EndpointRow) -> String {
        let EndpointRow { workspace, id, created, deleted, state, version } = row;
        let State { cursor, waiting, slowed_until, health, window, probe, jobs } = state;
        format!(
            "endpoint {workspace}/{id} created {created:?} deleted {deleted} \
             at {version}: cursor {cursor:?} waiting {waiting:?} slowed until {slowed_until} \
             health {health:?} window {window:?} probe {probe:?} jobs {jobs:?}"
        )
    }
}

impl Table<Endpoints> {
    /// At most `limit` endpoints of any workspace to whom something may be delivered, beyond the one
    /// of that name.
    pub fn standing(
        &self,
        after: Option<(WorkspaceId, SubscriptionId)>,
        limit: usize,
    ) -> Result<Vec<EndpointRow>, QueryError> {
        let place = after.map(|(workspace, id)| Key::part().uuid(workspace.0).uuid(id.0).done());
        let prefix = Key::of(STANDING).done();
        let found = self.list(&prefix, place.as_deref(), Walk::Forward, limit, |_| true)?;
        Ok(found.rows.into_iter().map(|(_, stored)| stored.row).collect())
    }
}
