//! What the files mean: events opened with the vault as it is now, rows of every store, identities.

use std::collections::BTreeSet;
use std::path::Path;

use convolog_domain::contact::IdentityKind;
use convolog_engine::{DataFolder, compared_by};
use convolog_log::{EventLog, Filter, Position, Record};
use convolog_projections::store::{Disk, DiskStore, Store, StoreError, Walk};
use convolog_search::{Held, is_index, look_through};
use convolog_vault::Opened;
use uuid::Uuid;

use super::files::below;
use super::forms::Form;
use super::report::Place;
use super::{Scan, ScanError};
use crate::reading::each;

/// Rows read at a time.
const CHUNK: usize = 512;

/// Memory for what was read: everything is read once.
const CACHE_BYTES: u64 = 8 << 20;

/// The kinds of identity that a text may be.
const IDENTITIES: [IdentityKind; 5] = [
    IdentityKind::Phone,
    IdentityKind::Bsuid,
    IdentityKind::ParentBsuid,
    IdentityKind::Other,
    IdentityKind::Email,
];

impl Scan<'_> {
    /// Looks through the log, of the active and the closed volumes alike, and asks the vault about
    /// each text as an identity.
    pub(super) fn log(&mut self, folder: &DataFolder) -> Result<(), ScanError> {
        let log = &**folder.log();
        let mut workspaces = BTreeSet::new();
        each::<ScanError>(log, (Position::START, log.head()), &Filter::default(), |record| {
            workspaces.insert(record.stream()?.workspace);
            self.record(folder, record)
        })?;
        self.identities(folder, &workspaces)
    }

    fn record(&mut self, folder: &DataFolder, record: &Record) -> Result<(), ScanError> {
        let position = record.header.position;
        self.report.records += 1;
        self.search(&record.body, &Place::Record, Some(position.0));
        let body = record.decode()?;
        for part in &body.sealed {
            match folder.engine().unseal(body.stream.workspace, body.event_id, part) {
                Ok(Opened::Plain(plain)) => {
                    self.report.opened += 1;
                    self.search(&plain, &Place::SealedPart, Some(position.0));
                }
                Ok(Opened::Erased | Opened::Unknown) => self.report.erased += 1,
                Ok(Opened::Corrupt(why)) => {
                    self.report.problems.push(format!("a part of position {position}: {why}"));
                }
                Err(error) => {
                    self.report.problems.push(format!("a part of position {position}: {error}"));
                }
            }
        }
        Ok(())
    }

    fn identities(
        &mut self,
        folder: &DataFolder,
        workspaces: &BTreeSet<Uuid>,
    ) -> Result<(), ScanError> {
        let vault = folder.engine().vault();
        for (canary, text) in self.canaries.texts().iter().enumerate() {
            for workspace in workspaces {
                for kind in IDENTITIES {
                    // A number of no known shape is kept as it was sent.
                    let value = compared_by(kind, text).unwrap_or_else(|| text.clone());
                    if vault.find_identity(*workspace, kind.code(), value.as_bytes())?.is_some() {
                        self.findings.add(canary, Form::Text, &Place::Identity, None);
                    }
                }
            }
        }
        Ok(())
    }

    /// Looks through every key and value of every store of the folder but the log's.
    pub(super) fn stores(&mut self) -> Result<(), ScanError> {
        let log = DataFolder::log_path(self.data);
        let disk = Disk::new(CACHE_BYTES);
        for folder in below(self.data)? {
            if !DiskStore::lies_in(&folder) || folder.starts_with(&log) {
                continue;
            }
            if let Err(error) = self.store(&folder, &disk) {
                let shown = self.shown(&folder);
                self.report.problems.push(format!("{shown}: {error}"));
            }
        }
        Ok(())
    }

    /// Looks through every search index of the folder.
    pub(super) fn indexes(&mut self) -> Result<(), ScanError> {
        let texts = self.canaries.texts();
        for folder in below(self.data)?.iter().filter(|folder| is_index(folder)) {
            let place = Place::Index { path: self.shown(folder) };
            let looked = look_through(folder, texts, &mut |held| match held {
                Held::Term(bytes) | Held::Stored(bytes) => self.search(bytes, &place, None),
                Held::Words(canary) => self.findings.add(canary, Form::Words, &place, None),
            });
            match looked {
                Ok(terms) => self.report.terms += terms,
                Err(error) => {
                    let shown = self.shown(folder);
                    self.report.problems.push(format!("{shown}: {error}"));
                }
            }
        }
        Ok(())
    }

    fn store(&mut self, path: &Path, disk: &Disk) -> Result<(), StoreError> {
        let store = DiskStore::open(path, disk)?;
        let place = Place::Row { path: self.shown(path) };
        let mut last: Option<Vec<u8>> = None;
        loop {
            let rows = store.entries(&[], last.as_deref(), Walk::Forward, CHUNK)?;
            let Some((end, _)) = rows.last() else { return Ok(()) };
            last = Some(end.clone());
            for (key, value) in &rows {
                self.report.rows += 1;
                self.search(key, &place, None);
                self.search(value, &place, None);
            }
        }
    }
}
