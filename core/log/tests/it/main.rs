//! The log from outside: what every backend promises, and what only a log on a disk can break.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests: a failure here is a failed test"
)]

mod closing;
mod contract;
mod durability;
mod full_disk;
mod golden;
mod model;
mod record;
#[cfg(feature = "seeded-bugs")]
mod seeded;
mod subscribing;
mod support;
mod verifying;
