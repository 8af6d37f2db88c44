//! Whether a sentence shows something of the kind that was asked for: an amount, a time, a number to
//! call.

use convolog_search::{fold, words};

use crate::packs::{self, Pack};

/// Signs of money.
const MONEY: [char; 8] = ['€', '$', '£', '₪', '¥', '₹', '₺', '₽'];

/// Digits of a number that can be called.
const PHONE_DIGITS_MIN: usize = 7;

/// Whether a text shows something of a kind.
pub(crate) fn shows(kind: &str, text: &str, language: Option<&str>) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let said = |list: &str| names(list, text, language);
    match kind {
        "price" => {
            said("free")
                || (digits > 0 && (text.contains(MONEY) || text.contains('%') || said("price")))
        }
        "clock" => digits > 0 && (text.contains(':') || is_hour(text) || said("clock")),
        "time" => said("time") || (digits > 0 && (text.contains(':') || is_hour(text))),
        "span" => said("span"),
        "count" => digits > 0,
        "place" => said("place"),
        "phone" => can_be_called(text),
        "mail" => text.contains('@'),
        "share" => digits > 0 && text.contains('%'),
        packs::LEAVE => said(packs::LEAVE),
        _ => true,
    }
}

/// Whether a number stands right before what marks an hour: `19h`, `9am`.
fn is_hour(text: &str) -> bool {
    words(text).iter().any(|word| {
        let rest = word.text.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < word.text.len() && ["h", "am", "pm"].iter().any(|mark| rest.starts_with(mark))
    })
}

/// Whether a number is long enough to be called, whatever parts its digits.
fn can_be_called(text: &str) -> bool {
    let apart = |c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '(' | ')' | '+' | '/');
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    text.split(apart).any(|part| digits(part) >= PHONE_DIGITS_MIN)
}

/// What is left of a sentence that shows nothing of a kind that is asked for: little where nothing
/// else could be the answer.
pub(crate) fn without(kind: &str) -> f32 {
    match kind {
        "phone" | "mail" => 0.3,
        "share" => 0.5,
        "price" => 0.65,
        "place" => 0.85,
        packs::LEAVE => 0.95,
        _ => 0.75,
    }
}

fn names(list: &str, text: &str, language: Option<&str>) -> bool {
    let packs: Vec<&Pack> = match language.map(packs::of) {
        Some(Some(pack)) => vec![pack],
        _ => packs::all().iter().collect(),
    };
    words(text).into_iter().any(|word| {
        let word = fold(&word.text);
        packs.iter().any(|pack| pack.shows.get(list).is_some_and(|words| words.contains(&word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_seen() {
        for (kind, text, language, seen) in [
            ("price", "It is £12.", "en", true),
            ("price", "Custa R$ 190", "pt", true),
            ("price", "cuesta 250 pesos", "es", true),
            ("price", "It is free.", "en", true),
            ("price", "Room 12 is nice.", "en", false),
            ("time", "De 9:00 a 18:00", "es", true),
            ("time", "We close on Mondays.", "en", true),
            ("time", "We are nice.", "en", false),
            ("clock", "Until 8pm on Thursday", "en", true),
            ("clock", "das 8h às 19h30", "pt", true),
            ("clock", "Each extra day is charged.", "en", false),
            ("share", "13% of the rent", "en", true),
            ("phone", "R$ 1.100 or R$ 190 or 7 days", "en", false),
            ("span", "It takes two weeks.", "en", true),
            ("phone", "+55 81 3333-4444", "pt", true),
            ("mail", "Write to a@example.com", "en", true),
            ("mail", "Write to us", "en", false),
        ] {
            assert_eq!(shows(kind, text, Some(language)), seen, "{text}");
        }
    }
}
