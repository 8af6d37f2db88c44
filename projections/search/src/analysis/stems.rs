//! The stems of words, by language. Hebrew has none that a rule could find: there, what a word is
//! without the particles before it takes their place.

use frostem::{Algorithm, Stemmer};

use super::fold::fold;
use super::hebrew;

/// Finds the stems of words of one language.
#[derive(Clone, Copy)]
pub struct Stems(Option<Stemmer>);

impl Stems {
    /// For a language (ISO 639-1). One without rules has its words as they are.
    pub fn of(language: Option<&str>) -> Self {
        Self(language.and_then(algorithm).map(Stemmer::new))
    }

    /// What a word (in small letters) is found by: its stem first, then the stem of how people write
    /// it who leave accents out, if that is another one.
    pub fn stems(&self, word: &str) -> Vec<String> {
        let whole = fold(word);
        if hebrew::is_hebrew(&whole) {
            let bare = hebrew::without_particles(&whole).map(str::to_owned).collect::<Vec<_>>();
            return std::iter::once(whole).chain(bare).collect();
        }
        let Some(stemmer) = &self.0 else { return vec![whole] };
        let mut stems = vec![fold(&stemmer.stem(word))];
        if whole != word {
            let plain = fold(&stemmer.stem(&whole));
            stems.extend((!stems.contains(&plain)).then_some(plain));
        }
        stems
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_root_have_one_stem() {
        for (language, one, other) in [
            ("en", "opening", "opened"),
            ("pt", "entregas", "entrega"),
            ("pt", "horários", "horario"),
            ("es", "reservas", "reservar"),
            ("de", "öffnung", "öffnungen"),
            ("ru", "доставка", "доставки"),
        ] {
            let stems = Stems::of(Some(language));
            assert_eq!(stems.stems(one), stems.stems(other), "{one} {other}");
        }
    }

    #[test]
    fn a_word_is_found_by_those_who_leave_its_accents_out() {
        for (language, written, typed) in [
            ("pt", "devolução", "devolucao"),
            ("pt", "informações", "informacoes"),
            ("es", "caminábamos", "caminabamos"),
            ("fr", "réservées", "reservees"),
            ("el", "παραγγελία", "παραγγελια"),
        ] {
            let stems = Stems::of(Some(language));
            let written = stems.stems(written);
            for stem in stems.stems(typed) {
                assert!(written.contains(&stem), "{typed}: {stem} is none of {written:?}");
            }
        }
        assert_eq!(Stems::of(Some("en")).stems("openings"), ["open"], "once if it has no accents");
    }

    #[test]
    fn a_hebrew_word_is_found_without_its_particles_in_any_language() {
        for language in [None, Some("he"), Some("en")] {
            let stems = Stems::of(language);
            assert!(stems.stems("והבית").contains(&"בית".to_owned()));
            assert_eq!(stems.stems("שָׁלוֹם").first().unwrap(), "שלומ");
        }
    }

    #[test]
    fn a_language_without_rules_keeps_its_words() {
        assert_eq!(Stems::of(Some("pl")).stems("dostawy"), ["dostawy"]);
        assert_eq!(Stems::of(None).stems("café"), ["cafe"]);
    }
}
