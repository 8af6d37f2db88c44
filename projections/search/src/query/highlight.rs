//! What of a text answers a question: which words of it, and a piece that shows them.
//!
//! Places are bytes in the order in which the text is stored, whichever way it is written; whoever
//! shows a text written from right to left marks the same letters.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::parse::Question;
use crate::analysis::{Stems, fold, words};

/// Characters of a piece.
const SNIPPET_CHARS: usize = 240;

/// Characters of a piece before its first marked word.
const LEAD_CHARS: usize = 60;

/// A word that answers the question.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Highlight {
    /// Its first byte (UTF-8).
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
}

/// A piece of a text that shows what was asked for.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Snippet {
    /// The piece.
    pub text: String,
    /// Its first byte in the whole text.
    pub offset: usize,
    /// The words in it that answer the question, as bytes of the piece.
    pub highlights: Vec<Highlight>,
    /// The same as HTML: escaped, the words in `<mark>`.
    pub html: String,
}

impl std::fmt::Debug for Snippet {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snippet").field("offset", &self.offset).finish_non_exhaustive()
    }
}

/// Marks words that answer a question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marker {
    /// Words in small letters.
    words: BTreeSet<String>,
    /// Folded beginnings.
    beginnings: Vec<String>,
    /// Folded words, and how many wrong letters they may have.
    misspelt: Vec<(String, usize)>,
}

impl Marker {
    /// For a question.
    pub(crate) fn of(question: &Question) -> Self {
        let mut marker = Self::default();
        question.each_wished(&mut |leaf| match leaf {
            Question::Word(word) => drop(marker.words.insert(word.clone())),
            Question::Phrase(words, _) => marker.words.extend(words.iter().cloned()),
            Question::Beginning(begun) => marker.beginnings.push(fold(begun)),
            Question::Misspelt(word, typos) => {
                marker.misspelt.push((fold(word), usize::from(*typos)));
            }
            Question::All(_) | Question::Weighed(..) => {}
        });
        marker
    }

    /// The words of a text of this language that answer.
    pub(crate) fn highlights(&self, text: &str, language: Option<&str>) -> Vec<Highlight> {
        let stems = Stems::of(language);
        let wanted: BTreeSet<String> =
            self.words.iter().flat_map(|word| stems.stems(word)).collect();
        let answers = |word: &str| {
            let folded = fold(word);
            stems.stems(word).iter().any(|stem| wanted.contains(stem))
                || self.beginnings.iter().any(|begun| folded.starts_with(begun.as_str()))
                || self.misspelt.iter().any(|(meant, typos)| is_within(meant, &folded, *typos))
        };
        let mut found: Vec<Highlight> = Vec::new();
        for word in words(text).into_iter().filter(|word| answers(&word.text)) {
            match found.last_mut() {
                // Pairs of signs overlap.
                Some(last) if word.from < last.end => last.end = last.end.max(word.to),
                _ => found.push(Highlight { start: word.from, end: word.to }),
            }
        }
        found
    }

    /// The piece of a text that shows most of what was asked for.
    pub(crate) fn snippet(&self, text: &str, language: Option<&str>) -> Snippet {
        let highlights = self.highlights(text, language);
        let (start, end) = window(text, &highlights);
        let within = highlights.iter().filter(|mark| mark.start >= start && mark.end <= end);
        let highlights: Vec<Highlight> = within
            .map(|mark| Highlight { start: mark.start - start, end: mark.end - start })
            .collect();
        let text = text.get(start..end).unwrap_or_default().to_owned();
        let html = html(&text, &highlights);
        Snippet { text, offset: start, highlights, html }
    }
}

/// The piece with the most marks: bytes from and to.
fn window(text: &str, highlights: &[Highlight]) -> (usize, usize) {
    let mut best = (0, 0, end_after(text, 0, SNIPPET_CHARS));
    for first in highlights {
        let start = start_before(text, first.start, LEAD_CHARS);
        let end = end_after(text, start, SNIPPET_CHARS);
        let marks = highlights.iter().filter(|mark| mark.start >= start && mark.end <= end).count();
        if marks > best.0 {
            best = (marks, start, end);
        }
    }
    (best.1, best.2)
}

/// At most so many characters before `at`, not within a word.
fn start_before(text: &str, at: usize, chars: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let start = before.char_indices().rev().take(chars).last().map_or(at, |(start, _)| start);
    if start == 0 {
        return 0;
    }
    let rest = before.get(start..).unwrap_or_default();
    match rest.find(char::is_whitespace) {
        Some(space) => {
            start
                + space
                + rest.get(space..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8)
        }
        None => start,
    }
}

/// At most so many characters after `start`, not within a word.
fn end_after(text: &str, start: usize, chars: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let Some((end, _)) = rest.char_indices().nth(chars) else { return text.len() };
    let piece = rest.get(..end).unwrap_or_default();
    start + piece.rfind(char::is_whitespace).filter(|space| *space > end / 2).unwrap_or(end)
}

fn html(text: &str, highlights: &[Highlight]) -> String {
    let (mut html, mut at) = (String::with_capacity(text.len() + 16), 0);
    for mark in highlights {
        escape(text.get(at..mark.start).unwrap_or_default(), &mut html);
        html.push_str("<mark>");
        escape(text.get(mark.start..mark.end).unwrap_or_default(), &mut html);
        html.push_str("</mark>");
        at = mark.end;
    }
    escape(text.get(at..).unwrap_or_default(), &mut html);
    html
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// Whether one word becomes the other by at most `typos` letters added, left out, changed or
/// swapped with the next one.
fn is_within(meant: &str, word: &str, typos: usize) -> bool {
    let (asked, said) = (meant.chars().count(), word.chars().count());
    asked.abs_diff(said) <= typos && strsim::osa_distance(meant, word) <= typos
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::query::Occur;

    use super::super::parse::parse;
    use super::*;

    fn marker(typed: &str) -> Marker {
        Marker::of(&parse(typed, Occur::Should).0.unwrap())
    }

    #[test]
    fn what_answers_is_marked_in_all_its_forms() {
        for (typed, text, language, html) in [
            ("opening", "We opened <b>", "en", "We <mark>opened</mark> &lt;b&gt;"),
            ("entregou*", "Entregamos hoje", "pt", "Entregamos hoje"),
            ("entreg*", "Entregamos hoje", "pt", "<mark>Entregamos</mark> hoje"),
            ("huors~", "Our hours", "en", "Our <mark>hours</mark>"),
            ("horario -hoje", "Horário de hoje", "pt", "<mark>Horário</mark> de hoje"),
            ("营业时间", "我们的营业时间是", "zh", "我们的<mark>营业时间</mark>是"),
        ] {
            assert_eq!(marker(typed).snippet(text, Some(language)).html, html, "{typed}");
        }
    }

    #[test]
    fn text_from_right_to_left_is_marked_where_it_is_stored() {
        let text = "שלום, החנות פתוחה Monday עד חמש";
        let found = marker("חנות monday").highlights(text, Some("he"));
        let marked: Vec<&str> = found.iter().map(|mark| &text[mark.start..mark.end]).collect();
        assert_eq!(marked, ["החנות", "Monday"]);
    }

    #[test]
    fn a_piece_of_a_long_text_shows_the_words() {
        let text = format!("{} needle {}", "hay ".repeat(500), "straw ".repeat(500));
        let snippet = marker("needle").snippet(&text, Some("en"));
        assert!(snippet.text.chars().count() <= SNIPPET_CHARS);
        let mark = snippet.highlights[0];
        assert_eq!(&snippet.text[mark.start..mark.end], "needle");
        assert_eq!(&text[snippet.offset..snippet.offset + snippet.text.len()], snippet.text);
    }

    proptest! {
        #[test]
        fn marks_are_words_of_the_text(text in "\\PC{0,400}", typed in "\\PC{1,20}") {
            let Some(question) = parse(&typed, Occur::Should).0 else { return Ok(()) };
            let snippet = Marker::of(&question).snippet(&text, None);
            prop_assert_eq!(&text[snippet.offset..snippet.offset + snippet.text.len()], &snippet.text);
            let mut before = 0;
            for mark in &snippet.highlights {
                prop_assert!(mark.start >= before && !snippet.text[mark.start..mark.end].is_empty());
                before = mark.end;
            }
        }
    }
}
