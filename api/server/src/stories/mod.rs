//! Stories over HTTP: a real server on a data folder of its own, asked as anybody asks it.
//!
//! What was given is arranged through the engine; from then on every command is the request that
//! carries it out (`ways` is the table), every post is signed and posted, every view is read
//! through the API. Events are read from the log. What no request can do is left to the engine and
//! counted. A server for each story: a clock never goes back, and numbers belong to a whole
//! installation, so that stories cannot share one.

mod asking;
mod host;
mod ways;

pub use host::{HttpHost, Shown, Tally};
