//! The read model `hours`: what happened in a whole workspace in each hour, one row an hour, so that
//! a stretch of any length costs as many rows as it has hours.
//!
//! Counts what an event says by itself: how much happened, how leads moved on, and what members of
//! the staff did of it. Not where it belongs, which a message does not say, and not how long answers
//! took, which their conversation alone knows: those are in `analytics`, whose buckets add up to
//! these. Live, test and imported traffic never mix.

mod query;

use std::collections::BTreeMap;

use convolog_domain::{PersonId, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use serde::{Deserialize, Serialize};

use crate::analytics::{Bucket, Traffic, doer, hour_of};
use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::order::seconds;
use crate::store::keys::Key;

pub use query::{Detail, RECOUNTED_MAX};

/// One hour of a workspace.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct HourRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which hour since 1970.
    pub hour: i64,
    /// What was done, by where it came from.
    pub parts: BTreeMap<Traffic, Done>,
}

/// What was done in one kind of traffic.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Done {
    /// All of it.
    pub all: Bucket,
    /// Of it, what each member of the staff did.
    pub people: BTreeMap<PersonId, Bucket>,
}

impl HourRow {
    /// How the keys of a workspace's rows begin; the hour follows.
    fn of(workspace: WorkspaceId) -> Key {
        Key::part().uuid(workspace.0)
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Hours;

impl ReadModel for Hours {
    const NAME: &'static str = "hours";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] =
        &[StreamKind::Conversation, StreamKind::Contact, StreamKind::Lead];
    type Row = HourRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        if Bucket::counts(&event.event) {
            let hour = hour_of(seconds(event.at));
            keys.push(HourRow::of(event.workspace()).i64(hour).done());
        }
    }

    fn fold(row: &mut HourRow, event: &Recorded) -> Result<(), FoldError> {
        let bucket = Bucket::of(&event.event)
            .ok_or_else(|| FoldError("an event of another kind in hours".into()))?;
        (row.workspace, row.hour) = (event.workspace(), hour_of(seconds(event.at)));
        let done = row.parts.entry(Traffic::of(event)).or_default();
        done.all += &bucket;
        if let Some(person) = doer(event) {
            *done.people.entry(person).or_default() += &bucket;
        }
        Ok(())
    }

    fn index(_: &RowKey, _: &HourRow, _: &mut Vec<IndexKey>) {}

    fn dump(row: &HourRow) -> String {
        let HourRow { workspace, hour, parts } = row;
        format!("hour {workspace}/{hour} {parts:?}")
    }
}
