//! The command line as people and scripts use it: the real binary on real folders.

#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "helpers of tests; a broken one must fail loudly"
    )
)]

mod demo;
mod docs;
mod erasing;
#[expect(dead_code, reason = "shared with the crash tests, which use more of it")]
mod http;
mod keys;
mod process;
mod reads;
mod refusals;
mod serving;
mod stories;
mod walks;
mod webhooks;
