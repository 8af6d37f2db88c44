//! Cutting text into passages: of one section each, about as long as an answer needs, never inside
//! a word.

use super::Plain;
use super::blocks::Block;
use crate::personal::PassageMark;

/// A passage may end with its sentence or paragraph from here on.
const WORDS_MIN: usize = 150;

/// A passage ends here at the latest.
pub const PASSAGE_WORDS_MAX: usize = 250;

/// A rest shorter than this goes with the passage before it.
const REST_WORDS_MAX: usize = 40;

/// Half words that a word counts; a sign of a script without spaces counts half a word.
const WORD: usize = 2;

/// Joins blocks into one text and cuts it.
pub(super) fn cut(blocks: &[Block]) -> Plain {
    let mut text = String::new();
    let (mut passages, mut path) = (Vec::new(), Vec::<(u8, &str)>::new());
    let mut section: Option<(usize, usize)> = None;
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block.text);
        match block.heading {
            Some(level) => {
                close(&text, &path, section.take(), &mut passages);
                path.retain(|(above, _)| *above < level);
                path.push((level, &block.text));
            }
            None => section = Some((section.map_or(start, |(begun, _)| begun), text.len())),
        }
    }
    close(&text, &path, section, &mut passages);
    if passages.is_empty() {
        // Nothing but headings: they are what it says.
        close(&text, &[], Some((0, text.len())), &mut passages);
    }
    Plain { text, passages }
}

/// Cuts one section.
fn close(
    text: &str,
    path: &[(u8, &str)],
    section: Option<(usize, usize)>,
    passages: &mut Vec<PassageMark>,
) {
    let Some((start, end)) = section else { return };
    let within = text.get(start..end).unwrap_or_default();
    let place = |at: usize| u32::try_from(start.saturating_add(at)).unwrap_or(u32::MAX);
    for (from, to) in pieces(within) {
        let headings = path.iter().map(|(_, heading)| (*heading).into()).collect();
        passages.push(PassageMark { headings, start: place(from), end: place(to) });
    }
}

/// The pieces of a section as bytes from and to, white space at their ends left out.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let units = units(text);
    let (mut found, mut start) = (Vec::<(usize, usize, usize)>::new(), 0);
    while start < units.len() {
        let (end, size) = piece(text, units.get(start..).unwrap_or_default());
        let piece = units.get(start..start + end).unwrap_or_default();
        if let (Some(first), Some(last)) = (piece.first(), piece.last()) {
            match found.last_mut() {
                Some(before) if size < REST_WORDS_MAX * WORD && start + end == units.len() => {
                    before.1 = last.to;
                }
                _ => found.push((first.from, last.to, size)),
            }
        }
        start += end.max(1);
    }
    found.into_iter().map(|(from, to, _)| (from, to)).collect()
}

/// How many units make the next piece, and its size in half words.
fn piece(text: &str, units: &[Unit]) -> (usize, usize) {
    let (mut size, mut sentence) = (0, None);
    for (at, unit) in units.iter().enumerate() {
        if size + unit.size > PASSAGE_WORDS_MAX * WORD && at > 0 {
            return sentence.unwrap_or((at, size));
        }
        size += unit.size;
        if size < WORDS_MIN * WORD {
            continue;
        }
        let gap = units.get(at + 1).and_then(|next| text.get(unit.to..next.from));
        if gap.is_some_and(|gap| gap.contains("\n\n")) {
            return (at + 1, size);
        }
        if ends_sentence(text.get(unit.from..unit.to).unwrap_or_default()) {
            sentence = Some((at + 1, size));
        }
    }
    (units.len(), size)
}

/// What is never cut: a word, or one sign of a script that writes without spaces.
struct Unit {
    from: usize,
    to: usize,
    size: usize,
}

fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut open = false;
    for (from, c) in text.char_indices() {
        let to = from + c.len_utf8();
        if c.is_whitespace() {
            open = false;
        } else if is_sign(c) {
            units.push(Unit { from, to, size: 1 });
            // What follows without a space, such as a full stop, belongs to it.
            open = false;
        } else if open || (!c.is_alphanumeric() && follows(&units, from)) {
            if let Some(unit) = units.last_mut() {
                unit.to = to;
            }
        } else {
            units.push(Unit { from, to, size: WORD });
            open = true;
        }
    }
    units
}

fn follows(units: &[Unit], from: usize) -> bool {
    units.last().is_some_and(|unit| unit.to == from)
}

/// A sign of a script that writes without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{0E01}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '׃', '।'])
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::super::read;
    use super::*;
    use crate::document::DocumentFormat;

    fn bytes(mark: &PassageMark) -> Range<usize> {
        usize::try_from(mark.start).unwrap()..usize::try_from(mark.end).unwrap()
    }

    fn passages(format: DocumentFormat, source: &str) -> Vec<(Vec<String>, String)> {
        let plain = read(format, source);
        let slice = |mark: &PassageMark| plain.text[bytes(mark)].to_owned();
        let headings = |mark: &PassageMark| mark.headings.iter().map(|h| h.0.clone()).collect();
        plain.passages.iter().map(|mark| (headings(mark), slice(mark))).collect()
    }

    #[test]
    fn a_passage_knows_the_headings_above_it() {
        let source = "Intro.\n# A\na\n## B\nb1\n\nb2\n# C\n### D\nd";
        let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            passages(DocumentFormat::Markdown, source),
            [
                (path(&[]), "Intro.".to_owned()),
                (path(&["A"]), "a".to_owned()),
                (path(&["A", "B"]), "b1\n\nb2".to_owned()),
                (path(&["C", "D"]), "d".to_owned()),
            ]
        );
    }

    #[test]
    fn long_text_is_cut_at_the_end_of_a_sentence() {
        let sentence = "one two three four five six seven eight nine ten. ";
        let found = passages(DocumentFormat::Text, &sentence.repeat(60));
        assert_eq!(found.len(), 3, "600 words in passages of up to 250");
        assert!(found.iter().all(|(_, text)| text.ends_with("ten.")), "{found:?}");
        assert!(found.iter().all(|(_, text)| text.split(' ').count() <= PASSAGE_WORDS_MAX));
    }

    #[test]
    fn a_script_without_spaces_is_cut_too() {
        let found = passages(DocumentFormat::Text, &"我们每天营业。".repeat(200));
        assert!(found.len() >= 2, "{}", found.len());
        assert!(found.iter().all(|(_, text)| text.ends_with('。')));
    }

    #[test]
    fn headings_alone_are_what_a_document_says() {
        assert_eq!(
            passages(DocumentFormat::Html, "<h1>Closed</h1>"),
            [(vec![], "Closed".to_owned())]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_word_is_cut(
            source in "(([a-zé我ש]{1,9}|[.#<>&*`|-]|\n|<p>|</b>){1,3} ?){0,400}",
            format in prop_oneof![
                Just(DocumentFormat::Text), Just(DocumentFormat::Markdown), Just(DocumentFormat::Html)
            ],
        ) {
            let plain = read(format, &source);
            let mut before = 0;
            for mark in &plain.passages {
                let Range { start, end } = bytes(mark);
                prop_assert!(before <= start && start < end && end <= plain.text.len());
                prop_assert!(plain.text.is_char_boundary(start) && plain.text.is_char_boundary(end));
                let cuts = |at: usize| {
                    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_sign(c));
                    word(plain.text[..at].chars().next_back()) && word(plain.text[at..].chars().next())
                };
                prop_assert!(!cuts(start) && !cuts(end));
                before = end;
            }
            // Every word stands in a passage or in a heading.
            let said: String = plain.passages.iter().map(|mark| {
                let headings: String = mark.headings.iter().map(|h| h.0.as_str()).collect();
                headings + &plain.text[bytes(mark)]
            }).collect();
            if format == DocumentFormat::Text {
                let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(bare(&said), bare(&source));
            }
        }

        #[test]
        fn any_bytes_can_be_read(source in "\\PC{0,300}") {
            for format in [DocumentFormat::Text, DocumentFormat::Markdown, DocumentFormat::Html] {
                let _ = read(format, &source);
            }
        }
    }
}
