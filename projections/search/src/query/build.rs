//! From a question to what an index is asked.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::parse::Question;
use crate::analysis::{Stems, fold};
use crate::index::TextFields;

/// Shorter words are not taken for misspelt ones: everything is like them.
const MISSPELT_CHARS_MIN: usize = 3;

/// Where and in which languages it is searched.
pub(crate) struct Asked {
    /// The texts of an item.
    pub(crate) texts: Vec<TextFields>,
    /// The languages that the items are written in.
    pub(crate) languages: Vec<Stems>,
}

/// The question as the index takes it.
pub(crate) fn build(question: &Question, asked: &Asked) -> Box<dyn Query> {
    match question {
        Question::All(parts) => {
            let mut clauses = Vec::new();
            for (occur, part) in parts {
                // Words that are only wished for are laid side by side: then the index skips what
                // cannot come among the best.
                match (occur, part) {
                    (Occur::Should, Question::Word(word)) => clauses.extend(
                        asked.terms(word).into_iter().map(|term| (Occur::Should, exact(term))),
                    ),
                    _ => clauses.push((*occur, build(part, asked))),
                }
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Question::Weighed(part, weight) => Box::new(BoostQuery::new(build(part, asked), *weight)),
        Question::Word(word) => any(asked.terms(word).into_iter().map(exact).collect()),
        Question::Phrase(words, slop) => any(asked.phrases(words, *slop)),
        Question::Beginning(begun) => {
            any(asked.as_written(&fold(begun), |term| FuzzyTermQuery::new_prefix(term, 0, true)))
        }
        Question::Misspelt(word, typos) => {
            let folded = fold(word);
            let typos = if folded.chars().count() < MISSPELT_CHARS_MIN { 0 } else { *typos };
            let alike = asked.as_written(&folded, |term| FuzzyTermQuery::new(term, typos, true));
            any(asked.terms(word).into_iter().map(exact).chain(alike).collect())
        }
    }
}

fn exact(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn any(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if queries.len() > 1 {
        return Box::new(BooleanQuery::union(queries));
    }
    queries.pop().unwrap_or_else(|| Box::new(EmptyQuery))
}

impl Asked {
    /// What a word may be found by, in each language once.
    fn stems_of(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        for stem in self.languages.iter().flat_map(|language| language.stems(word)) {
            if !found.contains(&stem) {
                found.push(stem);
            }
        }
        found
    }

    /// The terms that a word is found by.
    pub(crate) fn terms(&self, word: &str) -> Vec<Term> {
        let stems = self.stems_of(word);
        let of = |text: &TextFields| {
            let field = text.stems;
            stems.iter().map(move |stem| Term::from_field_text(field, stem))
        };
        self.texts.iter().flat_map(of).collect()
    }

    /// A query for the words of each text as they are written.
    fn as_written(
        &self,
        word: &str,
        query: impl Fn(Term) -> FuzzyTermQuery,
    ) -> Vec<Box<dyn Query>> {
        let of = |text: &TextFields| -> Box<dyn Query> {
            Box::new(query(Term::from_field_text(text.words, word)))
        };
        self.texts.iter().map(of).collect()
    }

    /// The phrase in each language, with its accents and without.
    fn phrases(&self, words: &[String], slop: u32) -> Vec<Box<dyn Query>> {
        let plain: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let mut seen: Vec<Vec<String>> = Vec::new();
        for language in &self.languages {
            for words in [words, &plain] {
                let stems = words.iter().filter_map(|word| language.stems(word).into_iter().next());
                let stems: Vec<String> = stems.collect();
                if !seen.contains(&stems) {
                    seen.push(stems);
                }
            }
        }
        let mut found: Vec<Box<dyn Query>> = Vec::new();
        for text in &self.texts {
            for stems in &seen {
                let terms = stems.iter().map(|stem| Term::from_field_text(text.stems, stem));
                let terms = terms.enumerate().collect();
                found.push(Box::new(PhraseQuery::new_with_offset_and_slop(terms, slop)));
            }
        }
        found
    }
}
