//! What is asked, word by word: which words say something, what else may be said for them, and what
//! kind of thing the answer is.

use std::collections::{BTreeMap, BTreeSet};

use convolog_search::{fold, words};

use crate::packs::{self, END, KINDS, Pack, folded};

/// Words of a question that are looked at.
const TERMS_MAX: usize = 24;

/// What a word counts that only says which kind of thing is asked for.
const OF_A_KIND: f32 = 0.35;

/// What a number counts: customers name their own.
const NUMBER: f32 = 0.4;

/// What a word counts that the customer said before, not now.
const BEFORE: f32 = 0.6;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    /// The words that say something.
    pub(crate) terms: Vec<Term>,
    /// The kinds of things asked for.
    pub(crate) kinds: BTreeSet<&'static str>,
}

/// A word that says something.
#[derive(Clone)]
pub(crate) struct Term {
    /// In small letters.
    pub(crate) word: String,
    /// Words for the same thing, without itself.
    pub(crate) alike: Vec<String>,
    /// The kind of thing it asks for, if that is all it does.
    pub(crate) kind: Option<&'static str>,
    /// Its number is asked for: "how many of them".
    pub(crate) counted: bool,
    /// How much it counts beside the others.
    pub(crate) weight: f32,
    /// Whether any passage holds the word itself.
    pub(crate) known: bool,
    /// Whether any passage holds it or a word for the same thing.
    pub(crate) heard: bool,
}

impl Term {
    /// Whether it is a number.
    pub(crate) fn is_number(&self) -> bool {
        self.word.chars().all(|c| c.is_ascii_digit())
    }
}

impl std::fmt::Debug for Term {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Term({:?}, {}, known: {})", self.kind, self.weight, self.known)
    }
}

impl Terms {
    /// Of a question. One that says too little by itself is read with what was asked `before`.
    pub(crate) fn of(asked: &str, before: Option<&str>, language: Option<&str>) -> Self {
        let packs: Vec<&Pack> = match language.map(packs::of) {
            Some(Some(pack)) => vec![pack],
            Some(None) => Vec::new(),
            None => packs::all().iter().collect(),
        };
        let mut terms = Self::default();
        let said = asking(asked);
        let asks = |kind: &str| packs.iter().any(|pack| pack.asking(kind, &said).next().is_some());
        terms.kinds = KINDS.into_iter().filter(|kind| asks(kind)).collect();
        terms.take(asked, &packs, 1.0);
        let own = terms.topics();
        if own < 2
            && let Some(before) = before
        {
            terms.take(before, &packs, if own == 0 { 1.0 } else { BEFORE });
        }
        terms
    }

    fn take(&mut self, text: &str, packs: &[&Pack], weight: f32) {
        let said = asking(text);
        // Words that do nothing but ask for something of a kind.
        let mut kinds: BTreeMap<&String, &'static str> = BTreeMap::new();
        for (kind, pack) in KINDS.into_iter().flat_map(|kind| packs.iter().map(move |p| (kind, p)))
        {
            kinds.extend(pack.asking(kind, &said).flatten().map(|word| (word, kind)));
        }
        let counted: BTreeSet<String> = packs
            .iter()
            .flat_map(|pack| pack.asking("count", &said))
            .filter_map(|phrase| after(phrase, &said))
            .collect();
        let spoken: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        let spoken = match packs {
            [pack] => pack.plainly(&spoken),
            _ => spoken,
        };
        for word in spoken {
            let plain = fold(&word);
            if self.terms.len() >= TERMS_MAX || packs.iter().any(|p| p.idle.contains(&plain)) {
                continue;
            }
            if self.terms.iter().any(|term| same(term, &word, packs)) {
                continue;
            }
            let kind = kinds.get(&plain).copied();
            let alike: BTreeSet<&str> = packs.iter().flat_map(|pack| pack.alike(&word)).collect();
            let alike =
                alike.into_iter().filter(|other| **other != word).map(str::to_owned).collect();
            let counted = counted.contains(&plain);
            let (known, heard) = (false, false);
            let mut term = Term { word, alike, kind, counted, weight, known, heard };
            if kind.is_some() {
                term.weight *= OF_A_KIND;
            } else if term.is_number() {
                term.weight *= NUMBER;
            }
            self.terms.push(term);
        }
    }

    /// The words that say what it is about.
    pub(crate) fn topics(&self) -> usize {
        self.terms.iter().filter(|term| term.kind.is_none()).count()
    }
}

/// The words of a question, with its end.
fn asking(text: &str) -> Vec<String> {
    folded(text).into_iter().chain([END.to_owned()]).collect()
}

/// The word after a phrase.
fn after(phrase: &[String], said: &[String]) -> Option<String> {
    let at = said.windows(phrase.len()).position(|window| window == phrase)?;
    said.get(at + phrase.len()).cloned()
}

/// Whether a word is a form of a term.
fn same(term: &Term, word: &str, packs: &[&Pack]) -> bool {
    term.word == word
        || packs.iter().any(|pack| {
            let stems = pack.stems.stems(word);
            pack.stems.stems(&term.word).iter().any(|stem| stems.contains(stem))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(asked: &str, before: Option<&str>) -> Vec<String> {
        Terms::of(asked, before, Some("en")).terms.into_iter().map(|term| term.word).collect()
    }

    #[test]
    fn only_words_that_say_something_count() {
        assert_eq!(
            words("Hi, could you tell me if you deliver on Sundays?", None),
            ["deliver", "sundays"]
        );
        let terms = Terms::of("How much does delivery cost?", None, Some("en"));
        assert!(terms.kinds.contains("price") && terms.topics() == 1);
        assert_eq!(Terms::of("How much does it cost?", None, Some("en")).topics(), 0);
        assert!(Terms::of("what do you mean?", None, Some("en")).terms.is_empty());
    }

    #[test]
    fn a_question_that_says_too_little_is_read_with_the_one_before() {
        let before = Some("Do you repair boots?");
        assert_eq!(words("And how much is it?", before), ["repair", "boots"]);
        assert_eq!(words("And on Sundays?", before), ["sundays", "repair", "boots"]);
        assert_eq!(words("Do you stretch leather shoes?", before), ["stretch", "leather", "shoes"]);
    }

    #[test]
    fn nothing_that_was_said_is_printed() {
        let printed = format!("{:?}", Terms::of("my secret illness", None, Some("en")));
        assert!(!printed.contains("illness"), "{printed}");
    }
}
