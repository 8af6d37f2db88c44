//! Words by which people say that they do not want to be sent anything any more, and the way back.
//!
//! A message means it only if it consists of such a word and nothing else, however it is written: in
//! small letters or large ones, with accents or points or without, quoted, with a full stop behind it.
//! Words that people also write about something else ("cancel", "end", "no") are left out on purpose:
//! a business that wants them adds them for itself.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a word asks for.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PreferenceWord {
    /// Nothing more is wanted.
    Stop,
    /// It is wanted again.
    Start,
}

/// Longer messages are not looked at: no word is as long.
const BYTES_MAX: usize = 400;

/// The words of each language, as they are compared: see [`compared`].
const STOP: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "stop",
            "stop all",
            "stopall",
            "stop it",
            "stop messages",
            "stop promotions",
            "stop marketing",
            "please stop",
            "unsubscribe",
            "unsubscribe me",
            "opt out",
            "optout",
            "remove me",
            "no more messages",
        ],
    ),
    (
        "es",
        &[
            "baja",
            "de baja",
            "dar de baja",
            "darme de baja",
            "parar",
            "detener",
            "detener promociones",
            "cancelar suscripcion",
            "desuscribir",
            "desuscribirme",
            "no mas mensajes",
            "no quiero mas mensajes",
            "no quiero recibir mas mensajes",
        ],
    ),
    (
        "pt",
        &[
            "sair",
            "pare",
            "parar promocoes",
            "descadastrar",
            "descadastre",
            "cancelar inscricao",
            "remover",
            "me remova",
            "nao quero mais receber",
            "nao quero mais receber mensagens",
            "nao quero receber mensagens",
        ],
    ),
    (
        "he",
        &[
            "הסר",
            "הסרה",
            "להסרה",
            "הסירו",
            "הסירו אותי",
            "הסר אותי",
            "תסירו אותי",
            "הפסק",
            "הפסיקו",
            "עצור",
            "תפסיקו לשלוח",
        ],
    ),
    (
        "ar",
        &[
            "توقف",
            "قف",
            "اوقف",
            "ايقاف",
            "ايقاف الرسائل",
            "الغاء الاشتراك",
            "الغ الاشتراك",
            "لا اريد رسائل",
        ],
    ),
    (
        "fr",
        &[
            "arret",
            "arreter",
            "arretez",
            "desabonner",
            "me desabonner",
            "se desabonner",
            "desabonnement",
            "desinscription",
            "me desinscrire",
            "plus de messages",
        ],
    ),
    (
        "de",
        &[
            "stopp",
            "abmelden",
            "abbestellen",
            "austragen",
            "keine werbung",
            "keine werbung mehr",
            "keine nachrichten mehr",
        ],
    ),
    (
        "ru",
        &[
            "стоп",
            "отписаться",
            "отписка",
            "отпишите меня",
            "отменить подписку",
            "не присылайте",
            "не пишите мне",
        ],
    ),
    ("uk", &["відписатися", "відписка", "відпишіть мене"]),
    ("it", &["disiscrivimi", "disiscriviti", "cancellami", "annulla iscrizione", "fermare"]),
    ("nl", &["afmelden", "uitschrijven", "geen berichten meer"]),
    ("tr", &["dur", "ret", "abonelikten cik", "mesaj istemiyorum"]),
    ("pl", &["wypisz", "wypisz mnie", "wypisuje sie", "rezygnuje z subskrypcji"]),
    ("sv", &["avregistrera", "avsluta prenumeration"]),
    ("id", &["berhenti", "berhenti berlangganan"]),
    ("hi", &["रोकें", "बंद करें", "बंद करो", "सदस्यता रद्द करें"]),
    ("zh", &["退订", "退訂", "取消订阅", "取消訂閱"]),
    ("ja", &["配信停止", "停止"]),
    ("ko", &["수신거부", "수신 거부"]),
];

/// The same for the way back.
const START: &[(&str, &[&str])] = &[
    ("en", &["start", "unstop", "subscribe", "opt in", "optin", "resume", "resume messages"]),
    ("es", &["alta", "darme de alta", "suscribir", "suscribirme", "reanudar"]),
    ("pt", &["inscrever", "me inscrever", "quero receber", "quero receber mensagens"]),
    ("he", &["התחל", "הרשמה", "הצטרפות", "להצטרפות", "תחזירו אותי"]),
    ("ar", &["ابدا", "اشتراك", "استئناف"]),
    ("fr", &["demarrer", "reprendre", "abonner", "m'abonner", "s'abonner"]),
    ("de", &["starten", "abonnieren", "wieder anmelden"]),
    ("ru", &["старт", "подписаться", "возобновить"]),
    ("uk", &["підписатися"]),
    ("it", &["iscrivimi", "riprendi"]),
    ("nl", &["aanmelden", "hervatten"]),
    ("tr", &["basla", "abone ol"]),
    ("pl", &["zapisz mnie", "wznow"]),
    ("sv", &["starta", "prenumerera"]),
    ("id", &["mulai", "berlangganan"]),
    ("hi", &["शुरू करें", "सदस्यता लें"]),
    ("zh", &["订阅", "訂閱"]),
    ("ja", &["配信再開", "再開"]),
    ("ko", &["수신동의", "수신 동의"]),
];

/// Words of one workspace beside those that everybody has, as they are compared.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnWords {
    /// Nothing more is wanted.
    pub stop: BTreeSet<String>,
    /// It is wanted again.
    pub start: BTreeSet<String>,
}

/// What a message asks for, if it consists of such a word.
pub fn meaning(text: &str, own: &OwnWords) -> Option<PreferenceWord> {
    if text.len() > BYTES_MAX {
        return None;
    }
    let said = compared(text);
    if own.stop.contains(&said) {
        Some(PreferenceWord::Stop)
    } else if own.start.contains(&said) {
        Some(PreferenceWord::Start)
    } else {
        in_table(&said)
    }
}

/// What a word means to everybody, as it is compared.
pub(crate) fn in_table(said: &str) -> Option<PreferenceWord> {
    let among = |table: &[(&str, &[&str])]| table.iter().any(|(_, words)| words.contains(&said));
    if among(STOP) {
        Some(PreferenceWord::Stop)
    } else {
        among(START).then_some(PreferenceWord::Start)
    }
}

/// A message as words are compared: small letters without accents and points, one space between
/// words, nothing but letters and digits (and an apostrophe between two of them).
pub fn compared(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut apostrophe = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_left_out(c) {
            continue;
        }
        if c.is_alphanumeric() || is_vowel_sign(c) {
            if apostrophe {
                out.push('\'');
            }
            apostrophe = false;
            plain(c, &mut out);
        } else if matches!(c, '\'' | '\u{2019}') {
            apostrophe = !out.is_empty() && !out.ends_with(' ');
        } else {
            apostrophe = false;
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A mark that changes how the letter before it is read or shown: written or not, it is one word.
const fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}'..='\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// A vowel of Devanagari that stands at the letter before it: without it, it is another word.
const fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0903}' | '\u{093A}'..='\u{094F}')
}

/// What a letter is compared as.
fn plain(c: char, out: &mut String) {
    const PLAIN: [(&str, &str); 20] = [
        ("àáâãäåāăą", "a"),
        ("çćĉċč", "c"),
        ("ďđð", "d"),
        ("èéêëēĕėęě", "e"),
        ("ĝğġģ", "g"),
        ("ìíîïĩīĭįı", "i"),
        ("ķ", "k"),
        ("ĺļľł", "l"),
        ("ñńņň", "n"),
        ("òóôõöøōŏő", "o"),
        ("ŕŗř", "r"),
        ("śŝşšș", "s"),
        ("ţťț", "t"),
        ("ùúûüũūŭůűų", "u"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
        ("ß", "ss"),
        ("أإآٱ", "ا"),
        ("ى", "ي"),
        ("ё", "е"),
    ];
    match PLAIN.iter().find(|(letters, _)| letters.contains(c)) {
        Some((_, as_what)) => out.push_str(as_what),
        None => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<PreferenceWord> {
        meaning(text, &OwnWords::default())
    }

    #[test]
    fn the_tables_stand_as_they_are_compared_and_contradict_each_other_nowhere() {
        let all = |table: &[(&'static str, &[&'static str])]| {
            let words: Vec<&str> = table.iter().flat_map(|(_, words)| words.to_vec()).collect();
            words
        };
        for word in all(STOP).into_iter().chain(all(START)) {
            assert_eq!(compared(word), word);
        }
        for word in all(START) {
            assert_eq!(said(word), Some(PreferenceWord::Start), "{word}");
        }
        let mut words = [all(STOP), all(START)].concat();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count, "a word stands twice");
    }

    #[test]
    fn a_word_is_known_however_it_is_written() {
        for text in [
            "STOP",
            "stop",
            " Stop. ",
            "\"Stop\"",
            "STOP!!!",
            "stop 🛑",
            "Opt-out",
            "opt  out",
            "Unsubscribe.",
            "Darme de baja",
            "DÉSABONNER",
            "Désabonner",
            "arrêt",
            "Não quero receber mensagens",
            "Cancelar inscrição",
            "הסר",
            "הָסֵר",
            "\u{200F}הסר.",
            "إلغاء الاشتراك",
            "الغاء الاشتراك",
            "إيقاف",
            "تـوقف",
            "СТОП",
            "Отписаться.",
            "Keine Werbung!",
            "बंद करें",
            "退订",
            "STOP\n",
        ] {
            assert_eq!(said(text), Some(PreferenceWord::Stop), "{text}");
        }
        for text in ["START", "Unstop", "M’abonner", "Subscribe!", "Старт"] {
            assert_eq!(said(text), Some(PreferenceWord::Start), "{text}");
        }
    }

    #[test]
    fn what_says_anything_else_is_no_such_word() {
        for text in [
            "",
            " ",
            "!",
            "Please do not stop",
            "Where is the bus stop?",
            "non-stop",
            "cancel",
            "end",
            "no",
            "I want to unsubscribe from the gym",
            "stop by at five",
            "बद कर",
            "1",
            "baja temporada",
            "starting",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
        assert_eq!(said(&"stop ".repeat(1_000)), None);
    }

    #[test]
    fn a_business_has_words_of_its_own() {
        let own = OwnWords { stop: ["cancel".into()].into(), start: ["join".into()].into() };
        assert_eq!(meaning("Cancel.", &own), Some(PreferenceWord::Stop));
        assert_eq!(meaning("JOIN", &own), Some(PreferenceWord::Start));
        assert_eq!(meaning("stop", &own), Some(PreferenceWord::Stop));
    }
}
