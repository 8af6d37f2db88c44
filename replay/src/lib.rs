//! Replay: what the log can tell again. Reconstructs conversations, verifies, runs stories.
//!
//! Guarantees that it cannot act: nothing here, and nothing it depends on, reaches the outside
//! world. Facts come from the log and the projections' own folds; what is shown can be read again by
//! anybody who has the log.

pub mod conversation;
pub mod erasure;
mod reading;
pub mod record;
pub mod scan;
pub mod story;
pub mod verify;
