//! What is said without asking anything, and asking for a person: told by whole messages, so that a
//! greeting before a question takes nothing from the question.

use std::collections::BTreeSet;

use crate::packs::{self, KINDS, LEAVE, Pack, Phrase, folded, stands_in};
use crate::reply::SmallTalk;

/// Words of a message that names a person and nothing else.
const CALL_WORDS_MAX: usize = 4;

/// Words between asking to speak and naming somebody.
const TALK_WORDS_MAX: usize = 5;

/// The kind of small talk that a text is, and the language it was said in. Nothing if it says
/// anything else.
pub(crate) fn small_talk(
    text: &str,
    language: Option<&str>,
    name: &str,
) -> Option<(SmallTalk, &'static str)> {
    let words = folded(text);
    if words.is_empty() {
        let sign = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace();
        let said = text.chars().any(sign) && !text.contains(['?', '؟']);
        return said.then(|| (SmallTalk::Fine, own(language).map_or("en", |pack| pack.code)));
    }
    let name: BTreeSet<String> = folded(name).into_iter().collect();
    let mut packs = own(language).into_iter().chain(packs::all());
    packs.find_map(|pack| Some((kind(pack, &words, &name)?, pack.code)))
}

fn own(language: Option<&str>) -> Option<&'static Pack> {
    language.and_then(packs::of)
}

/// Everything is small talk or may stand beside it; what is said last in courtesy counts.
fn kind(pack: &Pack, words: &[String], name: &BTreeSet<String>) -> Option<SmallTalk> {
    let (mut rest, mut kind) = (words, None);
    while let Some(word) = rest.first() {
        let all = pack.small_talk.iter();
        let phrases =
            all.flat_map(|(kind, phrases)| phrases.iter().map(move |p| (p.len(), *kind, p)));
        let longest = phrases.filter(|(_, _, phrase)| rest.starts_with(phrase.as_slice())).max();
        let taken = match longest {
            Some((length, found, _)) => {
                kind = kind.max(Some(found));
                length
            }
            None if pack.beside.contains(word) || name.contains(word) => 1,
            None => return None,
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    kind
}

/// Whether a text asks for a person.
pub(crate) fn asks_for_a_person(text: &str, language: Option<&str>) -> bool {
    let words = folded(text);
    let packs: Vec<&Pack> = match own(language) {
        Some(pack) => vec![pack],
        None => packs::all().iter().collect(),
    };
    packs.into_iter().any(|pack| calls(pack, &words) || asks_to_talk(pack, &words))
}

/// Nothing but a person is named: "an agent please".
fn calls(pack: &Pack, words: &[String]) -> bool {
    let polite = |word: &&String| {
        let greets =
            |phrases: &Vec<Phrase>| phrases.iter().any(|phrase| phrase == &[(*word).clone()]);
        !pack.small_talk.values().any(greets)
    };
    let asks = KINDS.iter().any(|kind| *kind != LEAVE && pack.asking(kind, words).next().is_some());
    let words: Vec<String> = words.iter().filter(polite).cloned().collect();
    let said: usize = words.iter().filter(|word| !pack.idle.contains(*word)).count();
    let named: Option<usize> =
        pack.person.iter().filter(|phrase| stands_in(phrase, &words)).map(Vec::len).max();
    words.len() <= CALL_WORDS_MAX
        && !asks
        && named.is_some_and(|named| said <= named && words.len() <= named + 2)
}

/// To speak, and near it, with whom.
fn asks_to_talk(pack: &Pack, words: &[String]) -> bool {
    words.iter().enumerate().filter(|(_, word)| pack.talk.contains(*word)).any(|(at, _)| {
        let (from, to) = (at.saturating_sub(TALK_WORDS_MAX), at + 1 + TALK_WORDS_MAX);
        let near = words.get(from..to.min(words.len())).unwrap_or_default();
        pack.person.iter().any(|phrase| stands_in(phrase, near))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, language: &str) -> Option<SmallTalk> {
        small_talk(text, Some(language), "Mia").map(|(kind, _)| kind)
    }

    #[test]
    fn courtesies_are_told_in_many_languages() {
        use SmallTalk::{Fine, Goodbye, Greeting, Thanks};
        for (text, language, kind) in [
            ("Hi Mia!", "en", Greeting),
            ("Good morning, how are you?", "en", Greeting),
            ("ok thanks a lot!!", "en", Thanks),
            ("Thank you, bye 👋", "en", Goodbye),
            ("👍", "en", Fine),
            ("Oi, bom dia! Tudo bem?", "pt", Greeting),
            ("Muito obrigada pela ajuda", "pt", Thanks),
            ("tchau, obrigado", "pt", Goodbye),
            ("Hola, buenas tardes", "es", Greeting),
            ("perfecto, muchas gracias", "es", Thanks),
            ("Bonjour", "fr", Greeting),
            ("Merci beaucoup, au revoir", "fr", Goodbye),
            ("Vielen Dank!", "de", Thanks),
            ("Grazie mille", "it", Thanks),
            ("שלום, מה נשמע?", "he", Greeting),
            ("תודה רבה!", "he", Thanks),
            ("السلام عليكم", "ar", Greeting),
            ("شكرا جزيلا", "ar", Thanks),
        ] {
            assert_eq!(said(text, language), Some(kind), "{text}");
        }
        assert_eq!(small_talk("Hola", None, ""), Some((Greeting, "es")));
        assert_eq!(small_talk("Hola", Some("en"), ""), Some((Greeting, "es")));
    }

    #[test]
    fn a_question_behind_a_greeting_is_a_question() {
        for (text, language) in [
            ("Hi, how much is delivery?", "en"),
            ("Oi, vocês abrem domingo?", "pt"),
            ("Gracias. ¿Y el desayuno?", "es"),
            ("?", "en"),
            ("42", "en"),
            ("", "en"),
        ] {
            assert_eq!(said(text, language), None, "{text}");
        }
    }

    #[test]
    fn whoever_asks_for_a_person_is_heard() {
        for (text, language) in [
            ("Can I speak to a person?", "en"),
            ("I want to talk to a real human being please", "en"),
            ("agent please", "en"),
            ("quero falar com um atendente", "pt"),
            ("Atendente", "pt"),
            ("quiero hablar con una persona", "es"),
            ("¿me pueden comunicar con un asesor?", "es"),
            ("Je voudrais parler à un conseiller", "fr"),
            ("Ich möchte mit einem Mitarbeiter sprechen", "de"),
            ("אפשר לדבר עם נציג?", "he"),
            ("اريد التحدث مع موظف", "ar"),
        ] {
            assert!(asks_for_a_person(text, Some(language)), "{text}");
            assert!(language == "de" || asks_for_a_person(text, None), "{text}");
        }
        for (text, language) in [
            ("How much is it per person?", "en"),
            ("Is the price per person or per room?", "en"),
            ("¿Cuántas personas caben en la suite?", "es"),
            ("quanto custa por pessoa?", "pt"),
            ("Who is the manager?", "en"),
            ("Do your guides speak English?", "en"),
        ] {
            assert!(!asks_for_a_person(text, Some(language)), "{text}");
        }
    }
}
