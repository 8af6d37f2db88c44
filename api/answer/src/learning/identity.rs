//! Who somebody says they are, and how they say they can be reached.

use super::said::Said;
use crate::packs::{LEARN_CALLS, LEARN_NAMED, LEARN_PARTICLES, Pack};

/// Words of a name.
const NAME_WORDS_MAX: usize = 4;
/// Words of a name that is written in small letters.
const SMALL_WORDS_MAX: usize = 2;
/// Digits of a number that can be called (E.164).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// Words between what says that a number can be called and the number.
const CALL_WORDS: usize = 6;

/// The first e-mail address of a text, in small letters.
pub(super) fn email(text: &str) -> Option<String> {
    let apart = |c: char| c.is_whitespace() || "<>(),;\"'[]|:*".contains(c);
    let trimmed = |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split(apart).map(trimmed).find(|part| is_address(part))
}

fn is_address(part: &str) -> bool {
    let Some((name, domain)) = part.split_once('@') else { return false };
    let of = |text: &str, signs: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    !name.is_empty()
        && of(name, "._%+-")
        && of(domain, ".-")
        && labels.len() > 1
        && labels.iter().all(|label| !label.is_empty() && !label.starts_with('-'))
        && last.len() > 1
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && part.len() <= convolog_domain::limits::EMAIL_CHARS_MAX
}

/// A number that can be called: one that begins with a plus sign, or that is said to be one.
pub(super) fn phone(said: &Said<'_>, packs: &[&Pack]) -> Option<String> {
    let called: Vec<usize> =
        packs.iter().flat_map(|pack| said.after(pack.learns(LEARN_CALLS))).collect();
    let near = |byte: usize| {
        let at = said.words.iter().position(|word| word.from >= byte).unwrap_or(0);
        called.iter().any(|after| (*after..*after + CALL_WORDS).contains(&at))
    };
    numbers(said.text).find_map(|(from, number)| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let plus = number.starts_with('+');
        let is_one = PHONE_DIGITS.contains(&digits.len()) && (plus || near(from));
        is_one.then(|| if plus { format!("+{digits}") } else { digits })
    })
}

/// Runs of digits and what parts them in phone numbers, each with its first byte.
fn numbers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_ascii_digit() || "+-() .".contains(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        let begun = rest + text.get(rest..)?.find(|c: char| c.is_ascii_digit() || c == '+')?;
        let tail = text.get(begun..)?;
        let length = tail.find(|c: char| !part(c)).unwrap_or(tail.len());
        rest = begun + length.max(1);
        Some((begun, tail.get(..length)?.trim()))
    })
}

/// The name that somebody says is theirs.
pub(super) fn name(said: &Said<'_>, packs: &[&Pack]) -> Option<String> {
    packs.iter().find_map(|pack| {
        said.after(pack.learns(LEARN_NAMED)).find_map(|at| name_from(said, at, pack))
    })
}

/// A name that begins with a word: capital letters go on for a few words; small ones for two, up to
/// a word that says something else.
fn name_from(said: &Said<'_>, begin: usize, pack: &Pack) -> Option<String> {
    let particles = pack.learns(LEARN_PARTICLES);
    let is_particle = |at: usize| {
        said.words
            .get(at)
            .is_some_and(|word| particles.iter().any(|p| p == std::slice::from_ref(&word.folded)))
    };
    let is_word = |at: usize| {
        let written = said.written(at);
        !written.is_empty()
            && written.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
            && (!said.words.get(at).is_some_and(|word| pack.idle.contains(&word.folded)))
    };
    let capital = |at: usize| {
        is_word(at) && said.written(at).chars().next().is_some_and(|c| !c.is_lowercase())
    };
    let (first, small) = (begin, !capital(begin));
    if !is_word(first) {
        return None;
    }
    let mut last = first;
    while last + 1 - first < if small { SMALL_WORDS_MAX } else { NAME_WORDS_MAX } {
        let next = last + 1;
        if said.ends(last) {
            break;
        }
        if (small && is_word(next) && !is_particle(next)) || (!small && capital(next)) {
            last = next;
        } else if !small && is_particle(next) && !said.ends(next) && capital(next + 1) {
            last = next + 1;
        } else {
            break;
        }
    }
    // Small letters go on too easily: a second word counts only if the sentence ends there.
    if small && last > first && !said.ends(last) {
        last = first;
    }
    let (from, to) = (said.words.get(first)?.from, said.words.get(last)?.to);
    said.text.get(from..to).map(str::to_owned)
}
