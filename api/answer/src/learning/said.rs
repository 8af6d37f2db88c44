//! A message as it is read here: its words in order, and where sentences end.

use convolog_search::{Word, fold, words};

use crate::packs::Phrase;

/// A word of a message.
pub(super) struct Spoken {
    /// Folded, as phrases are.
    pub(super) folded: String,
    /// Its first byte in the text.
    pub(super) from: usize,
    /// The byte after its last one.
    pub(super) to: usize,
}

/// A message.
pub(super) struct Said<'a> {
    /// As it was written.
    pub(super) text: &'a str,
    /// Its words.
    pub(super) words: Vec<Spoken>,
}

impl<'a> Said<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let spoken = |Word { text, from, to }: Word| Spoken { folded: fold(&text), from, to };
        Self { text, words: words(text).into_iter().map(spoken).collect() }
    }

    /// A word as it was written.
    pub(super) fn written(&self, at: usize) -> &'a str {
        self.words.get(at).and_then(|word| self.text.get(word.from..word.to)).unwrap_or_default()
    }

    /// What stands between a word and the next one.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let Some(word) = self.words.get(at) else { return "" };
        let end = self.words.get(at + 1).map_or(self.text.len(), |next| next.from);
        self.text.get(word.to..end).unwrap_or_default()
    }

    /// Whether nothing that belongs to a word follows it: a sentence or a part of one ends there.
    pub(super) fn ends(&self, at: usize) -> bool {
        at + 1 >= self.words.len()
            || self.gap(at).contains([',', ';', ':', '!', '?', '\n', '(', '¿', '¡', '؟'])
            || self.gap(at).starts_with(". ")
            || self.gap(at).starts_with("...")
    }

    /// The word after each place where one of these phrases stands.
    pub(super) fn after(&self, phrases: &[Phrase]) -> impl Iterator<Item = usize> {
        let fits = move |at: usize, phrase: &Phrase| {
            let here = self.words.get(at..at + phrase.len()).unwrap_or_default();
            !here.is_empty() && here.iter().zip(phrase).all(|(word, wanted)| word.folded == *wanted)
        };
        (0..self.words.len()).filter_map(move |at| {
            let longest = phrases.iter().filter(|phrase| fits(at, phrase)).map(Vec::len).max();
            longest.map(|length| at + length)
        })
    }

    /// The words of the sentence that a word stands in, from and to.
    pub(super) fn sentence(&self, at: usize) -> (usize, usize) {
        let ends = |at: usize| {
            let gap = self.gap(at);
            gap.contains(['!', '?', '\n', '؟']) || gap.starts_with(". ")
        };
        let from = (0..at).rev().find(|before| ends(*before)).map_or(0, |before| before + 1);
        let to = (at..self.words.len()).find(|word| ends(*word)).unwrap_or(self.words.len());
        (from, (to + 1).min(self.words.len()))
    }

    /// Whether the sentence that a word stands in asks something.
    pub(super) fn is_asked(&self, at: usize) -> bool {
        let (_, to) = self.sentence(at);
        to.checked_sub(1).is_some_and(|last| self.gap(last).contains(['?', '؟']))
    }
}
