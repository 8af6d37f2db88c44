//! Prints an index to text, and compares a live one with a fresh rebuild.
//!
//! A line an item that can be found: its key, its row, and a hash of its terms. Words do not show.
//! What cannot be found is left out: of somebody who was erased, a rebuild knows less than the live
//! index did. Two indexes of the same history print the same, however they were written.

use std::collections::BTreeMap;
use std::sync::Arc;

use convolog_domain::WorkspaceId;
use sha2::{Digest, Sha256};
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::generation::Generation;
use super::row::{Key, Row};
use super::shard::Shard;
use crate::error::SearchError;

/// Where two dumps part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Difference {
    pub(crate) left: Option<String>,
    pub(crate) right: Option<String>,
}

/// How many lines two generations have in common from the first, and where they part.
pub(crate) fn compare(
    left: &Generation,
    right: &Generation,
) -> Result<(u64, Option<Difference>), SearchError> {
    let mut workspaces = left.workspaces()?;
    workspaces.extend(right.workspaces()?);
    workspaces.sort_unstable();
    workspaces.dedup();
    let mut same = 0;
    for workspace in workspaces {
        let (left, right) = (lines_of(left, workspace)?, lines_of(right, workspace)?);
        let parting = (0..left.len().max(right.len())).find(|at| left.get(*at) != right.get(*at));
        let Some(at) = parting else {
            same += u64::try_from(left.len()).unwrap_or(u64::MAX);
            continue;
        };
        same += u64::try_from(at).unwrap_or(u64::MAX);
        let difference = Difference { left: left.get(at).cloned(), right: right.get(at).cloned() };
        return Ok((same, Some(difference)));
    }
    Ok((same, None))
}

fn lines_of(generation: &Generation, workspace: WorkspaceId) -> Result<Vec<String>, SearchError> {
    generation.shard(workspace)?.map_or_else(|| Ok(Vec::new()), |shard| lines(&shard))
}

/// The lines of one index, sorted.
pub(crate) fn lines(shard: &Arc<Shard>) -> Result<Vec<String>, SearchError> {
    let searcher = shard.searcher();
    let mut lines = Vec::new();
    for (segment, reader) in (0_u32..).zip(searcher.segment_readers()) {
        let mut terms = BTreeMap::<u32, Sha256>::new();
        for (field, _) in reader.schema().fields() {
            hash_terms(shard, reader, field, &mut terms)?;
        }
        for doc in findable(shard, reader)? {
            let item = shard.item(&searcher, tantivy::DocAddress::new(segment, doc))?;
            let row = match Key::of(&item.key) {
                Some(key) => Row::decode(key.kind, &item.row)?.dump(),
                None => hex::encode(Sha256::digest(&item.row)),
            };
            let terms = terms.remove(&doc).unwrap_or_default().finalize();
            let (key, terms) = (hex::encode(&item.key), hex::encode(terms));
            lines.push(format!("{} {key} {row} terms {terms}", shard.workspace()));
        }
    }
    lines.sort_unstable();
    Ok(lines)
}

/// The items that a question can find.
fn findable(shard: &Shard, reader: &SegmentReader) -> Result<Vec<u32>, SearchError> {
    let mut found = Vec::new();
    let failed = |error| shard.failed(error);
    let index = reader.inverted_index(shard.fields().kind).map_err(failed)?;
    let mut stream = index.terms().stream().map_err(|error| failed(error.into()))?;
    while let Some((_, info)) = stream.next() {
        let postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic);
        let mut postings = postings.map_err(|error| failed(error.into()))?;
        while postings.doc() != TERMINATED {
            if !reader.is_deleted(postings.doc()) {
                found.push(postings.doc());
            }
            postings.advance();
        }
    }
    Ok(found)
}

fn hash_terms(
    shard: &Shard,
    reader: &SegmentReader,
    field: Field,
    terms: &mut BTreeMap<u32, Sha256>,
) -> Result<(), SearchError> {
    if !reader.schema().get_field_entry(field).is_indexed() {
        return Ok(());
    }
    let failed = |error| shard.failed(error);
    let index = reader.inverted_index(field).map_err(failed)?;
    let mut stream = index.terms().stream().map_err(|error| failed(error.into()))?;
    let mut places = Vec::new();
    while let Some((term, info)) = stream.next() {
        let postings =
            index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions);
        let mut postings = postings.map_err(|error| failed(error.into()))?;
        while postings.doc() != TERMINATED {
            postings.positions(&mut places);
            let hash = terms.entry(postings.doc()).or_default();
            hash.update(field.field_id().to_be_bytes());
            hash.update(term);
            hash.update([0]);
            for place in &places {
                hash.update(place.to_be_bytes());
            }
            postings.advance();
        }
    }
    Ok(())
}
