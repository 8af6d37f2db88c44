//! What scores are measured by: the items of one kind of one workspace, and nothing else.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The statistics of the items of one kind.
pub(crate) struct OfKind<'a> {
    searcher: &'a Searcher,
    items: u64,
}

impl<'a> OfKind<'a> {
    /// Those with this term in the field of kinds; none if there are no such items.
    pub(crate) fn new(searcher: &'a Searcher, kind: &Term) -> tantivy::Result<Option<Self>> {
        let items = searcher.doc_freq(kind)?;
        Ok((items > 0).then_some(Self { searcher, items }))
    }
}

impl Bm25StatisticsProvider for OfKind<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // An average of nothing would make scores infinite.
        Ok(self.searcher.total_num_tokens(field)?.max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.items)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.items))
    }
}
