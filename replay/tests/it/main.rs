//! Stories, golden logs, random histories, printed transcripts.

#![cfg(test)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the tests' own helpers"
)]

mod golden;
mod histories;
mod recording;
mod stories;
