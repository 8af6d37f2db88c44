//! The index of one workspace.
//!
//! A workspace has an index of its own, so that how rare a word is, and thereby every score, depends
//! on nobody else (docs/decisions/0006). Written by one thread at a time; read by many.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use convolog_domain::WorkspaceId;
use convolog_log::{Clock, LogId, Position};
use convolog_projections::store::Stored;
use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergePolicy, NoMergePolicy};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocSet, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TERMINATED,
    TantivyDocument, Term,
};
use uuid::Uuid;

use super::item::Items;
use super::row::{Key, Kind, Row};
use super::schema::{Fields, id_term, schema};
use crate::error::{SearchError, io, of_index};

/// Memory that one commit may use before it writes a segment, the least that the writer takes.
const WRITER_BYTES: usize = 15_000_000;

/// The most blocks of stored rows that a segment keeps unpacked.
const STORE_BLOCKS: usize = 8;

/// What a commit says of itself, in its payload.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// The log it was folded from.
    pub(crate) log: LogId,
    /// Everything of the workspace up to here is in it.
    pub(crate) position: Position,
    /// The leaf hash of the record there.
    pub(crate) leaf: [u8; 32],
}

/// What is to be written.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Rows that changed.
    pub(crate) rows: BTreeMap<Key, Row>,
    /// Those whose data was erased.
    pub(crate) erased: BTreeSet<Uuid>,
}

/// What is stored of an item.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StoredItem {
    /// Its key.
    pub(crate) key: Vec<u8>,
    /// Its row.
    pub(crate) row: Vec<u8>,
}

/// The index of one workspace.
pub(crate) struct Shard {
    path: PathBuf,
    workspace: WorkspaceId,
    fields: Fields,
    index: Index,
    reader: IndexReader,
}

impl std::fmt::Debug for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shard").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Shard {
    /// Opens the index in `path`, making an empty one if there is none.
    pub(crate) fn open(path: &Path, workspace: WorkspaceId) -> Result<Self, SearchError> {
        std::fs::create_dir_all(path).map_err(io("create", path))?;
        let failed = of_index(path);
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(path).map_err(|error| failed(error.into()))?;
        let index = Index::open_or_create(directory, schema).map_err(&failed)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_BLOCKS)
            .try_into()
            .map_err(&failed)?;
        Ok(Self { path: path.to_owned(), workspace, fields, index, reader })
    }

    /// Whose index it is.
    pub(crate) const fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Its fields.
    pub(crate) const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Everything that was committed.
    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// An error of this index.
    pub(crate) fn failed(&self, error: tantivy::TantivyError) -> SearchError {
        of_index(&self.path)(error)
    }

    /// How far it is; none before its first commit.
    pub(crate) fn mark(&self) -> Result<Option<Mark>, SearchError> {
        let metas = self.index.load_metas().map_err(|error| self.failed(error))?;
        Ok(metas.payload.and_then(|payload| serde_json::from_str(&payload).ok()))
    }

    /// A row as it was committed.
    pub(crate) fn row(&self, key: Key) -> Result<Option<Row>, SearchError> {
        let searcher = self.searcher();
        let term = Term::from_field_bytes(self.fields.key, &key.bytes());
        let Some(address) = self.addresses(&searcher, &term)?.first().copied() else {
            return Ok(None);
        };
        let item = self.item(&searcher, address)?;
        Ok(Some(Row::decode(key.kind, &item.row)?))
    }

    /// The items with a term, those that were deleted left out.
    pub(crate) fn addresses(
        &self,
        searcher: &Searcher,
        term: &Term,
    ) -> Result<Vec<DocAddress>, SearchError> {
        let mut found = Vec::new();
        for (segment, reader) in (0_u32..).zip(searcher.segment_readers()) {
            let index = reader.inverted_index(term.field()).map_err(|e| self.failed(e))?;
            let postings = index
                .read_postings(term, IndexRecordOption::Basic)
                .map_err(|error| self.failed(error.into()))?;
            let Some(mut postings) = postings else { continue };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !reader.is_deleted(doc) {
                    found.push(DocAddress::new(segment, doc));
                }
                doc = postings.advance();
            }
        }
        Ok(found)
    }

    /// What is stored of an item.
    pub(crate) fn item(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<StoredItem, SearchError> {
        let item: TantivyDocument = searcher.doc(address).map_err(|error| self.failed(error))?;
        let bytes =
            |field| item.get_first(field).and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
        match (bytes(self.fields.key), bytes(self.fields.row)) {
            (Some(key), Some(row)) => Ok(StoredItem { key, row }),
            _ => Err(SearchError::Unreadable),
        }
    }

    /// The rows with a term.
    fn rows(&self, searcher: &Searcher, term: &Term) -> Result<Vec<(Key, Row)>, SearchError> {
        let mut found = Vec::new();
        for address in self.addresses(searcher, term)? {
            let item = self.item(searcher, address)?;
            if let Some(key) = Key::of(&item.key) {
                found.push((key, Row::decode(key.kind, &item.row)?));
            }
        }
        Ok(found)
    }

    fn writer(&self) -> Result<IndexWriter, SearchError> {
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = self.index.writer_with_options(options).map_err(|e| self.failed(e))?;
        // Merges are made here, one after the other, so that what they cost is seen.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Writes changes and shows them. What was erased is out of the index afterwards, out of its
    /// files too if true is returned; else [`Shard::forget`] must be called again.
    pub(crate) fn write(
        &self,
        mut changes: Changes,
        items: &Items<'_>,
        mark: Mark,
        clock: &dyn Clock,
    ) -> Result<bool, SearchError> {
        let searcher = self.searcher();
        for subject in &changes.erased {
            for (key, row) in self.rows(&searcher, &id_term(self.fields.subject, *subject))? {
                changes.rows.entry(key).or_insert(row);
            }
        }
        drop(searcher);
        let mut writer = self.writer()?;
        for (key, row) in &changes.rows {
            self.replace(&writer, *key, row, items)?;
        }
        self.commit(&mut writer, mark)?;
        let done = if changes.erased.is_empty() {
            self.tidy(&mut writer)?;
            true
        } else {
            self.forget_with(&mut writer, &changes.erased, items, mark, clock)?
        };
        writer.wait_merging_threads().map_err(|error| self.failed(error))?;
        Ok(done)
    }

    fn replace(
        &self,
        writer: &IndexWriter,
        key: Key,
        row: &Row,
        items: &Items<'_>,
    ) -> Result<(), SearchError> {
        writer.delete_term(Term::from_field_bytes(self.fields.key, &key.bytes()));
        if key.kind == Kind::Document {
            writer.delete_term(id_term(self.fields.document, key.id));
        }
        for item in items.of(self.workspace, key, row)? {
            writer.add_document(item).map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    fn commit(&self, writer: &mut IndexWriter, mark: Mark) -> Result<(), SearchError> {
        let payload = serde_json::to_string(&mark).map_err(|_| SearchError::Unreadable)?;
        let failed = |error| self.failed(error);
        let mut prepared = writer.prepare_commit().map_err(failed)?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(failed)?;
        self.reader.reload().map_err(failed)
    }

    /// Merges small segments, so that a question has few to look into.
    fn tidy(&self, writer: &mut IndexWriter) -> Result<(), SearchError> {
        let failed = |error| self.failed(error);
        let segments = self.index.searchable_segment_metas().map_err(failed)?;
        let candidates = LogMergePolicy::default().compute_merge_candidates(&segments);
        if candidates.is_empty() {
            return Ok(());
        }
        for candidate in candidates {
            writer.merge(&candidate.0).wait().map_err(failed)?;
        }
        self.reader.reload().map_err(failed)?;
        writer.garbage_collect_files().wait().map_err(failed)?;
        Ok(())
    }

    /// Tries again to get what was erased out of the files. True if nothing of it is left.
    pub(crate) fn forget(
        &self,
        erased: &BTreeSet<Uuid>,
        items: &Items<'_>,
        mark: Mark,
        clock: &dyn Clock,
    ) -> Result<bool, SearchError> {
        let mut writer = self.writer()?;
        let done = self.forget_with(&mut writer, erased, items, mark, clock)?;
        writer.wait_merging_threads().map_err(|error| self.failed(error))?;
        Ok(done)
    }

    /// Writes every segment anew that holds something deleted, removes the old files, and notes when
    /// that was done.
    fn forget_with(
        &self,
        writer: &mut IndexWriter,
        erased: &BTreeSet<Uuid>,
        items: &Items<'_>,
        mark: Mark,
        clock: &dyn Clock,
    ) -> Result<bool, SearchError> {
        let failed = |error| self.failed(error);
        let segments = self.index.searchable_segment_metas().map_err(failed)?;
        let holding: Vec<_> = segments
            .iter()
            .filter(|segment| segment.has_deletes())
            .map(tantivy::SegmentMeta::id)
            .collect();
        drop(segments);
        if !holding.is_empty() {
            writer.merge(&holding).wait().map_err(failed)?;
            self.reader.reload().map_err(failed)?;
        }
        writer.garbage_collect_files().wait().map_err(failed)?;
        if !self.sweep()? {
            // A question that is being answered still reads the old files.
            return Ok(false);
        }
        for subject in erased {
            let key = Key { kind: Kind::Erased, id: *subject };
            let row = Row::Erased(Stored { position: mark.position, row: clock.now() });
            self.replace(writer, key, &row, items)?;
        }
        self.commit(writer, mark)?;
        Ok(true)
    }

    /// Removes files that belong to no segment. False if a segment that is gone still has some.
    fn sweep(&self) -> Result<bool, SearchError> {
        let metas = self.index.load_metas().map_err(|error| self.failed(error))?;
        let living = metas.list_segment_files();
        let mut clean = true;
        for entry in std::fs::read_dir(&self.path).map_err(io("list", &self.path))? {
            let entry = entry.map_err(io("list", &self.path))?;
            let name = PathBuf::from(entry.file_name());
            let shown = name.to_string_lossy();
            if living.contains(&name)
                || shown == "meta.json"
                || shown.ends_with(".lock")
                || shown == ".managed.json"
            {
                continue;
            }
            let of_segment = name.file_stem().is_some_and(|stem| {
                stem.to_str()
                    .and_then(|stem| stem.split('.').next())
                    .is_some_and(|stem| Uuid::try_parse(stem).is_ok())
            });
            if of_segment {
                clean = false;
            } else {
                std::fs::remove_file(entry.path()).map_err(io("remove", &entry.path()))?;
            }
        }
        Ok(clean)
    }
}
