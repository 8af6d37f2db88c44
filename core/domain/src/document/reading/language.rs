//! In which language a text is written: by its script first, then by its commonest words.
//!
//! Says nothing rather than something doubtful; whoever adds a document can say it themselves.

use std::collections::BTreeMap;

/// Characters that are looked at.
const SAMPLE_CHARS: usize = 6_000;

/// Common words that must be found, and by how many the best language must lead.
const HITS_MIN: usize = 2;

/// A script, as far as telling languages apart needs it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Hebrew,
    Greek,
    Han,
    Kana,
    Hangul,
    Thai,
    Devanagari,
    Tamil,
}

/// The commonest words of each language written in Latin letters. A word may be common in several.
const COMMON: [(&str, &str); 17] = [
    ("da", "og det er til en af på med for ikke der har som vi jeg du kan vil fra også hvad skal"),
    (
        "de",
        "der die das und ist nicht ein eine mit für auf von zu sie wir ich den dem auch bei oder wie sind haben",
    ),
    (
        "en",
        "the and of to is in you that it for are with on this be we your have not at or from can our",
    ),
    (
        "es",
        "el la de que y en los las por con para una un es se no del su al lo está son más usted pero cómo qué",
    ),
    (
        "fi",
        "ja on ei se että mutta tai kun niin hän olla ovat voi joka myös kuin jos sen minä me te",
    ),
    (
        "fr",
        "le la les de et des en un une est que pour pas vous nous dans sur avec au du il ce qui sont votre plus",
    ),
    ("hu", "a az és hogy nem is egy ez van meg csak de ha már mint vagy lehet kell én ön mi"),
    (
        "it",
        "il di che la per un una non con del della sono le si è i gli da in anche come più nel alla ma",
    ),
    (
        "nl",
        "de het een en van is dat niet op te voor met zijn er u wij ik aan ook of bij naar deze kunt",
    ),
    ("no", "og det er til en av på med for ikke som har vi jeg du kan fra også hva skal etter"),
    ("pl", "i w na z się nie do jest że to o jak po co ale dla od czy są przez może tak"),
    (
        "pt",
        "o a os as de que e do da em um uma para com não por no na você está são mais dos das ao se nós ou",
    ),
    (
        "ro",
        "și de la în este nu cu un o pe că sunt pentru din mai ce care sau noi dumneavoastră al",
    ),
    ("sv", "och det är att en i på som för med inte av till den vi jag du kan har om från också"),
    ("tr", "ve bir bu için de da ne ile çok var mı mi daha gibi olarak ama en biz siz değil"),
    ("cs", "a je se na v že to s z do o jsou pro ale jak po být není také nebo vás"),
    (
        "id",
        "dan yang di untuk dengan ini itu tidak dari kami anda ada pada adalah ke bisa atau akan",
    ),
];

/// The language of a text (ISO 639-1), if it can be told.
pub fn detect_language(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(SAMPLE_CHARS).flat_map(char::to_lowercase).collect();
    let mut letters = BTreeMap::<Script, usize>::new();
    for script in sample.chars().filter_map(script) {
        *letters.entry(script).or_default() += 1;
    }
    // Japanese is mostly Han with some kana; Chinese has none.
    if letters.get(&Script::Kana).copied() > letters.get(&Script::Han).map(|han| han / 10) {
        letters.remove(&Script::Han);
    }
    let (most, _) = letters.into_iter().max_by_key(|(_, count)| *count)?;
    match most {
        Script::Latin => by_common_words(&sample),
        Script::Cyrillic => Some(cyrillic(&sample)),
        Script::Arabic => Some(if sample.contains(['پ', 'چ', 'ژ', 'گ']) { "fa" } else { "ar" }),
        Script::Hebrew => Some("he"),
        Script::Greek => Some("el"),
        Script::Han => Some("zh"),
        Script::Kana => Some("ja"),
        Script::Hangul => Some("ko"),
        Script::Thai => Some("th"),
        Script::Devanagari => Some("hi"),
        Script::Tamil => Some("ta"),
    }
}

fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'à'..='ɏ' => Script::Latin,
        'Ͱ'..='Ͽ' => Script::Greek,
        'Ѐ'..='ԯ' => Script::Cyrillic,
        'א'..='ת' => Script::Hebrew,
        'ء'..='ۿ' => Script::Arabic,
        'अ'..='ॿ' => Script::Devanagari,
        'அ'..='௿' => Script::Tamil,
        'ก'..='๛' => Script::Thai,
        '\u{3041}'..='\u{30FF}' => Script::Kana,
        '\u{3400}'..='\u{9FFF}' => Script::Han,
        '가'..='힣' => Script::Hangul,
        _ => return None,
    })
}

fn cyrillic(sample: &str) -> &'static str {
    if sample.contains(['і', 'ї', 'є', 'ґ']) {
        return "uk";
    }
    if sample.contains('ъ') && !sample.contains(['ы', 'э', 'ё']) { "bg" } else { "ru" }
}

fn by_common_words(sample: &str) -> Option<&'static str> {
    let words: Vec<&str> =
        sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let hits = |common: &str| {
        words.iter().filter(|word| common.split(' ').any(|known| known == **word)).count()
    };
    let mut found: Vec<(usize, &str)> =
        COMMON.iter().map(|(language, common)| (hits(common), *language)).collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    let mut best = found.into_iter();
    let ((first, language), (second, _)) = (best.next()?, best.next()?);
    (first >= HITS_MIN && first > second).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, language) in [
            ("We are open from Monday to Friday, and you can book a table.", "en"),
            ("Estamos abertos de segunda a sexta e você pode reservar uma mesa.", "pt"),
            ("Abrimos de lunes a viernes y usted puede reservar una mesa con el equipo.", "es"),
            (
                "Wir haben von Montag bis Freitag geöffnet und Sie können einen Tisch reservieren.",
                "de",
            ),
            ("Nous sommes ouverts du lundi au vendredi et vous pouvez réserver une table.", "fr"),
            ("Siamo aperti dal lunedì al venerdì e la cucina è aperta anche la domenica.", "it"),
            ("אנחנו פתוחים בכל יום, Wi-Fi חינם", "he"),
            ("نحن مفتوحون كل يوم", "ar"),
            ("ما هر روز باز هستیم و چای داریم", "fa"),
            ("Мы открыты каждый день", "ru"),
            ("Ми відкриті щодня", "uk"),
            ("私たちは毎日営業しています", "ja"),
            ("我们每天营业", "zh"),
            ("Είμαστε ανοιχτά", "el"),
        ] {
            assert_eq!(detect_language(text), Some(language), "{text}");
        }
    }

    #[test]
    fn what_is_doubtful_is_not_said() {
        for text in ["", "42 € 17:30", "ok", "Pizza Margherita 12", "Zzz Qqq Xxx"] {
            assert_eq!(detect_language(text), None, "{text}");
        }
    }
}
