//! Read models: pure folds over the log, and the runtime that keeps them live.
//!
//! Owns what lists and pages are answered from. Guarantees that a read model is nothing but its
//! fold over the log: live, rebuilt and `as_of` give the same rows. Everything here can be thrown
//! away and folded again. Holds no text, name or number: those are unsealed from the log when they
//! are read. Must not decide anything, and must not act on the outside world.

pub mod acts;
pub mod analytics;
pub mod appointments;
pub mod contacts;
pub mod conversations;
pub mod costs;
pub mod deliveries;
pub mod documents;
pub mod endpoints;
pub mod fold;
pub mod hours;
pub mod imports;
pub mod leads;
pub mod order;
pub mod page;
pub mod pipeline;
pub mod recipients;
pub mod settings;
pub mod store;
pub mod templates;
pub mod transcripts;
pub mod view;

pub mod dump;

mod batch;
mod beside;
mod compare;
mod cursor;
mod error;
mod feed;
mod folder;
mod generations;
mod keeper;
mod live;
mod overlay;
mod pace;
mod parked;
mod past;
mod people;
mod progress;
mod rebuild;
mod reconstruct;
mod registry;
mod rows;
mod runtime;
mod slot;
mod status;
mod table;
mod timeline;
mod verify;

pub use batch::{Batch, Unread};
pub use compare::Comparison;
pub use cursor::{Cursor, Mismatch, check_place};
pub use error::QueryError;
pub use generations::Swap;
pub use pace::Pace;
pub use parked::Parked;
pub use people::People;
pub use progress::{Meter, Progress, Speed};
pub use rebuild::Brake;
pub use reconstruct::{ReconstructError, Reconstruction, reconstruct};
pub use registry::{names, taken_by};
pub use rows::Rows;
pub use runtime::{Options, ReadModels};
pub use status::{BesideState, BesideStatus, ModelState, ModelStatus, RebuildStatus};
pub use table::Table;
pub use verify::{Finding, Verified, dump_all, verify};

#[cfg(test)]
mod tests;
