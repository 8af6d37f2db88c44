//! What a person typed, as far as it can be understood. Nothing is an error: what is no query is
//! searched as words, and what cannot be searched at all is named.
//!
//! Understood are words, `"phrases"` (with `~2` for words in between), `begin*`, `mispelt~` and
//! `mispelt~2`, `+must`, `-must not`, `AND`, `OR`, `NOT`, brackets and `^2` for weight.

use tantivy::query::Occur;
use tantivy::query_grammar::{
    Delimiter, UserInputAst, UserInputBound, UserInputLeaf, UserInputLiteral, parse_query_lenient,
};

use super::operators::without_idle;
use crate::analysis::words;

/// Characters of a question that are looked at.
const CHARS_MAX: usize = 1_000;

/// The most wrong letters in a word that are forgiven.
const TYPOS_MAX: u8 = 2;

/// What is said of a question that only excludes: it finds nothing.
const ONLY_EXCLUDES: &str = "a search needs something to look for, not only what to leave out";

/// A question, understood.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Question {
    /// Several, each needed, wished for or forbidden.
    All(Vec<(Occur, Question)>),
    /// One that weighs more or less.
    Weighed(Box<Question>, f32),
    /// A word, in small letters.
    Word(String),
    /// Words in a row, with at most so many others between them.
    Phrase(Vec<String>, u32),
    /// How a word begins.
    Beginning(String),
    /// A word with at most so many wrong letters.
    Misspelt(String, u8),
}

impl Question {
    /// Calls `f` with everything that an answer may have; what it must not have is left out.
    pub(crate) fn each_wished<'q>(&'q self, f: &mut impl FnMut(&'q Self)) {
        match self {
            Self::All(parts) => {
                let wished = parts.iter().filter(|(occur, _)| *occur != Occur::MustNot);
                wished.for_each(|(_, part)| part.each_wished(f));
            }
            Self::Weighed(part, _) => part.each_wished(f),
            leaf => f(leaf),
        }
    }
}

/// Understands a question. `each` says whether a word that is not marked is needed or only wished
/// for. The second value names what was left out.
pub(crate) fn parse(typed: &str, each: Occur) -> (Option<Question>, Vec<&'static str>) {
    let typed: String = typed.chars().take(CHARS_MAX).collect();
    let (typed, idle) = without_idle(&typed);
    let (ast, errors) = parse_query_lenient(&typed);
    let mut reading = Reading { each, left_out: Vec::new() };
    if idle {
        reading.leave_out("AND, OR, NOT, + or - with nothing beside it was left out");
    }
    let mut question = reading.ast(&ast);
    if question.is_none() && !reading.left_out.contains(&ONLY_EXCLUDES) {
        // Not a word was understood: it is searched as it is.
        let parts = words(&typed).into_iter().map(|word| (each, Question::Word(word.text)));
        question = all(parts.collect());
    }
    if !errors.is_empty() {
        reading.leave_out("part of it is no query; it was searched as words");
    }
    (question, reading.left_out)
}

struct Reading {
    each: Occur,
    left_out: Vec<&'static str>,
}

impl Reading {
    fn leave_out(&mut self, what: &'static str) {
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }

    fn ast(&mut self, ast: &UserInputAst) -> Option<Question> {
        match ast {
            UserInputAst::Clause(parts) => {
                let mut read = Vec::new();
                for (occur, part) in parts {
                    if let Some(excluded) = excluded(part)
                        && matches!(occur, None | Some(Occur::Must))
                    {
                        // `a AND NOT b` is `a -b`.
                        let excluded = excluded.iter().filter_map(|(_, part)| self.ast(part));
                        read.extend(excluded.map(|part| (Occur::MustNot, part)));
                    } else if let Some(part) = self.ast(part) {
                        read.push((occur.unwrap_or(self.each), part));
                    }
                }
                if !read.is_empty() && read.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    self.leave_out(ONLY_EXCLUDES);
                    return None;
                }
                all(read)
            }
            UserInputAst::Boost(part, weight) => {
                let part = self.ast(part)?;
                Some(Question::Weighed(Box::new(part), weight_of(weight.into_inner())))
            }
            UserInputAst::Leaf(leaf) => self.leaf(leaf),
        }
    }

    fn leaf(&mut self, leaf: &UserInputLeaf) -> Option<Question> {
        match leaf {
            UserInputLeaf::Literal(literal) => self.literal(literal),
            UserInputLeaf::Set { field, elements } => {
                let texts = field.iter().chain(elements);
                let parts =
                    texts.filter_map(|text| self.text(text)).map(|part| (Occur::Should, part));
                all(parts.collect())
            }
            UserInputLeaf::Range { field, lower, upper } => {
                self.leave_out("ranges are not searched; their ends were searched as words");
                let ends = [lower, upper].into_iter().filter_map(end);
                let texts = field.as_deref().into_iter().chain(ends);
                let parts =
                    texts.filter_map(|text| self.text(text)).map(|part| (Occur::Should, part));
                all(parts.collect())
            }
            UserInputLeaf::Exists { field } => self.text(field),
            UserInputLeaf::Regex { field, pattern } => {
                self.leave_out("patterns are not searched; their words were");
                let texts = field.iter().chain([pattern]);
                let parts = texts.filter_map(|text| self.text(text)).map(|part| (self.each, part));
                all(parts.collect::<Vec<_>>())
            }
            UserInputLeaf::All => {
                self.leave_out("`*` alone finds nothing; list instead");
                None
            }
        }
    }

    fn literal(&mut self, literal: &UserInputLiteral) -> Option<Question> {
        let UserInputLiteral { field_name, phrase, delimiter, slop, prefix } = literal;
        let found = if *delimiter == Delimiter::None {
            self.text(phrase).map(|found| if *prefix { begins(found) } else { found })
        } else {
            phrase_of(phrase, *slop, *prefix)
        };
        // There are no fields to name: what looks like one is a word like any other.
        let Some(field) = field_name.as_deref().and_then(|name| self.text(name)) else {
            return found;
        };
        let parts = [Some(field), found].into_iter().flatten().map(|part| (self.each, part));
        all(parts.collect())
    }

    /// Unquoted text: usually one word, with its marks.
    fn text(&self, text: &str) -> Option<Question> {
        if let Some(begun) = text.strip_suffix('*') {
            return self.text(begun).map(begins);
        }
        if let Some((word, typos)) = text.rsplit_once('~')
            && let Some(typos) = typos_of(typos)
        {
            let found = words(word)
                .into_iter()
                .map(|word| (self.each, Question::Misspelt(word.text, typos)));
            return all(found.collect());
        }
        let found = words(text).into_iter().map(|word| (self.each, Question::Word(word.text)));
        all(found.collect())
    }
}

/// What a part excludes that does nothing else.
fn excluded(part: &UserInputAst) -> Option<&[(Option<Occur>, UserInputAst)]> {
    let UserInputAst::Clause(parts) = part else { return None };
    let all = !parts.is_empty() && parts.iter().all(|(occur, _)| *occur == Some(Occur::MustNot));
    all.then_some(parts)
}

/// How many typos are meant; a mark with nothing behind it means one.
fn typos_of(text: &str) -> Option<u8> {
    if text.is_empty() {
        return Some(1);
    }
    text.parse::<u8>().ok().map(|typos| typos.clamp(1, TYPOS_MAX))
}

fn end(bound: &UserInputBound) -> Option<&str> {
    match bound {
        UserInputBound::Inclusive(text) | UserInputBound::Exclusive(text) => Some(text),
        UserInputBound::Unbounded => None,
    }
}

fn phrase_of(phrase: &str, slop: u32, prefix: bool) -> Option<Question> {
    let mut found: Vec<String> = words(phrase).into_iter().map(|word| word.text).collect();
    if found.len() == 1 {
        let word = Question::Word(found.pop()?);
        return Some(if prefix { begins(word) } else { word });
    }
    (!found.is_empty()).then_some(Question::Phrase(found, slop.min(10)))
}

/// The last word of it only begins like that.
fn begins(question: Question) -> Question {
    match question {
        Question::Word(word) => Question::Beginning(word),
        Question::All(mut parts) => {
            if let Some((occur, last)) = parts.pop() {
                parts.push((occur, begins(last)));
            }
            Question::All(parts)
        }
        other => other,
    }
}

fn all(mut parts: Vec<(Occur, Question)>) -> Option<Question> {
    match parts.len() {
        0 => None,
        1 if parts.iter().all(|(occur, _)| *occur != Occur::MustNot) => {
            parts.pop().map(|(_, part)| part)
        }
        _ => Some(Question::All(parts)),
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a weight needs no more"
)]
fn weight_of(weight: f64) -> f32 {
    if weight.is_finite() { weight.clamp(0.01, 100.0) as f32 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str) -> Question {
        Question::Word(text.into())
    }

    fn understood(typed: &str) -> Question {
        parse(typed, Occur::Should).0.unwrap()
    }

    #[test]
    fn what_people_type_is_understood() {
        let any = |parts: Vec<Question>| {
            Question::All(parts.into_iter().map(|part| (Occur::Should, part)).collect())
        };
        assert_eq!(understood("Opening hours"), any(vec![word("opening"), word("hours")]));
        assert_eq!(
            understood("\"opening hours\""),
            Question::Phrase(vec!["opening".into(), "hours".into()], 0)
        );
        assert_eq!(understood("open*"), Question::Beginning("open".into()));
        assert_eq!(understood("hors~"), Question::Misspelt("hors".into(), 1));
        assert_eq!(understood("hors~9"), Question::Misspelt("hors".into(), 2));
        assert_eq!(
            understood("+menu -price"),
            Question::All(vec![(Occur::Must, word("menu")), (Occur::MustNot, word("price"))])
        );
        for typed in ["open NOT price", "+open AND NOT price", "open -price"] {
            let found = parse(typed, Occur::Must);
            let parts = vec![(Occur::Must, word("open")), (Occur::MustNot, word("price"))];
            assert_eq!(found, (Some(Question::All(parts)), vec![]), "{typed}");
        }
        assert_eq!(understood("Wi-Fi"), any(vec![word("wi"), word("fi")]));
    }

    #[test]
    fn what_is_no_query_is_searched_as_words() {
        for typed in
            ["(open", "\"open", "open AND", "AND open", "open:", "open) (", "[open TO", "/open"]
        {
            let mut found = Vec::new();
            understood(typed).each_wished(&mut |leaf| found.push(leaf.clone()));
            assert!(found.contains(&word("open")), "{typed} gives {found:?}");
        }
        assert_eq!(parse("!?", Occur::Should).0, None);
    }

    #[test]
    fn what_only_excludes_finds_nothing_and_says_so() {
        for typed in
            ["-open", "NOT open", "-open -hours", "-\"opening hours\"", "(-open)", "-open OR"]
        {
            for each in [Occur::Should, Occur::Must] {
                let (question, left_out) = parse(typed, each);
                assert_eq!(question, None, "{typed}");
                assert!(left_out.contains(&ONLY_EXCLUDES), "{typed}: {left_out:?}");
            }
        }
    }

    #[test]
    fn an_operator_with_nothing_beside_it_is_left_out_and_named() {
        for typed in [
            "open AND",
            "AND open",
            "OR open OR",
            "open NOT",
            "open +",
            "- open",
            "(open AND)",
            "open AND AND",
        ] {
            let (question, left_out) = parse(typed, Occur::Should);
            assert_eq!(question, Some(word("open")), "{typed}");
            assert_eq!(left_out.len(), 1, "{typed}: {left_out:?}");
        }
        assert_eq!(parse("AND", Occur::Should).0, None);
        for typed in
            ["open AND hours", "open AND NOT hours", "\"open AND\"", "open and", "+open -hours"]
        {
            assert_eq!(parse(typed, Occur::Should).1, Vec::<&str>::new(), "{typed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn any_text_can_be_asked(typed in "(\\PC|[-+~*^:\"'()\\[\\]{}/\\\\ ]){0,80}") {
            let (question, _) = parse(&typed, Occur::Must);
            let mut leaves = 0;
            if let Some(question) = question {
                question.each_wished(&mut |_| leaves += 1);
                prop_assert!(leaves > 0);
            }
        }
    }
}
