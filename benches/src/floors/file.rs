//! A plain file: length, checksum, bytes; one `fdatasync` a batch. No index, no order but the file's.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use convolog_log::Commit;

use super::group::{Group, Store};
use crate::closed_loop::Appender;

/// A plain file behind group commit.
pub struct PlainFile(Group);

impl std::fmt::Debug for PlainFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlainFile")
    }
}

struct Appended {
    file: File,
    buffer: Vec<u8>,
}

impl PlainFile {
    /// A new file.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn create(path: &Path) -> std::io::Result<Self> {
        Ok(Self(Group::new(Appended { file: File::create(path)?, buffer: Vec::new() })))
    }
}

impl Store for Appended {
    fn write(&mut self, batch: &[Commit]) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.buffer.clear();
        for draft in batch.iter().flat_map(|commit| &commit.drafts) {
            let body = draft.body();
            self.buffer.extend_from_slice(&u32::try_from(body.len())?.to_be_bytes());
            self.buffer.extend_from_slice(&crc32c::crc32c(body).to_be_bytes());
            self.buffer.extend_from_slice(body);
        }
        self.file.write_all(&self.buffer)?;
        self.file.sync_data()?;
        Ok(())
    }
}

impl Appender for PlainFile {
    fn append(&self, commit: Commit) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.0.append(commit)
    }
}
