//! The log itself, behind the same interface as its floors.

use std::sync::Arc;

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
}
