//! The read model `leads`: who may become a customer, one row each.
//!
//! Holds what is in the clear, the positions of what is sealed, and the orders of the board. Whoever
//! was merged keeps its row, is found by its own tokens, and stands in no list. Whoever was erased
//! stands in lists, as they count in the pipeline, but not on the board: nobody can move them.

mod past;
mod query;
mod row;

use convolog_domain::{Event, LeadId, StreamKind};
use convolog_engine::Recorded;
use convolog_log::Position;
use uuid::Uuid;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::past::OneStream;
use crate::store::keys::Key;

pub(crate) use query::together;
pub use query::{Direction, LeadFilter, LeadOrder, LeadQuery};
pub use row::{LeadRow, LearnedFrom, Opened, Scored};

/// By creation: (workspace, position).
const BY_CREATION: u8 = 0x10;
/// By creation within a stage: (workspace, stage, position).
const BY_STAGE: u8 = 0x11;
/// As they stand on the board, but for those that were erased: (workspace, stage, rank, 0, lead).
const BY_RANK: u8 = 0x12;
/// By score within a stage: (workspace, stage, score + 1 or 0, position).
const BY_SCORE: u8 = 0x13;
/// By value within a stage: (workspace, stage, amount + 1 or 0, position).
const BY_VALUE: u8 = 0x14;
/// By the time they came to their stage: (workspace, stage, second, position).
const BY_SINCE: u8 = 0x15;
/// By creation for an owner: (workspace, owner, position).
const BY_OWNER: u8 = 0x16;
/// By creation for a contact: (workspace, contact, position).
const BY_CONTACT: u8 = 0x17;
/// By creation for a phone number or an e-mail address: (workspace, token, position).
const BY_TOKEN: u8 = 0x18;

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Leads;

impl ReadModel for Leads {
    const NAME: &'static str = "leads";
    const VERSION: u32 = 3;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Lead];
    type Row = LeadRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        keys.push(LeadRow::key(event.workspace(), LeadId(event.stream.id)));
    }

    fn fold(row: &mut LeadRow, event: &Recorded) -> Result<(), FoldError> {
        let Event::Lead(happened) = &event.event else {
            return Err(FoldError("an event of another kind in a lead".into()));
        };
        row.workspace = event.workspace();
        row.id = LeadId(event.stream.id);
        row.take(happened, event);
        Ok(())
    }

    fn index(_: &RowKey, row: &LeadRow, entries: &mut Vec<IndexKey>) {
        let Some(opened) = &row.opened else { return };
        let position = opened.position.0;
        let of = |table| Key::of(table).uuid(row.workspace.0);
        entries.push(of(BY_CREATION).u64(position).done());
        if let Some(contact) = row.contact {
            entries.push(of(BY_CONTACT).uuid(contact.0).u64(position).done());
        }
        // Nobody is found any more by what was erased.
        let tokens = [row.phone, row.email].into_iter().flatten();
        for token in tokens.filter(|_| row.erased.is_none()) {
            entries.push(of(BY_TOKEN).uuid(token.0).u64(position).done());
        }
        if row.merged_into.is_some() {
            return;
        }
        if let Some(owner) = row.owner {
            entries.push(of(BY_OWNER).uuid(owner.0).u64(position).done());
        }
        let within = |table| of(table).u8(row.stage.place());
        entries.push(within(BY_STAGE).u64(position).done());
        if row.erased.is_none() {
            let rank = within(BY_RANK).bytes(row.rank.as_str().as_bytes()).u8(0);
            entries.push(rank.uuid(row.id.0).done());
        }
        entries.push(within(BY_SCORE).u64(row.score_place()).u64(position).done());
        entries.push(within(BY_VALUE).u64(row.value_place()).u64(position).done());
        entries.push(within(BY_SINCE).i64(row.stage_since).u64(position).done());
    }

    fn dump(row: &LeadRow) -> String {
        row.dump()
    }
}

impl OneStream for Leads {
    const STREAM: StreamKind = StreamKind::Lead;

    fn id(row: &LeadRow) -> Uuid {
        row.id.0
    }

    fn began(row: &LeadRow) -> Option<Position> {
        row.opened.as_ref().map(|opened| opened.position)
    }
}
