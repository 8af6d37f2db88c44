//! Looks through the files of an index by their format: every term and everything stored, of every
//! segment that lies there, what was deleted and what nobody names any more among it.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::index::SegmentId;
use tantivy::schema::{IndexRecordOption, Schema, Value};
use tantivy::{
    DocSet, Index, InvertedIndexReader, SegmentReader, TERMINATED, TantivyDocument, Term,
};

use crate::analysis::{fold, words};
use crate::error::{SearchError, io, of_index};

/// Something that an index holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held<'a> {
    /// A word, a stem or an id, by which items are found.
    Term(&'a [u8]),
    /// What is stored of an item.
    Stored(&'a [u8]),
    /// Every word of the text with this number, in one item: in any order, with or without accents.
    Words(usize),
}

/// Whether a folder is that of an index.
pub fn is_index(folder: &Path) -> bool {
    folder.join("meta.json").is_file()
}

/// Tells `found` of everything that the index in `folder` holds, and of each of `texts` whose words
/// stand together. Answers how many terms and stored values there are. Nobody may write to it
/// meanwhile.
///
/// # Errors
/// If a segment cannot be read by its format.
pub fn look_through(
    folder: &Path,
    texts: &[String],
    found: &mut dyn FnMut(Held<'_>),
) -> Result<u64, SearchError> {
    let failed = of_index(folder);
    let index = Index::open_in_dir(folder).map_err(&failed)?;
    let texts: Vec<Vec<String>> = texts.iter().map(|text| folded(text)).collect();
    let mut count = 0;
    let living = index.searchable_segments().map_err(&failed)?;
    let mut unnamed = segments(folder)?;
    for segment in &living {
        unnamed.remove(&segment.id());
    }
    // Of what nobody names, it is not known how many items there are; it is not needed either.
    let unnamed = unnamed.into_iter().map(|id| index.segment(index.new_segment_meta(id, 0)));
    for segment in living.iter().cloned().chain(unnamed) {
        let reader = SegmentReader::open(&segment).map_err(&failed)?;
        count += stored(&reader, found).map_err(&failed)?;
        count += terms(&reader, &index.schema(), &texts, found).map_err(&failed)?;
    }
    Ok(count)
}

fn folded(text: &str) -> Vec<String> {
    words(text).iter().map(|word| fold(&word.text)).collect()
}

/// The segments that have a file in a folder.
fn segments(folder: &Path) -> Result<BTreeSet<SegmentId>, SearchError> {
    let entries = std::fs::read_dir(folder).map_err(io("list", folder))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let ids = names.filter_map(|name| {
        let stem = name.split('.').next()?;
        SegmentId::from_uuid_string(stem).ok().filter(|id| id.uuid_string() == stem)
    });
    Ok(ids.collect())
}

fn stored(reader: &SegmentReader, found: &mut dyn FnMut(Held<'_>)) -> tantivy::Result<u64> {
    let mut count = 0;
    for item in reader.get_store_reader(1)?.iter::<TantivyDocument>(None) {
        for (_, value) in item?.field_values() {
            if let Some(bytes) = value.as_bytes().or_else(|| value.as_str().map(str::as_bytes)) {
                found(Held::Stored(bytes));
                count += 1;
            }
        }
    }
    Ok(count)
}

fn terms(
    reader: &SegmentReader,
    schema: &Schema,
    texts: &[Vec<String>],
    found: &mut dyn FnMut(Held<'_>),
) -> tantivy::Result<u64> {
    let mut count = 0;
    for (field, entry) in schema.fields().filter(|(_, entry)| entry.is_indexed()) {
        let inverted = reader.inverted_index(field)?;
        let mut stream = inverted.terms().stream()?;
        while let Some((term, _)) = stream.next() {
            found(Held::Term(term));
            count += 1;
        }
        if !entry.field_type().is_str() {
            continue;
        }
        for (number, text) in texts.iter().enumerate() {
            let terms = text.iter().map(|word| Term::from_field_text(field, word));
            if together(&inverted, terms)? {
                found(Held::Words(number));
            }
        }
    }
    Ok(count)
}

/// Whether one item has all of some terms.
fn together(
    inverted: &InvertedIndexReader,
    terms: impl Iterator<Item = Term>,
) -> tantivy::Result<bool> {
    let mut common: Option<BTreeSet<u32>> = None;
    for term in terms {
        let mut items = BTreeSet::new();
        if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
            let mut item = postings.doc();
            while item != TERMINATED {
                items.insert(item);
                item = postings.advance();
            }
        }
        let left: BTreeSet<u32> = match common {
            Some(before) => before.intersection(&items).copied().collect(),
            None => items,
        };
        if left.is_empty() {
            return Ok(false);
        }
        common = Some(left);
    }
    Ok(common.is_some())
}
