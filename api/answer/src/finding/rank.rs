//! How far passages cover what is asked, sentence by sentence.

use std::collections::BTreeSet;

use convolog_domain::Sensitive;
use convolog_search::{Stems, fold, words};

use super::near::{ALIKE, SAME, near};
use super::shows::{shows, without};
use super::terms::{Term, Terms};
use super::units::Unit;
use crate::packs::{self, Pack};
use crate::provider::Passage;

/// What a word counts that stands in the heading right above, beside one in the sentence itself.
const HEADING: f32 = 0.95;
/// In what stands above a list or a table.
const ABOVE: f32 = 0.95;
/// In headings further up, and in the title.
const TITLE: f32 = 0.6;
/// Elsewhere in the passage.
const ELSEWHERE: f32 = 0.45;

/// Of what a sentence loses that shows nothing of the kind that is asked for, one loses this share
/// whose passage does.
const KIND_ELSEWHERE: f32 = 0.5;

/// Another word for the same thing that speaks for another word of the question already.
const SPOKEN_FOR: f32 = 0.4;

/// From here on a word is taken to be there.
const FOUND_HIT: f32 = 0.69;

/// What is left for each thing asked about that no document speaks of.
const UNHEARD: f32 = 0.8;

/// What is left of a sentence that says no number of what is to be counted.
const NOT_COUNTED: f32 = 0.6;
/// Words between a number and what it counts.
const COUNTED_WORDS: usize = 3;

/// What is left of the only thing that is asked about where it is no more than mentioned.
const MENTIONED: f32 = 0.55;
/// Words of a sentence that is about everything it says.
const BRIEF_WORDS: usize = 5;

/// What being found well by the index counts at most, beside what is covered.
const FOUND: f32 = 0.12;

/// A passage with how far it covers what is asked.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    /// The passage.
    pub(crate) passage: Passage,
    /// Its sentences, in order.
    pub(crate) units: Vec<Covering>,
    /// How far the best of them does, 0 to 1.
    pub(crate) covers: f32,
    /// By what passages are ordered.
    rank: f32,
}

/// A sentence with how far it covers what is asked.
#[derive(Clone, Debug)]
pub(crate) struct Covering {
    /// The sentence.
    pub(crate) unit: Unit,
    /// With everything that stands around it, 0 to 1.
    pub(crate) covers: f32,
    /// By its own words alone.
    pub(crate) own: f32,
    /// The weight of what is asked that stands here, or right above.
    pub(crate) matched: f32,
    /// Things asked of which the whole passage says nothing.
    pub(crate) missed: usize,
}

/// Orders passages by how far they cover what is asked.
pub(crate) fn rank(terms: &Terms, passages: Vec<Passage>) -> Vec<Ranked> {
    let most = passages.iter().map(|passage| passage.score).fold(f32::EPSILON, f32::max);
    let mut ranked: Vec<Ranked> = passages
        .into_iter()
        .map(|passage| {
            let units = cover(terms, &passage);
            let covers = units.iter().map(|covering| covering.covers).fold(0.0, f32::max);
            let rank = covers + FOUND * passage.score / most;
            Ranked { passage, units, covers, rank }
        })
        .collect();
    ranked.sort_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.passage.id.cmp(&b.passage.id)));
    ranked
}

fn cover(terms: &Terms, passage: &Passage) -> Vec<Covering> {
    let units = Unit::all(passage);
    let language = passage.language.as_deref();
    let reader = Reader::new(terms, language);
    let mut headings = passage.headings.iter().rev().map(Sensitive::expose);
    let heading = reader.hits(headings.next().unwrap_or_default());
    let mut title = reader.hits(passage.title.expose());
    for above in headings {
        title = better(title, &reader.hits(above), 1.0);
    }
    let said: Vec<Vec<f32>> = units.iter().map(|unit| reader.hits(&unit.written)).collect();
    let nothing = vec![0.0; terms.terms.len()];
    let elsewhere = said.iter().fold(nothing, |all, hits| better(all, hits, 1.0));
    let missing = |text: &str| -> BTreeSet<&'static str> {
        terms.kinds.iter().copied().filter(|kind| !shows(kind, text, language)).collect()
    };
    let missing_at_all = missing(passage.text.expose());
    let around = |unit: &Unit, said: &[f32]| {
        let hits = better(said.to_vec(), &heading, HEADING);
        if unit.above.is_empty() { hits } else { better(hits, &reader.hits(&unit.above), ABOVE) }
    };
    let everywhere = |unit: &Unit, said: &[f32]| {
        better(better(around(unit, said), &title, TITLE), &elsewhere, ELSEWHERE)
    };
    let covers = |unit: &Unit, said: &Vec<f32>| {
        let hits = everywhere(unit, said);
        let missing = missing(&unit.text);
        let answers = !terms.kinds.is_empty() && missing.is_empty();
        let left = missing.into_iter().map(|kind| {
            let lost = 1.0 - without(kind);
            1.0 - if missing_at_all.contains(kind) { lost } else { lost * KIND_ELSEWHERE }
        });
        let about =
            if terms.topics() == 1 && !reader.is_about(unit, said, &heading, answers, passage) {
                MENTIONED
            } else {
                1.0
            };
        let unheard = reader.unheard(&hits);
        let counted = if reader.counts(&unit.written) { 1.0 } else { NOT_COUNTED };
        reader.covered(&hits) * left.product::<f32>() * about * counted * unheard
    };
    let covering = |(unit, said): (&Unit, &Vec<f32>)| Covering {
        unit: unit.clone(),
        covers: covers(unit, said),
        own: reader.covered(said),
        matched: reader.matched(&around(unit, said)),
        missed: reader.missed(&everywhere(unit, said)),
    };
    units.iter().zip(&said).map(covering).collect()
}

/// The better of two for each term, the second one worth only so much.
fn better(hits: Vec<f32>, others: &[f32], worth: f32) -> Vec<f32> {
    hits.into_iter().zip(others).map(|(hit, other)| hit.max(other * worth)).collect()
}

/// Reads texts of one language for the words of a question.
struct Reader<'a> {
    terms: &'a [Term],
    stems: Stems,
    language: Option<&'a str>,
    pack: Option<&'static Pack>,
    /// Of each term: its stems, and those of words like it.
    asked: Vec<(Vec<String>, BTreeSet<String>)>,
}

impl<'a> Reader<'a> {
    fn new(terms: &'a Terms, language: Option<&'a str>) -> Self {
        let (stems, pack) = (Stems::of(language), language.and_then(packs::of));
        let asked = terms.terms.iter().map(|term| {
            let alike = term.alike.iter().filter_map(|word| stems.stems(word).into_iter().next());
            (stems.stems(&term.word), alike.collect())
        });
        Self { terms: &terms.terms, stems, language, pack, asked: asked.collect() }
    }

    /// How certainly each term stands in a text.
    fn hits(&self, text: &str) -> Vec<f32> {
        let mut hits = vec![0.0_f32; self.terms.len()];
        let idle = |word: &str| self.pack.is_some_and(|pack| pack.idle.contains(&fold(word)));
        let said: BTreeSet<String> = words(text)
            .into_iter()
            .filter(|word| !idle(&word.text))
            .flat_map(|word| self.stems.stems(&word.text))
            .collect();
        // A word of the text speaks for one word of the question: what it is itself comes first.
        let mut spoken_for: BTreeSet<&String> = BTreeSet::new();
        for (hit, (asked, _)) in hits.iter_mut().zip(&self.asked) {
            let same: Vec<&String> = asked.iter().filter(|stem| said.contains(*stem)).collect();
            if !same.is_empty() {
                *hit = SAME;
                spoken_for.extend(same);
            }
        }
        for ((hit, term), (asked, alike)) in hits.iter_mut().zip(self.terms).zip(&self.asked) {
            if *hit > 0.0 {
                continue;
            }
            let mut meant = alike.iter().filter(|stem| said.contains(*stem)).peekable();
            let begun = meant.peek().is_some();
            let free = meant.find(|stem| !spoken_for.contains(stem));
            spoken_for.extend(free);
            let shown = term.kind.is_some_and(|kind| shows(kind, text, self.language));
            *hit = if shown || free.is_some() {
                ALIKE
            } else {
                let first = asked.first().map_or("", String::as_str);
                let near =
                    said.iter().map(|stem| near(first, stem, !term.known)).fold(0.0, f32::max);
                if begun { near.max(SPOKEN_FOR) } else { near }
            };
        }
        hits
    }

    /// Whether a sentence is about the only thing that is asked, or does no more than mention it: it
    /// is if the heading says so, if the passage comes back to it, if little else is said, or if it
    /// says what is asked about it.
    fn is_about(
        &self,
        unit: &Unit,
        said: &[f32],
        heading: &[f32],
        answers: bool,
        passage: &Passage,
    ) -> bool {
        let topic = |hits: &[f32]| {
            let own = self.terms.iter().zip(hits).filter(|(term, _)| term.kind.is_none());
            own.map(|(_, hit)| *hit).fold(0.0, f32::max)
        };
        let idle = |word: &str| self.pack.is_some_and(|pack| pack.idle.contains(&fold(word)));
        let brief =
            || words(&unit.written).iter().filter(|w| !idle(&w.text)).count() <= BRIEF_WORDS;
        let again = || {
            let sentences = Unit::all(passage);
            sentences.iter().filter(|unit| topic(&self.hits(&unit.written)) > 0.0).count() > 1
        };
        topic(heading) > 0.0 || (topic(said) >= SAME && (answers || brief() || again()))
    }

    /// How much of what is asked is there at all, whatever else is asked.
    fn matched(&self, hits: &[f32]) -> f32 {
        let found = |(term, hit): &(&Term, &f32)| term.kind.is_none() && **hit >= FOUND_HIT;
        self.terms.iter().zip(hits).filter(found).map(|(term, _)| term.weight).sum()
    }

    /// How many things are asked of which nothing is said.
    fn missed(&self, hits: &[f32]) -> usize {
        let missed =
            |(term, hit): &(&Term, &f32)| term.kind.is_none() && !term.is_number() && **hit == 0.0;
        self.terms.iter().zip(hits).filter(missed).count()
    }

    /// What is left after what no document speaks of.
    fn unheard(&self, hits: &[f32]) -> f32 {
        let missed = |(term, hit): &(&Term, &f32)| {
            term.kind.is_none() && !term.heard && !term.is_number() && **hit == 0.0
        };
        self.terms.iter().zip(hits).filter(missed).map(|_| UNHEARD).product()
    }

    /// Whether a text says the number of what is to be counted, where that is asked.
    fn counts(&self, text: &str) -> bool {
        let words = words(text);
        let number = |word: &convolog_search::Word| word.text.chars().any(|c| c.is_ascii_digit());
        self.terms.iter().zip(&self.asked).filter(|(term, _)| term.counted).all(
            |(_, (asked, alike))| {
                words.iter().enumerate().any(|(at, word)| {
                    let stems = self.stems.stems(&word.text);
                    let meant =
                        stems.iter().any(|stem| asked.contains(stem) || alike.contains(stem));
                    let near =
                        at.saturating_sub(COUNTED_WORDS)..(at + 1 + COUNTED_WORDS).min(words.len());
                    meant && words.get(near).is_some_and(|near| near.iter().any(number))
                })
            },
        )
    }

    /// Of what is asked, how much is covered.
    fn covered(&self, hits: &[f32]) -> f32 {
        let all: f32 = self.terms.iter().map(|term| term.weight).sum();
        let covered: f32 = self.terms.iter().zip(hits).map(|(term, hit)| term.weight * hit).sum();
        if all > 0.0 { covered / all } else { 0.0 }
    }
}
