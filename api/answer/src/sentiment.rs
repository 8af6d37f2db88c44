//! How a customer feels, by the words they chose.
//!
//! Words and signs of each language pack that praise or complain are counted, turned round where they
//! are denied, and what was said last counts most. It says what stands in the words and no more: of
//! irony, and of languages without a pack, it knows nothing.

use crate::language::tell;
use crate::packs::{self, FEELS_BAD, FEELS_GOOD, FEELS_NOT, Pack, folded};

/// Words between a denial and what it denies.
const DENIAL_REACH: usize = 3;

/// What one message counts at most, so that many angry words are one angry message.
const MESSAGE_MAX: f32 = 2.0;

/// What a message counts beside the next one.
const EARLIER: f32 = 0.6;

/// From here on the words lean to one side.
const LEANING: f32 = 0.5;

/// Signs that people of all languages use.
const GOOD_SIGNS: &str = "😀😃😄😁😊🙂😍🥰😘🤩👍👏🙏❤💚💙🎉🥳😂";
const BAD_SIGNS: &str = "😡😠🤬😤👎😞😟😢😭😒🙁☹😩😫💔";

/// How somebody feels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sentiment {
    /// They praise, or thank warmly.
    Positive,
    /// Neither, or as much of one as of the other.
    Neutral,
    /// They complain.
    Negative,
}

/// How whoever wrote these texts, the oldest first, feels after the last one. None if nothing was
/// written in a language that is known here.
pub fn sentiment<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Sentiment> {
    let mut before: Vec<&str> = Vec::new();
    let mut leaning: Option<f32> = None;
    for text in texts {
        let language = tell(text, &before, &[]).language;
        before.insert(0, text);
        let (folded, signs) = (folded(text), signs(text));
        let said = match language.as_deref().map(packs::of) {
            Some(pack) => pack.map(|pack| words(pack, &folded)),
            // Too short to tell its language: whichever says most by it.
            None => strongest(packs::all().iter().map(|pack| words(pack, &folded))),
        };
        if said.is_none() && signs == 0.0 {
            continue;
        }
        let message = (said.unwrap_or_default() + signs).clamp(-MESSAGE_MAX, MESSAGE_MAX);
        leaning = Some(leaning.unwrap_or_default() * EARLIER + message);
    }
    leaning.map(|leaning| match leaning {
        leaning if leaning >= LEANING => Sentiment::Positive,
        leaning if leaning <= -LEANING => Sentiment::Negative,
        _ => Sentiment::Neutral,
    })
}

fn strongest(all: impl Iterator<Item = f32>) -> Option<f32> {
    all.max_by(|one, other| one.abs().total_cmp(&other.abs()))
}

fn signs(text: &str) -> f32 {
    let sign = |c: char| match c {
        c if GOOD_SIGNS.contains(c) => 1.0,
        c if BAD_SIGNS.contains(c) => -1.0,
        _ => 0.0,
    };
    text.chars().map(sign).sum()
}

/// What is praised less what is complained of.
fn words(pack: &Pack, words: &[String]) -> f32 {
    let (mut sum, mut at) = (0.0, 0);
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let longest = |kind| {
            let fitting = pack.feels(kind).iter().filter(|phrase| rest.starts_with(phrase));
            fitting.map(Vec::len).max().unwrap_or_default()
        };
        let (good, bad) = (longest(FEELS_GOOD), longest(FEELS_BAD));
        let before = words.get(at.saturating_sub(DENIAL_REACH)..at).unwrap_or_default();
        let denied = pack.feels(FEELS_NOT).iter().any(|phrase| packs::stands_in(phrase, before));
        sum += match (good > bad, bad > 0, denied) {
            (true, _, false) => 1.0,
            (true, _, true) | (false, true, false) => -1.0,
            // What is not bad is not good yet.
            (false, true, true) | (false, false, _) => 0.0,
        };
        at += good.max(bad).max(1);
    }
    sum
}

#[cfg(test)]
mod tests {
    use Sentiment::{Negative, Neutral, Positive};

    use super::*;

    #[test]
    fn praise_and_complaints_are_told_apart_in_every_language() {
        for (said, felt) in [
            ("This is wonderful, I love the room!", Positive),
            ("I am really disappointed, the heating does not work", Negative),
            ("It's not good at all", Negative),
            ("Not bad, no problem", Neutral),
            ("What time do you open on Sundays?", Neutral),
            ("Excelente atendimento, adorei!", Positive),
            ("Péssimo atendimento, ninguém me responde. Um absurdo", Negative),
            ("A que horas vocês abrem no sábado?", Neutral),
            ("Estoy muy contenta con el hotel, todo excelente", Positive),
            ("La regadera no funciona y es un mal servicio", Negative),
            ("Vielen Dank, das war super und ich bin sehr zufrieden", Positive),
            ("Das ist eine Frechheit, ich bin sehr enttäuscht", Negative),
            ("Merci, c'est parfait, je suis très contente", Positive),
            ("Je suis très déçu, votre service est nul", Negative),
            ("Ottimo servizio, sono molto soddisfatta", Positive),
            ("Sono molto delusa, il servizio è pessimo", Negative),
            ("תודה רבה, השירות היה מעולה", Positive),
            ("השירות שלכם גרוע ואני מאוכזב", Negative),
            ("الخدمة ممتازة وأنا سعيد جدا", Positive),
            ("الخدمة سيئة وأنا غاضب", Negative),
        ] {
            assert_eq!(sentiment([said]), Some(felt), "{said}");
        }
    }

    #[test]
    fn what_was_said_last_counts_most() {
        let angry = "I am angry, this is terrible";
        assert_eq!(sentiment([angry, "When do you open?"]), Some(Negative));
        assert_eq!(sentiment([angry, "Thank you so much, that is perfect now"]), Some(Positive));
        assert_eq!(
            sentiment(["Lovely, thanks", "ok", "and now it is broken again, awful"]),
            Some(Negative)
        );
    }

    #[test]
    fn signs_speak_every_language() {
        assert_eq!(sentiment(["👍❤️"]), Some(Positive));
        assert_eq!(sentiment(["Где мой заказ 😡"]), Some(Negative));
    }

    #[test]
    fn of_what_cannot_be_read_nothing_is_said() {
        assert_eq!(sentiment([]), None);
        assert_eq!(sentiment(["Это просто ужасно"]), None);
    }
}
