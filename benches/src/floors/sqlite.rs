//! `SQLite` in WAL mode with `synchronous = FULL`: what people would take instead. It keeps what the
//! log keeps: order, a stream index, unique claims.

use std::path::Path;

use convolog_log::Commit;
use rusqlite::{Connection, params};

use super::group::{Group, Store};
use crate::closed_loop::Appender;

/// `SQLite` behind group commit.
pub struct Sqlite(Group);

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sqlite")
    }
}

struct Events(Connection);

impl Sqlite {
    /// A new database.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn create(path: &Path) -> rusqlite::Result<Self> {
        let db = Connection::open(path)?;
        db.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             CREATE TABLE events (position INTEGER PRIMARY KEY, stream BLOB, version INTEGER, body BLOB);
             CREATE UNIQUE INDEX by_stream ON events (stream, version);
             CREATE TABLE claims (claim BLOB PRIMARY KEY, position INTEGER) WITHOUT ROWID;",
        )?;
        Ok(Self(Group::new(Events(db))))
    }
}

impl Store for Events {
    fn write(&mut self, batch: &[Commit]) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let transaction = self.0.transaction()?;
        {
            let mut version = transaction.prepare_cached(
                "SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = ?1",
            )?;
            let mut event = transaction
                .prepare_cached("INSERT INTO events (stream, version, body) VALUES (?1, ?2, ?3)")?;
            let mut claim = transaction
                .prepare_cached("INSERT INTO claims (claim, position) VALUES (?1, ?2)")?;
            for draft in batch.iter().flat_map(|commit| &commit.drafts) {
                let stream = draft.stream();
                let key = [stream.workspace.as_bytes().as_slice(), stream.id.as_bytes()].concat();
                let next: i64 = version.query_row(params![key], |row| row.get(0))?;
                event.execute(params![key, next, draft.body().as_ref()])?;
                let position = transaction.last_insert_rowid();
                for held in draft.claims() {
                    claim.execute(params![held.hash().0.as_slice(), position])?;
                }
            }
        }
        transaction.commit()?;
        Ok(())
    }
}

impl Appender for Sqlite {
    fn append(&self, commit: Commit) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.0.append(commit)
    }
}
