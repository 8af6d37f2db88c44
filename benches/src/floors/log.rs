//! The log itself, behind the same interface as its floors.

use std::sync::Arc;
use std::time::Duration;

use convolog_log::{Commit, EventLog, SledLog};

use crate::closed_loop::Appender;

/// The log on sled.
#[derive(Debug)]
pub struct Log(pub Arc<SledLog>);

impl Appender for Log {
    fn append(&self, commit: Commit) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.0.append(commit).wait()?;
        Ok(())
    }

    fn settle(&self) {
        // Volumes that are being closed.
        while self.0.shape().live > 1 && self.0.health().closing_error.is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
