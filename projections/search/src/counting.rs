//! Counting passages: how rare words are among what a workspace knows, and which languages that is
//! written in. Only what can be found counts, so that the numbers depend on the documents alone.

use std::collections::BTreeMap;

use convolog_domain::WorkspaceId;
use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::analysis::Stems;
use crate::asking::{exactly, within_scope, written_in};
use crate::error::SearchError;
use crate::index::Kind;
use crate::query::Asked;
use crate::search::Search;
use crate::wanted::{PassageCounts, PassageScope};

impl Search {
    /// In how many passages of a scope, or in the headings above them, words stand. Each entry of
    /// `words` is several that are asked for together, in small letters.
    pub fn count_passages(
        &self,
        workspace: WorkspaceId,
        scope: &PassageScope,
        words: &[Vec<String>],
    ) -> Result<PassageCounts, SearchError> {
        let Some(shard) = self.shard(workspace)? else {
            return Ok(PassageCounts { passages: 0, holding: vec![0; words.len()] });
        };
        let (fields, searcher) = (*shard.fields(), shard.searcher());
        let languages = match &scope.language {
            Some(language) => vec![Stems::of(Some(language))],
            None => written_in(&shard, &searcher)?
                .iter()
                .map(|language| Stems::of(Some(language)))
                .collect(),
        };
        let asked = Asked { texts: vec![fields.passage, fields.heading], languages };
        let count = |found: Option<Box<dyn Query>>| -> Result<u64, SearchError> {
            let kind = Term::from_field_bytes(fields.kind, &[Kind::Passage.code()]);
            let mut all = within_scope(&fields, scope);
            all.push(exactly(kind));
            all.extend(found);
            let found = searcher
                .search(&BooleanQuery::intersection(all), &Count)
                .map_err(|error| shard.failed(error))?;
            Ok(u64::try_from(found).unwrap_or(u64::MAX))
        };
        let any = |words: &Vec<String>| -> Box<dyn Query> {
            let terms = words.iter().flat_map(|word| asked.terms(word));
            let terms = terms.map(|term| -> Box<dyn Query> {
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            });
            Box::new(BooleanQuery::union(terms.collect()))
        };
        let holding =
            words.iter().map(|words| count(Some(any(words)))).collect::<Result<_, _>>()?;
        Ok(PassageCounts { passages: count(None)?, holding })
    }

    /// How many passages of a scope are written in each language; under the empty one, those whose
    /// language is not known.
    pub fn passage_languages(
        &self,
        workspace: WorkspaceId,
        scope: &PassageScope,
    ) -> Result<BTreeMap<String, u64>, SearchError> {
        let Some(shard) = self.shard(workspace)? else { return Ok(BTreeMap::new()) };
        let mut found = BTreeMap::new();
        for language in written_in(&shard, &shard.searcher())? {
            let narrowed = PassageScope { language: Some(language.clone()), ..scope.clone() };
            let passages = self.count_passages(workspace, &narrowed, &[])?.passages;
            if passages > 0 {
                found.insert(language, passages);
            }
        }
        Ok(found)
    }
}
