//! Runs a command: load, decide, seal, append. Takes in what platforms post.
//!
//! Owns the way from a decision to durable bytes and back: loading aggregates, sealing content,
//! hashing unique keys, retrying a decision that somebody overtook. Guarantees that an answer is
//! given only when everything it relied on is on the disk. Must not know HTTP, and must not act on
//! the outside world.

mod disclose;
mod recorded;

pub use disclose::{Disclose, Disclosure, Opened};
pub use recorded::{ReadError, Recorded, Stream};
