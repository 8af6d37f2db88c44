//! The built-in provider: deterministic, without any network. An answer is sentences of the
//! documents themselves; where they cover too little of what was asked, a person is needed.

mod compose;
mod several;

use convolog_search::SearchError;
use futures::future::BoxFuture;

use crate::finding::{Library, Ranked, Terms, blocking};
use crate::packs;
use crate::provider::{
    Composed, Failure, Knowledge, Nearest, Passage, Provider, ProviderError, Question, Verdict,
};
use crate::reply::{HandOffReason, Tokens};

/// The confidence of an answer that is certain.
const SURE: f32 = 0.8;

/// The confidence of an answer at all; below `SURE` it says that it is not certain.
const UNSURE: f32 = 0.7;

/// From here on something was found, though not an answer.
const FOUND: f32 = 0.25;

/// More than this lead says nothing more.
const AHEAD_MAX: f32 = 0.5;

/// Two words that stand nowhere else are as good as more.
const MATCHED_MAX: f32 = 2.0;

/// More things that are not spoken of say nothing more.
const MISSED_MAX: u8 = 3;

/// The name in agents' settings.
pub(crate) const NAME: &str = "built_in";

/// Answers in the documents' own sentences.
#[derive(Clone, Debug)]
pub(crate) struct BuiltIn {
    library: Library,
}

impl BuiltIn {
    pub(crate) const fn new(library: Library) -> Self {
        Self { library }
    }

    /// The passages that speak of what is asked, the best first. It is read with what was asked before
    /// if it says too little.
    async fn look_up(&self, question: &Question, asked: &str) -> Result<Vec<Ranked>, SearchError> {
        let (library, asked_in) = (self.library.clone(), self.library.asked_in.as_deref());
        let mut terms = Terms::of(asked, question.before(), asked_in);
        blocking(move || library.look_up(&mut terms)).await
    }

    /// What is found for all that was asked, and for each message of several by itself.
    async fn look_up_all(&self, question: &Question) -> Result<Found, SearchError> {
        let asked = question.asked.expose();
        let whole = self.look_up(question, asked).await?;
        let mut each = Vec::new();
        let name = &question.agent.settings.name;
        for message in several::messages(asked, self.library.asked_in.as_deref(), name) {
            each.push(self.look_up(question, message).await?);
        }
        Ok(Found { whole, each })
    }

    /// The passages that speak of a question, the best first; of several, the best of each first.
    pub(crate) async fn passages(&self, question: &Question) -> Result<Vec<Passage>, SearchError> {
        let Found { whole, each } = self.look_up_all(question).await?;
        let plain = |ranked: Vec<Ranked>| ranked.into_iter().map(|ranked| ranked.passage).collect();
        Ok(several::in_turn(each.into_iter().chain([whole]).map(plain).collect()))
    }
}

/// What was found.
struct Found {
    /// For all that was asked.
    whole: Vec<Ranked>,
    /// For each message by itself, if there are several.
    each: Vec<Vec<Ranked>>,
}

impl Provider for BuiltIn {
    fn name(&self) -> &'static str {
        NAME
    }

    fn model(&self) -> Option<&str> {
        None
    }

    fn compose<'a>(
        &'a self,
        question: &'a Question,
        _: &'a dyn Knowledge,
    ) -> BoxFuture<'a, Result<Composed, Failure>> {
        Box::pin(async move {
            let found = self.look_up_all(question).await.map_err(ProviderError::Search)?;
            let language = question.language.as_deref();
            let each = found.each.into_iter().map(|ranked| answer(ranked, language)).collect();
            Ok(several::joined(answer(found.whole, language), each))
        })
    }
}

/// Makes an answer of what was found.
fn answer(ranked: Vec<Ranked>, language: Option<&str>) -> Composed {
    let confidence = confidence(&ranked);
    let made = ranked.first().and_then(compose::compose);
    let careful = |text: &str| format!("{}\n{text}", packs::say("unsure", language)).into();
    let nearest = made.as_deref().filter(|_| confidence >= FOUND);
    let nearest = nearest.map(|text| Nearest { text: careful(text), cites: vec![1] });
    let verdict = match made {
        Some(text) if confidence >= SURE => {
            Verdict::Answer { text: text.into(), cites: vec![1], sure: true }
        }
        Some(text) if confidence >= UNSURE => {
            Verdict::Answer { text: careful(&text), cites: vec![1], sure: false }
        }
        _ if confidence >= FOUND => Verdict::HandOff(HandOffReason::NotSure),
        _ => Verdict::HandOff(HandOffReason::NothingFound),
    };
    let passages: Vec<Passage> = ranked.into_iter().map(|ranked| ranked.passage).collect();
    let (confidence, tokens) = (Some(confidence), Tokens::default());
    Composed { verdict, passages, confidence, tokens, nearest, left: None }
}

/// How certain it is that the best passage answers, 0 to 1: most by how far it covers what is asked;
/// by how much of it stands there at all, so that a customer who says much is understood; and by how
/// far behind the next passage is, since a question that many passages half cover has no answer.
fn confidence(ranked: &[Ranked]) -> f32 {
    let Some(best) = ranked.first() else { return 0.0 };
    let Some(covering) = best.units.iter().find(|covering| covering.covers >= best.covers) else {
        return 0.0;
    };
    let ahead = best.covers - ranked.get(1).map_or(0.0, |second| second.covers);
    let missed = u8::try_from(covering.missed).unwrap_or(u8::MAX);
    let confidence = 0.77 * best.covers
        + 0.15 * ahead.clamp(0.0, AHEAD_MAX)
        + 0.15 * covering.matched.min(MATCHED_MAX) / MATCHED_MAX
        - 0.04 * f32::from(missed.min(MISSED_MAX));
    confidence.clamp(0.0, 1.0)
}
