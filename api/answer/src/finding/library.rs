//! The documents that an agent may answer from, behind the search index.

use std::collections::BTreeMap;

use convolog_domain::WorkspaceId;
use convolog_search::{PassageScope, PassageSearch, Search, SearchError, fold};
use futures::future::BoxFuture;

use super::rank::{Ranked, rank};
use super::terms::Terms;
use crate::provider::{Knowledge, Passage};

/// Candidates that are read for one question.
const CANDIDATES: usize = 24;

/// Words for the same thing that the index is asked for, of one word.
const ALIKE_MAX: usize = 12;

/// Letters of a word that may be misspelt.
const MISSPELT_CHARS_MIN: usize = 5;

/// The least that a word counts, however common it is.
const LEAST: f32 = 0.12;

/// What a word that no passage holds counts, beside the rarest one that some passage does.
const UNKNOWN: f32 = 1.0;

/// What an agent may answer from.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    /// The index.
    pub(crate) search: Search,
    /// Of which workspace.
    pub(crate) workspace: WorkspaceId,
    /// What of it.
    pub(crate) scope: PassageScope,
    /// The languages that are looked in; empty: in all.
    pub(crate) languages: Vec<String>,
    /// The customer's language.
    pub(crate) asked_in: Option<String>,
}

impl Library {
    /// How many passages there are in each language; under the empty one, where it is not known.
    pub(crate) fn written_in(&self) -> Result<BTreeMap<String, u64>, SearchError> {
        self.search.passage_languages(self.workspace, &self.scope)
    }

    /// The passages that speak of what is asked, the best first. Says by the way how much each word
    /// counts.
    pub(crate) fn look_up(&self, terms: &mut Terms) -> Result<Vec<Ranked>, SearchError> {
        self.weigh(terms)?;
        let text = typed(terms);
        let mut found = Vec::new();
        for scope in self.scopes() {
            let wanted = PassageSearch { text: text.clone(), scope, limit: CANDIDATES };
            found.extend(self.search.passages(self.workspace, &wanted)?.hits);
        }
        let mut passages: Vec<Passage> = found.into_iter().map(Passage::from).collect();
        passages.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        passages.truncate(CANDIDATES);
        Ok(rank(terms, passages))
    }

    /// Words count the more the rarer they are.
    fn weigh(&self, terms: &mut Terms) -> Result<(), SearchError> {
        let alone = terms.terms.iter().map(|term| vec![term.word.clone()]);
        let any = terms.terms.iter().map(|term| {
            std::iter::once(&term.word).chain(&term.alike).cloned().collect::<Vec<_>>()
        });
        let words: Vec<Vec<String>> = alone.chain(any).collect();
        let (mut all, mut holding) = (0, vec![0; words.len()]);
        for scope in self.scopes() {
            let counts = self.search.count_passages(self.workspace, &scope, &words)?;
            all += counts.passages;
            holding.iter_mut().zip(counts.holding).for_each(|(sum, more)| *sum += more);
        }
        let (alone, any) = holding.split_at(terms.terms.len());
        for ((term, alone), any) in terms.terms.iter_mut().zip(alone).zip(any) {
            (term.known, term.heard) = (*alone > 0, *any > 0);
            let counts = if *any == 0 { UNKNOWN } else { rarity(*any, all) };
            term.weight *= counts.max(LEAST);
        }
        Ok(())
    }

    fn scopes(&self) -> Vec<PassageScope> {
        if self.languages.is_empty() {
            return vec![self.scope.clone()];
        }
        let of = |language: &String| PassageScope {
            language: Some(language.clone()),
            ..self.scope.clone()
        };
        self.languages.iter().map(of).collect()
    }
}

/// How rare a word is that so many passages of all hold: 1 if only one does.
fn rarity(holding: u64, all: u64) -> f32 {
    let of = |holding: u64| {
        let holding = count(holding.min(all));
        (1.0 + (count(all) - holding + 0.5) / (holding + 0.5)).ln()
    };
    let most = of(1);
    if most > 0.0 { of(holding) / most } else { 1.0 }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a share needs no more than the first seven digits"
)]
fn count(passages: u64) -> f32 {
    passages as f32
}

/// The question as it is put to the index: plain words, so that no sign of a customer's is taken for
/// an operator; words for the same thing count less.
fn typed(terms: &Terms) -> String {
    let (mut typed, mut alike) = (Vec::new(), Vec::new());
    for term in &terms.terms {
        let plain: String = term.word.chars().filter(|c| !matches!(c, '"' | '\'')).collect();
        let folded = fold(&plain);
        if !term.known && folded.chars().count() >= MISSPELT_CHARS_MIN {
            typed.push(format!("{folded}~1^0.6"));
        }
        typed.push(plain);
        alike.extend(term.alike.iter().take(ALIKE_MAX).map(|word| format!("{word}^0.5")));
    }
    typed.append(&mut alike);
    typed.join(" ")
}

impl Knowledge for Library {
    fn find<'a>(&'a self, text: &'a str) -> BoxFuture<'a, Result<Vec<Passage>, SearchError>> {
        let (library, text) = (self.clone(), text.to_owned());
        Box::pin(async move {
            let mut terms = Terms::of(&text, None, library.asked_in.as_deref());
            let ranked = blocking(move || library.look_up(&mut terms)).await?;
            Ok(ranked.into_iter().map(|ranked| ranked.passage).collect())
        })
    }
}

/// Reads the index where it holds nobody up.
pub(crate) async fn blocking<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    match tokio::task::spawn_blocking(read).await {
        Ok(read) => read,
        Err(error) => Err(SearchError::Stopped(error.to_string())),
    }
}
