//! The read model `deliveries`: one row for each event that one subscriber was to hear of, with its
//! attempts. What a receiver answered is sealed and read from the log when it is shown.

mod query;

use convolog_domain::delivery::{
    Attempt, AttemptOutcome, Begun, DeliveriesAttempted, Event as Delivered,
};
use convolog_domain::{Event, StreamKind, SubscriptionId, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::Position;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::store::keys::Key;

pub use query::DeliveryQuery;

/// By place in the log: (workspace, subscription, position).
const BY_POSITION: u8 = 0x10;
/// By status: (workspace, subscription, status, position).
const BY_STATUS: u8 = 0x11;

/// Attempts that a row keeps, the newest ones: all of one delivery and of a few redeliveries.
const ATTEMPTS_KEPT: usize = 50;

/// What became of it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub enum DeliveryStatus {
    /// It is on its way, or waits to be tried again.
    #[default]
    Pending,
    /// It was taken.
    Delivered,
    /// It was given up.
    Failed,
    /// A redelivery of it was cancelled before it came to an end.
    Cancelled,
}

impl DeliveryStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Delivered, Self::Failed, Self::Cancelled];

    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Delivered => 1,
            Self::Failed => 2,
            Self::Cancelled => 3,
        }
    }
}

/// One event for one subscriber.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// To which subscriber.
    pub subscription: SubscriptionId,
    /// Where the event stands.
    pub position: Position,
    /// The event's id.
    pub event: Uuid,
    /// The number of its type.
    pub code: u16,
    /// What became of it.
    pub status: DeliveryStatus,
    /// When it is tried again (microseconds since 1970).
    pub next_at: Option<i64>,
    /// How often it was tried in all.
    pub tries: u32,
    /// The newest attempts, the oldest first.
    pub attempts: Vec<AttemptRow>,
}

/// One attempt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AttemptRow {
    /// Which attempt of this delivery, from 1; a redelivery counts anew.
    pub number: u16,
    /// When it began (microseconds since 1970).
    pub at: i64,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status of the answer.
    pub status: Option<u16>,
    /// How long it took.
    pub milliseconds: u32,
    /// The redelivery that it belongs to.
    pub job: Option<Uuid>,
    /// The event that recorded it, which holds the answer.
    pub recorded: Position,
    /// Its number within that event.
    pub index: u32,
}

impl DeliveryRow {
    /// The key of a row.
    pub fn key(workspace: WorkspaceId, subscription: SubscriptionId, position: u64) -> RowKey {
        Key::part().uuid(workspace.0).uuid(subscription.0).u64(position).done()
    }

    fn begin(&mut self, begun: &Begun) {
        (self.event, self.code) = (begun.event, begun.code);
        (self.status, self.next_at) = (DeliveryStatus::Pending, None);
    }

    fn learn(&mut self, index: u32, attempt: &Attempt, recorded: Position) {
        (self.event, self.code) = (attempt.event, attempt.code);
        self.next_at = attempt.next_at;
        self.status = match (attempt.outcome, attempt.next_at) {
            (AttemptOutcome::Delivered, _) => DeliveryStatus::Delivered,
            (_, Some(_)) => DeliveryStatus::Pending,
            (_, None) => DeliveryStatus::Failed,
        };
        self.tries = self.tries.saturating_add(1);
        if self.attempts.len() >= ATTEMPTS_KEPT {
            self.attempts.remove(0);
        }
        self.attempts.push(AttemptRow {
            number: attempt.try_number,
            at: attempt.at,
            outcome: attempt.outcome,
            status: attempt.status,
            milliseconds: attempt.milliseconds,
            job: attempt.job,
            recorded,
            index,
        });
    }

    fn take(&mut self, attempted: &DeliveriesAttempted, recorded: Position) {
        let own = self.position.0;
        for begun in attempted.begun.iter().filter(|begun| begun.position == own) {
            self.begin(begun);
        }
        for (index, attempt) in (0..).zip(&attempted.attempts) {
            if attempt.position == own {
                self.learn(index, attempt, recorded);
            }
        }
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Deliveries;

impl ReadModel for Deliveries {
    const NAME: &'static str = "deliveries";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Delivery];
    type Row = DeliveryRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        let mut positions: Vec<u64> = match &event.event {
            Event::Delivery(Delivered::DeliveriesAttempted(attempted)) => {
                let begun = attempted.begun.iter().map(|begun| begun.position);
                begun.chain(attempted.attempts.iter().map(|attempt| attempt.position)).collect()
            }
            Event::Delivery(Delivered::RedeliveryCancelled(cancelled)) => cancelled.dropped.clone(),
            _ => Vec::new(),
        };
        positions.sort_unstable();
        positions.dedup();
        let (workspace, id) = (event.workspace(), SubscriptionId(event.stream.id));
        keys.extend(positions.into_iter().map(|at| DeliveryRow::key(workspace, id, at)));
    }

    fn fold(_: &mut DeliveryRow, _: &Recorded) -> Result<(), FoldError> {
        Err(FoldError("one event speaks of many deliveries: the key tells which".into()))
    }

    fn fold_of(key: &RowKey, row: &mut DeliveryRow, event: &Recorded) -> Result<(), FoldError> {
        let place = key.last_chunk::<8>().copied().unwrap_or_default();
        row.workspace = event.workspace();
        row.subscription = SubscriptionId(event.stream.id);
        row.position = Position(u64::from_be_bytes(place));
        match &event.event {
            Event::Delivery(Delivered::DeliveriesAttempted(attempted)) => {
                row.take(attempted, event.position);
            }
            Event::Delivery(Delivered::RedeliveryCancelled(_)) => {
                (row.status, row.next_at) = (DeliveryStatus::Cancelled, None);
            }
            _ => return Err(FoldError("an event that speaks of no delivery".into())),
        }
        Ok(())
    }

    fn index(_: &RowKey, row: &DeliveryRow, entries: &mut Vec<IndexKey>) {
        let (workspace, id, at) = (row.workspace.0, row.subscription.0, row.position.0);
        if at == 0 {
            return;
        }
        entries.push(Key::of(BY_POSITION).uuid(workspace).uuid(id).u64(at).done());
        let by_status = Key::of(BY_STATUS).uuid(workspace).uuid(id).u8(row.status.code());
        entries.push(by_status.u64(at).done());
    }

    fn dump(row: &DeliveryRow) -> String {
        let DeliveryRow {
            workspace,
            subscription,
            position,
            event,
            code,
            status,
            next_at,
            tries,
            attempts,
        } = row;
        format!(
            "delivery {workspace}/{subscription}/{position} event {event} type {code} {} next \
             {next_at:?} tries {tries} attempts {attempts:?}",
            status.name()
        )
    }
}
