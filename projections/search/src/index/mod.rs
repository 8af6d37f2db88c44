//! Indexes on the disk: one a workspace, in generations.

mod dump;
mod generation;
mod item;
mod place;
mod row;
mod schema;
mod shard;

pub(crate) use dump::compare;
pub(crate) use generation::{Feed, Generation, KINDS, ShardSettings};
pub(crate) use item::{PassageRow, direction, reader};
pub(crate) use place::{Folder, VERSION, bytes, give_up};
pub use row::takes;
pub(crate) use row::{Key, Kind, Row};
pub(crate) use schema::{Fields, TextFields, id_term};
pub(crate) use shard::{Shard, StoredItem};
