//! In which language a customer writes: by the script first, then by common words; where a message
//! is too short to tell, by what else is known of the conversation.

use std::collections::BTreeMap;

use convolog_domain::document::detect_language;

use crate::packs::{self, Pack, folded};

/// Marks by which the best language must lead to be certain.
const LEAD: usize = 2;

/// The language of a customer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Told {
    /// The language (ISO 639-1), if it can be told.
    pub(crate) language: Option<String>,
    /// Whether it can be no other one.
    pub(crate) certain: bool,
}

/// Letters that only few languages have, and those languages.
const LETTERS: [(&str, &[&str]); 7] = [
    ("ãõ", &["pt"]),
    ("ñ¿¡", &["es"]),
    ("ß", &["de"]),
    ("äö", &["de"]),
    ("ç", &["pt", "fr"]),
    ("êâô", &["pt", "fr"]),
    ("œù", &["fr"]),
];

/// Tells the language of what was asked. `before` is what the same customer wrote earlier, the
/// newest first; `known` are the languages that documents are written in.
pub(crate) fn tell(asked: &str, before: &[&str], known: &[&str]) -> Told {
    let marks = marks(asked);
    let told = by_marks(&marks, asked);
    if told.certain {
        return told;
    }
    // Too short to tell: one that documents are written in, then what was written before.
    let most = marks.values().copied().max().unwrap_or_default();
    let likely = |language: &&&str| most > 0 && marks.get(**language) == Some(&most);
    let mut fitting = known.iter().filter(likely);
    if let (Some(one), None) = (fitting.next(), fitting.next()) {
        return Told { language: Some((*one).to_owned()), certain: false };
    }
    let earlier = before.iter().map(|text| by_marks(&self::marks(text), text));
    let earlier = earlier.into_iter().find(|told| told.certain).and_then(|told| told.language);
    let language = earlier.or(told.language).or_else(|| match known {
        [only] => Some((*only).to_owned()),
        _ => None,
    });
    Told { language, certain: false }
}

/// How many signs of each language a text written in Latin letters bears.
fn marks(text: &str) -> BTreeMap<&'static str, usize> {
    let (words, lower) = (folded(text), text.to_lowercase());
    let hits = |pack: &Pack| {
        let known = |word: &&String| pack.idle.contains(*word) || pack.hints.contains(*word);
        let hints = words.iter().filter(|word| pack.hints.contains(*word)).count();
        words.iter().filter(known).count() + hints
    };
    let mut marks: BTreeMap<&'static str, usize> =
        packs::all().iter().map(|pack| (pack.code, hits(pack))).collect();
    for (letters, languages) in LETTERS {
        if lower.contains(|c| letters.contains(c)) {
            for language in languages {
                *marks.entry(language).or_default() += LEAD;
            }
        }
    }
    marks
}

fn by_marks(marks: &BTreeMap<&'static str, usize>, text: &str) -> Told {
    let detected = detect_language(text);
    // What is written in another script needs no words to be told.
    let latin = text.chars().filter(|c| c.is_alphabetic() && *c < '\u{250}').count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if latin * 2 < letters {
        return Told { language: detected.map(str::to_owned), certain: detected.is_some() };
    }
    let mut best: Vec<(usize, &str)> =
        marks.iter().map(|(language, marks)| (*marks, *language)).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let (Some((first, language)), second) = (best.first(), best.get(1)) else {
        return Told::default();
    };
    let second = second.map_or(0, |(marks, _)| *marks);
    let unknown = detected.filter(|detected| packs::of(detected).is_none());
    // A language of which nothing is known here, unless one that is known has signs.
    if let Some(detected) = unknown
        && *first <= LEAD
    {
        return Told { language: Some(detected.to_owned()), certain: true };
    }
    let found = (*first > second).then(|| (*language).to_owned());
    Told { certain: *first >= second + LEAD && *first > LEAD, language: found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_short_messages_is_told() {
        for (asked, language) in [
            ("Quanto custa a limpeza?", "pt"),
            ("vcs atendem no sabado?", "pt"),
            ("¿Cuánto cuesta el traslado?", "es"),
            ("a que hora abren el restaurante", "es"),
            ("How much is delivery?", "en"),
            ("do you have parking", "en"),
            ("smallest order to open a trade account?", "en"),
            ("Combien coûte la livraison ?", "fr"),
            ("Wann haben Sie geöffnet?", "de"),
            ("Quanto costa il parcheggio?", "it"),
            ("כמה עולה משלוח?", "he"),
            ("כמה עולה iPhone 17 Pro Max", "he"),
            ("كم سعر التوصيل؟", "ar"),
            ("Сколько стоит доставка?", "ru"),
            ("Hoeveel kost het bezorgen en is dat ook op zondag?", "nl"),
        ] {
            assert_eq!(tell(asked, &[], &[]).language.as_deref(), Some(language), "{asked}");
        }
    }

    #[test]
    fn what_is_too_short_takes_the_language_of_the_conversation() {
        let told = |before: &[&str], known: &[&str]| tell("wifi?", before, known).language;
        assert_eq!(told(&[], &[]), None);
        assert_eq!(told(&[], &["es"]).as_deref(), Some("es"));
        assert_eq!(told(&[], &["es", "en"]), None);
        let before = ["ok", "¿Tienen habitaciones para hoy?"];
        assert_eq!(told(&before, &["en", "es"]).as_deref(), Some("es"));
        assert!(!tell("wifi?", &before, &["en", "es"]).certain);
    }

    #[test]
    fn documents_decide_between_languages_that_are_alike() {
        let told = |known: &[&str]| tell("para 2 personas", &[], known);
        assert_eq!(told(&["es"]).language.as_deref(), Some("es"));
        assert!(!told(&["es"]).certain);
    }
}
