//! Letters that are searched as one: small ones, without their accents and points.

use unicode_general_category::{GeneralCategory, get_general_category};

/// Makes an Arabic word longer, not another one.
const TATWEEL: char = '\u{0640}';

/// What Latin letters are searched as.
const PLAIN: [(&str, &str); 22] = [
    ("àáâãäåāăą", "a"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõöøōŏő", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűų", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
];

/// Final forms of Hebrew letters, and the letters.
const FINAL: [(char, char); 5] = [('ך', 'כ'), ('ם', 'מ'), ('ן', 'נ'), ('ף', 'פ'), ('ץ', 'צ')];

/// Whether a character belongs to the letter before it. In the scripts of India it may be a vowel,
/// or say that there is none: no word ends there.
pub(super) fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    c == TATWEEL || matches!(get_general_category(c), EnclosingMark | NonspacingMark | SpacingMark)
}

/// Whether a character only changes how the letter before it is read, or is shown: words with and
/// without it are one.
const fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}'
        | '\u{05C4}' | '\u{05C5}' | '\u{05C7}' | '\u{0610}'..='\u{061A}' | TATWEEL
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{1AB0}'..='\u{1AFF}' | '\u{200C}' | '\u{200D}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}')
}

/// A word of small letters as it is searched.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii() {
            folded.push(c);
        } else if !is_left_out(c) {
            match PLAIN.iter().find(|(letters, _)| letters.contains(c)) {
                Some((_, plain)) => folded.push_str(plain),
                None => folded.push(alike(c)),
            }
        }
    }
    folded
}

/// The letter that a letter is written for.
fn alike(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        'ё' => 'е',
        'ς' => 'σ',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        c => FINAL.iter().find(|(last, _)| *last == c).map_or(c, |(_, letter)| *letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_points_and_final_forms_do_not_part_words() {
        for (written, searched) in [
            ("ação", "acao"),
            ("straße", "strasse"),
            ("e\u{301}te\u{301}", "ete"),
            ("שָׁלוֹם", "שלומ"),
            ("אهلاً", "אهلا"),
            ("ώρες", "ωρεσ"),
            ("ёлка", "елка"),
            ("क्लिनिक", "क्लिनिक"),
            ("र\u{94D}\u{200D}य", "र\u{94D}य"),
        ] {
            assert_eq!(fold(written), searched);
            assert_eq!(fold(&fold(written)), searched, "folding again changes nothing");
        }
    }
}
