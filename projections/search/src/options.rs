//! How the index runs.

use std::time::Duration;

/// How the index runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// The shortest time between two commits, unless somebody waits for one. What is recorded shows
    /// up after at most this and the time of the commit.
    pub commit_every: Duration,
    /// Hundredths of the time that a rebuild may work while commits come in (1 to 100).
    pub rebuild_percent: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self { commit_every: Duration::from_millis(250), rebuild_percent: 50 }
    }
}
