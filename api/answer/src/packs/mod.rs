//! What is known of each language that customers write: its words without meaning of their own, what
//! people say to greet, words that mean the same, and what is said to them. One text file a language.
//!
//! A line is `name: entries`. Entries of one word each stand with spaces between them, those of
//! several words with `|`; `alike` may come often, each line one group of words for one thing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use convolog_search::{Stems, fold, words};

use crate::reply::SmallTalk;

/// The files.
const FILES: [(&str, &str); 8] = [
    ("ar", include_str!("ar.txt")),
    ("de", include_str!("de.txt")),
    ("en", include_str!("en.txt")),
    ("es", include_str!("es.txt")),
    ("fr", include_str!("fr.txt")),
    ("he", include_str!("he.txt")),
    ("it", include_str!("it.txt")),
    ("pt", include_str!("pt.txt")),
];

/// The language of those whose language is not known.
const COMMON: &str = "en";

/// Several words in a row.
pub(crate) type Phrase = Vec<String>;

/// What is known of one language. All words are folded.
pub(crate) struct Pack {
    /// The language (ISO 639-1).
    pub(crate) code: &'static str,
    /// How its words are brought to their stems.
    pub(crate) stems: Stems,
    /// Words that say nothing of what is asked.
    pub(crate) idle: BTreeSet<String>,
    /// Words that people use as often in this language as in no other.
    pub(crate) hints: BTreeSet<String>,
    /// What is said without asking anything.
    pub(crate) small_talk: BTreeMap<SmallTalk, Vec<Phrase>>,
    /// Words that may stand beside it.
    pub(crate) beside: BTreeSet<String>,
    /// Somebody, instead of an agent.
    pub(crate) person: Vec<Phrase>,
    /// To speak with somebody, or to be put through.
    pub(crate) talk: BTreeSet<String>,
    /// What asks for something of a kind.
    pub(crate) asks: BTreeMap<&'static str, Vec<Phrase>>,
    /// Words that show something of a kind.
    pub(crate) shows: BTreeMap<&'static str, BTreeSet<String>>,
    /// Words for one thing.
    alike: Vec<Vec<String>>,
    /// The groups that a stem belongs to.
    groups: BTreeMap<String, Vec<usize>>,
    /// Phrases, and the words that say the same.
    means: Vec<(Phrase, Vec<String>)>,
    /// What tells how somebody feels, such as [`FEELS_GOOD`].
    feels: BTreeMap<&'static str, Vec<Phrase>>,
    /// What tells what somebody says about themselves, by what it tells.
    learns: BTreeMap<&'static str, Vec<Phrase>>,
    /// Words of these that stand for something.
    pairs: BTreeMap<&'static str, Vec<(String, &'static str)>>,
    /// What is said to customers.
    says: BTreeMap<&'static str, &'static str>,
}

/// Kinds of things that are asked for: what asks for them, and what shows them.
pub(crate) const KINDS: [&str; 10] =
    ["price", "share", "clock", "time", "span", "count", "place", "phone", "mail", LEAVE];

/// The kind of those who ask whether they may.
pub(crate) const LEAVE: &str = "leave";

/// Ends every row of words that may ask for something, so that a phrase can say that it must end it.
pub(crate) const END: &str = "endofmessage";

/// What praises.
pub(crate) const FEELS_GOOD: &str = "good";
/// What complains.
pub(crate) const FEELS_BAD: &str = "bad";
/// What turns round what stands behind it.
pub(crate) const FEELS_NOT: &str = "not";

/// What stands before a name that somebody says is theirs.
pub(crate) const LEARN_NAMED: &str = "named";
/// Small words within names.
pub(crate) const LEARN_PARTICLES: &str = "particles";
/// What stands before what somebody needs.
pub(crate) const LEARN_WANTS: &str = "wants";
/// What follows it where somebody only wants to ask or to speak.
pub(crate) const LEARN_ASKS_ONLY: &str = "asks only";
/// What says that an amount is what somebody wants to spend.
pub(crate) const LEARN_BUDGET: &str = "budget";
/// What makes a number a thousand times as large.
pub(crate) const LEARN_THOUSAND: &str = "thousand";
/// What makes it a million times as large.
pub(crate) const LEARN_MILLION: &str = "million";
/// Words for currencies; `?` where many countries use the word.
pub(crate) const LEARN_CURRENCIES: &str = "currencies";
/// What says that a number can be called.
pub(crate) const LEARN_CALLS: &str = "calls";
/// The months, from January on; other words for them follow, in the same order.
pub(crate) const LEARN_MONTHS: &str = "months";
/// The days of the week, from Monday on.
pub(crate) const LEARN_WEEKDAYS: &str = "weekdays";
/// Words for days, and how many days they are away.
pub(crate) const LEARN_DAYS: &str = "days";

/// All languages.
pub(crate) fn all() -> &'static [Pack] {
    static PACKS: LazyLock<Vec<Pack>> =
        LazyLock::new(|| FILES.iter().map(|(code, text)| Pack::read(code, text)).collect());
    &PACKS
}

/// A language: its name alone, or with a region behind it.
pub(crate) fn of(language: &str) -> Option<&'static Pack> {
    let code = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    all().iter().find(|pack| pack.code == code)
}

/// What is said to a customer, in their language or in the one that most understand.
pub(crate) fn say(what: &str, language: Option<&str>) -> &'static str {
    let own = language.and_then(of);
    let common = of(COMMON);
    own.into_iter().chain(common).find_map(|pack| pack.says.get(what).copied()).unwrap_or_default()
}

/// The folded words of a text.
pub(crate) fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| fold(&word.text)).collect()
}

impl Pack {
    fn read(code: &'static str, text: &'static str) -> Self {
        let mut pack = Self {
            code,
            stems: Stems::of(Some(code)),
            idle: BTreeSet::new(),
            hints: BTreeSet::new(),
            small_talk: BTreeMap::new(),
            beside: BTreeSet::new(),
            person: Vec::new(),
            talk: BTreeSet::new(),
            asks: BTreeMap::new(),
            shows: BTreeMap::new(),
            alike: Vec::new(),
            groups: BTreeMap::new(),
            means: Vec::new(),
            feels: BTreeMap::new(),
            learns: BTreeMap::new(),
            pairs: BTreeMap::new(),
            says: BTreeMap::new(),
        };
        for line in text.lines() {
            if let Some((name, entries)) = line.split_once(':') {
                pack.take(name.trim(), entries.trim());
            }
        }
        pack
    }

    fn take(&mut self, name: &'static str, entries: &'static str) {
        let single = || folded(entries).into_iter();
        let phrases = || entries.split('|').map(folded).filter(|phrase| !phrase.is_empty());
        let talk = |kind: SmallTalk| (kind.code() == name).then_some(kind);
        if let Some(kind) = name.strip_prefix("learn ") {
            self.take_learning(kind, entries);
        } else if let Some(said) = name.strip_prefix("say ") {
            self.says.insert(said, entries);
        } else if let Some(kind) = name.strip_prefix("feels ") {
            self.feels.entry(kind).or_default().extend(phrases());
        } else if let Some(kind) = name.strip_prefix("asks ") {
            self.asks.entry(kind).or_default().extend(phrases());
        } else if let Some(kind) = name.strip_prefix("shows ") {
            self.shows.entry(kind).or_default().extend(single());
        } else if let Some(kind) =
            [SmallTalk::Fine, SmallTalk::Greeting, SmallTalk::Thanks, SmallTalk::Goodbye]
                .into_iter()
                .find_map(talk)
        {
            self.small_talk.entry(kind).or_default().extend(phrases());
        } else {
            match name {
                "idle" => self.idle.extend(single()),
                "hints" => self.hints.extend(single()),
                "beside" => self.beside.extend(single()),
                "talk" => self.talk.extend(single()),
                "means" => {
                    let pairs = entries.split('|').filter_map(|entry| entry.split_once('='));
                    self.means.extend(pairs.map(|(phrase, words)| (folded(phrase), folded(words))));
                }
                "person" => self.person.extend(phrases()),
                "alike" => {
                    let words = words(entries).into_iter().map(|word| word.text);
                    self.group(words.filter(|word| !self.idle.contains(&fold(word))).collect());
                }
                _ => {}
            }
        }
    }

    /// Phrases with `|` between them, each of one word in lists without; pairs with `=`.
    fn take_learning(&mut self, kind: &'static str, entries: &'static str) {
        if entries.contains('=') {
            let pairs = entries.split('|').filter_map(|entry| entry.split_once('='));
            let pairs = pairs.map(|(name, stands_for)| (folded(name).join(" "), stands_for.trim()));
            self.pairs.entry(kind).or_default().extend(pairs);
        } else if entries.contains('|') {
            let phrases = entries.split('|').map(folded).filter(|phrase| !phrase.is_empty());
            self.learns.entry(kind).or_default().extend(phrases);
        } else {
            let single = folded(entries).into_iter().map(|word| vec![word]);
            self.learns.entry(kind).or_default().extend(single);
        }
    }

    /// The phrases that tell how somebody feels, such as [`FEELS_GOOD`].
    pub(crate) fn feels(&self, kind: &str) -> &[Phrase] {
        self.feels.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The phrases that tell something of a kind, such as [`LEARN_NAMED`].
    pub(crate) fn learns(&self, kind: &str) -> &[Phrase] {
        self.learns.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Words of a kind, each with what it stands for.
    pub(crate) fn pairs(&self, kind: &str) -> impl Iterator<Item = (&str, &'static str)> {
        let pairs = self.pairs.get(kind).into_iter().flatten();
        pairs.map(|(name, stands_for)| (name.as_str(), *stands_for))
    }

    fn group(&mut self, group: Vec<String>) {
        for word in &group {
            for stem in self.stems.stems(word) {
                let groups = self.groups.entry(stem).or_default();
                groups.extend((!groups.contains(&self.alike.len())).then_some(self.alike.len()));
            }
        }
        self.alike.push(group);
    }

    /// Words for the same thing.
    pub(crate) fn alike(&self, word: &str) -> BTreeSet<&str> {
        let stems = self.stems.stems(word);
        let groups = stems.iter().filter_map(|stem| self.groups.get(stem)).flatten();
        groups.filter_map(|group| self.alike.get(*group)).flatten().map(String::as_str).collect()
    }

    /// A row of words with what its phrases mean in their place.
    pub(crate) fn plainly(&self, words: &[String]) -> Vec<String> {
        let plain: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let (mut said, mut at) = (Vec::with_capacity(words.len()), 0);
        while let Some(word) = words.get(at) {
            let rest = plain.get(at..).unwrap_or_default();
            let fitting = self.means.iter().filter(|(phrase, _)| rest.starts_with(phrase));
            if let Some((phrase, means)) = fitting.max_by_key(|(phrase, _)| phrase.len()) {
                said.extend(means.iter().cloned());
                at += phrase.len();
            } else {
                said.push(word.clone());
                at += 1;
            }
        }
        said
    }

    /// The phrases in a row of words that ask for something of a kind.
    pub(crate) fn asking<'a>(
        &'a self,
        kind: &str,
        words: &'a [String],
    ) -> impl Iterator<Item = &'a Phrase> {
        let phrases = self.asks.get(kind).into_iter().flatten();
        phrases.filter(|phrase| stands_in(phrase, words))
    }
}

/// Whether a phrase stands in a row of words.
pub(crate) fn stands_in(phrase: &[String], words: &[String]) -> bool {
    !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_knows_what_is_needed() {
        for pack in all() {
            let code = pack.code;
            assert!(pack.idle.len() > 30 && pack.hints.len() > 10, "{code}");
            assert!(!pack.person.is_empty() && !pack.talk.is_empty(), "{code}");
            assert!(pack.alike.len() > 5, "{code}");
            for kind in [LEARN_NAMED, LEARN_WANTS, LEARN_ASKS_ONLY, LEARN_BUDGET, LEARN_CALLS] {
                assert!(!pack.learns(kind).is_empty(), "{code}: {kind}");
            }
            for kind in [FEELS_GOOD, FEELS_BAD, FEELS_NOT] {
                assert!(!pack.feels(kind).is_empty(), "{code}: {kind}");
            }
            assert_eq!(pack.learns(LEARN_MONTHS).len() % 12, 0, "{code}");
            assert_eq!(pack.learns(LEARN_WEEKDAYS).len() % 7, 0, "{code}");
            for kind in
                ["fine", "greeting", "thanks", "goodbye", "unsure", "unknown", "handing_off"]
            {
                assert!(pack.says.contains_key(kind), "{code} says nothing for {kind}");
            }
            assert_eq!(pack.small_talk.len(), 4, "{code}");
            for kind in pack.asks.keys().chain(pack.shows.keys()) {
                assert!(KINDS.contains(kind) || *kind == "free", "{code}: {kind}");
            }
        }
    }

    #[test]
    fn words_for_one_thing_are_found_by_any_form_of_one() {
        let english = of("en-GB").unwrap();
        assert!(english.alike("prices").contains("cost"));
        assert!(english.alike("zebra").is_empty());
    }

    #[test]
    fn whoever_writes_another_language_is_spoken_to_in_a_common_one() {
        assert_eq!(say("thanks", Some("xx")), say("thanks", Some("en")));
        assert_ne!(say("thanks", Some("pt-BR")), say("thanks", Some("en")));
    }
}
