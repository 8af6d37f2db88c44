//! The server over real HTTP on real sled: one test a rule, folders as in the URLs.

#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "helpers of tests; a broken one must fail loudly"
    )
)]

mod auth;
mod catalogue;
mod cors;
mod delivering;
mod docs;
mod importing;
mod inbound;
mod limits;
mod logs;
mod problems;
mod rates;
mod stories;
mod support;
mod surfaces;
mod system;
mod tenancy;
mod v1;
