//! Where words stand in a text.

use super::fold::is_mark;

/// Longer words are no words: keys, addresses, pictures written as text.
const CHARS_MAX: usize = 64;

/// One word of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// In small letters, otherwise as written.
    pub text: String,
    /// Its first byte in the text.
    pub from: usize,
    /// The byte after its last one.
    pub to: usize,
}

/// The words of a text. Runs of signs of scripts without spaces become pairs, each sign with the
/// next one.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Found { text, words: Vec::new(), open: None, signs: Vec::new() };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if is_sign(c) {
            found.close(at);
            found.signs.push((at, at + c.len_utf8()));
        } else if c.is_alphanumeric() || (is_mark(c) && found.open.is_some()) {
            found.pair_signs();
            found.open.get_or_insert(at);
        } else if !joins(c, found.last(at), next) {
            found.close(at);
            found.pair_signs();
        }
    }
    found.close(text.len());
    found.pair_signs();
    found.words
}

struct Found<'a> {
    text: &'a str,
    words: Vec<Word>,
    /// Where the word began that goes on.
    open: Option<usize>,
    /// Signs in a row, from and to.
    signs: Vec<(usize, usize)>,
}

impl Found<'_> {
    fn push(&mut self, from: usize, to: usize) {
        let text = self.text.get(from..to).unwrap_or_default();
        if text.chars().count() <= CHARS_MAX {
            self.words.push(Word { text: text.to_lowercase(), from, to });
        }
    }

    /// The character before `at` in the word that goes on.
    fn last(&self, at: usize) -> Option<char> {
        self.text.get(self.open?..at)?.chars().next_back()
    }

    fn close(&mut self, at: usize) {
        if let Some(from) = self.open.take() {
            self.push(from, at);
        }
    }

    fn pair_signs(&mut self) {
        let signs = std::mem::take(&mut self.signs);
        if let [(from, to)] = signs[..] {
            self.push(from, to);
        }
        for pair in signs.windows(2) {
            if let [(from, _), (_, to)] = pair {
                self.push(*from, *to);
            }
        }
    }
}

/// Whether a sign within a word belongs to it: the marks of Hebrew abbreviations, and what says how
/// letters of the scripts of India are tied together.
fn joins(c: char, before: Option<char>, after: Option<char>) -> bool {
    let both = |from: char, to: char| {
        [before, after].into_iter().all(|c| c.is_some_and(|c| (from..=to).contains(&c)))
    };
    match c {
        '"' | '\'' | '״' | '׳' => both('א', 'ת'),
        '\u{200C}' | '\u{200D}' => both('\u{0900}', '\u{0DFF}'),
        _ => false,
    }
}

/// A sign of a script that writes without spaces.
const fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{0E01}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_found_in_every_script() {
        assert_eq!(texts("We're OPEN, 9-17h!"), ["we", "re", "open", "9", "17h"]);
        assert_eq!(texts("צה\"ל והבית."), ["צה\"ל", "והבית"]);
        assert_eq!(texts("营业时间 a店b"), ["营业", "业时", "时间", "a", "店", "b"]);
        assert_eq!(texts("e\u{301}te\u{301} \u{301}x"), ["e\u{301}te\u{301}", "x"]);
        assert_eq!(texts("क्लिनिक खुला है।"), ["क्लिनिक", "खुला", "है"]);
        assert_eq!(texts("செவ்வாய்க்கிழமை, மருத்துவர்"), ["செவ்வாய்க்கிழமை", "மருத்துவர்"]);
        assert_eq!(texts("ক্ষমা શ્રી క్షమ ಕ್ಷಮೆ ക്ഷമ ශ්‍රී"), ["ক্ষমা", "શ્રી", "క్షమ", "ಕ್ಷಮೆ", "ക്ഷമ", "ශ්‍රී"]);
        assert_eq!(texts(&"x".repeat(CHARS_MAX + 1)), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn a_word_is_the_bytes_it_names(text in "\\PC{0,60}") {
            let mut before = 0;
            for word in words(&text) {
                prop_assert_eq!(text[word.from..word.to].to_lowercase(), word.text);
                prop_assert!(word.from >= before);
                before = word.from;
            }
        }
    }
}
