//! The façade: from a question to a reply, whatever fails on the way.

use std::sync::Arc;

use convolog_domain::Sensitive;
use convolog_search::{Search, SearchError};
use thiserror::Error;
use tokio::time::Instant;

use crate::ask::{Ask, Speaker};
use crate::built_in::{BuiltIn, NAME};
use crate::external::Outgoing;
use crate::finding::{Library, blocking};
use crate::language::{Told, tell};
use crate::packs;
use crate::provider::{
    Composed, Failure, Nearest, Passage, Provider, ProviderError, Question, Verdict,
};
use crate::reply::{HandOffReason, Made, Outcome, PassageId, Reply, Source, Tokens};
use crate::small_talk::{asks_for_a_person, small_talk};

/// Characters of a question that are read.
const ASKED_CHARS_MAX: usize = 4_000;

/// Passages that are recorded as looked at.
const RECORDED_MAX: usize = 12;

/// Answers customers from the documents of a business. Cheap to clone; keeps nothing of a question.
#[derive(Clone)]
pub struct Answering {
    search: Search,
    outgoing: Arc<dyn Outgoing>,
}

impl std::fmt::Debug for Answering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answering").field("search", &self.search).finish_non_exhaustive()
    }
}

/// Why there is no reply at all, not even a hand-off.
#[derive(Debug, Error)]
pub enum AnswerError {
    /// The documents cannot be searched now; ask again.
    #[error("the documents could not be searched; ask again in a moment")]
    Search(#[from] SearchError),
}

impl Answering {
    /// Over a search index, calling outside only where `outgoing` allows.
    pub fn new(search: Search, outgoing: Arc<dyn Outgoing>) -> Self {
        Self { search, outgoing }
    }

    /// Answers. Every question gets a reply; a provider that fails is replaced by the built-in one.
    ///
    /// # Errors
    /// [`AnswerError::Search`] while the documents cannot be searched, because the index is being
    /// rebuilt or stopped. Asking again later is right.
    pub async fn answer(&self, ask: &Ask) -> Result<Reply, AnswerError> {
        let begun = Instant::now();
        let asked: String = ask.asked.expose().trim().chars().take(ASKED_CHARS_MAX).collect();
        let library = Library {
            search: self.search.clone(),
            workspace: ask.workspace,
            scope: ask.agent.scope(ask.sandbox),
            languages: Vec::new(),
            asked_in: None,
        };
        let written_in = {
            let library = library.clone();
            blocking(move || library.written_in()).await?
        };
        let known: Vec<&str> =
            written_in.keys().map(String::as_str).filter(|known| !known.is_empty()).collect();
        let before: Vec<&str> = said_before(ask).collect();
        let told = tell(&asked, &before, &known);
        let mut way = Way::new(ask, &told);
        let outcome = match way.without_documents(&asked) {
            Some(outcome) => outcome,
            None if written_in.is_empty() => way.cannot(HandOffReason::NothingFound),
            None => {
                let foreign = told.language.as_deref().filter(|own| {
                    told.certain && !known.contains(own) && !written_in.contains_key("")
                });
                if foreign.is_some() && ask.agent.settings.handoff.unknown_language {
                    way.hand_off(HandOffReason::NoDocumentInLanguage)
                } else {
                    let languages = looked_in(&told, &known, written_in.contains_key(""));
                    let library = Library { languages, asked_in: told.language.clone(), ..library };
                    self.read_up(&mut way, library, asked).await?
                }
            }
        };
        way.made.duration = begun.elapsed();
        Ok(Reply { outcome, made: way.made })
    }

    async fn read_up(
        &self,
        way: &mut Way<'_>,
        library: Library,
        asked: String,
    ) -> Result<Outcome, AnswerError> {
        let mut question = Question {
            agent: way.ask.agent.clone(),
            language: way.language.clone(),
            turns: way.ask.turns.clone(),
            asked: Sensitive::from(asked),
            passages: Vec::new(),
        };
        let built_in = BuiltIn::new(library.clone());
        if let Some(provider) = way.ask.provider.provider(&self.outgoing) {
            question.passages = built_in.passages(&question).await?;
            match provider.compose(&question, &library).await {
                Ok(composed) => {
                    way.made.provider = provider.name();
                    way.made.model = provider.model().map(str::to_owned);
                    let outcome = way.check(composed);
                    if !(way.guesses() && matches!(outcome, Outcome::Unknown { .. })) {
                        return Ok(outcome);
                    }
                    // The model has nothing to say: what comes nearest is the built-in one's.
                    (way.made.provider, way.made.model) = (NAME, None);
                }
                Err(Failure { error: ProviderError::Search(error), .. }) => {
                    return Err(error.into());
                }
                Err(Failure { error, tokens }) => {
                    way.made.tokens += tokens;
                    let (name, code) = (provider.name(), error.code());
                    tracing::warn!(
                        provider = name,
                        code,
                        "a provider failed; the built-in one answers"
                    );
                    way.made.failed = Some((name, code));
                }
            }
        }
        match built_in.compose(&question, &library).await {
            Ok(composed) => Ok(match way.check(composed) {
                Outcome::HandOff { .. } if way.made.failed.is_some() => {
                    way.hand_off(HandOffReason::ProviderFailed)
                }
                outcome => outcome,
            }),
            Err(Failure { error: ProviderError::Search(error), .. }) => Err(error.into()),
            Err(_) => Ok(way.cannot(HandOffReason::ProviderFailed)),
        }
    }
}

/// What the customer said before, the newest first.
fn said_before(ask: &Ask) -> impl Iterator<Item = &str> {
    let turns = ask.turns.iter().rev().filter(|turn| turn.by == Speaker::Customer);
    turns.map(|turn| turn.text.expose())
}

/// The languages to look in: the customer's own if anything is written in it, and what is in none
/// that is known; else all.
fn looked_in(told: &Told, known: &[&str], unknown: bool) -> Vec<String> {
    let own = told.language.as_ref().filter(|own| known.contains(&own.as_str()));
    let unknown = unknown.then(String::new);
    own.into_iter().flat_map(|own| std::iter::once(own.clone()).chain(unknown.clone())).collect()
}

/// A reply in the making.
struct Way<'a> {
    ask: &'a Ask,
    /// The language to answer in.
    language: Option<String>,
    made: Made,
}

impl<'a> Way<'a> {
    fn new(ask: &'a Ask, told: &Told) -> Self {
        let agent = &ask.agent;
        let made = Made {
            provider: NAME,
            model: None,
            agent: agent.id,
            agent_version: agent.version,
            language: told.language.clone(),
            passages: Vec::new(),
            confidence: None,
            tokens: Tokens::default(),
            duration: std::time::Duration::ZERO,
            failed: ask.provider.unavailable(),
        };
        let language = agent.settings.language.clone().or_else(|| told.language.clone());
        Self { ask, language, made }
    }

    /// What needs no document: a polite word, or a person who was asked for or has to look.
    fn without_documents(&self, asked: &str) -> Option<Outcome> {
        if asked.is_empty() {
            return Some(self.hand_off(HandOffReason::NoText));
        }
        let told = self.made.language.as_deref();
        let settings = &self.ask.agent.settings;
        if let Some((kind, said_in)) = small_talk(asked, told, &settings.name) {
            let language = settings.language.as_deref().unwrap_or(said_in);
            let text = packs::say(kind.code(), Some(language)).into();
            return Some(Outcome::SmallTalk { kind, text });
        }
        let person = settings.handoff.on_request && asks_for_a_person(asked, told);
        person.then(|| self.hand_off(HandOffReason::AskedForAPerson))
    }

    fn hand_off(&self, reason: HandOffReason) -> Outcome {
        let text = packs::say("handing_off", self.language.as_deref()).into();
        Outcome::HandOff { reason, text }
    }

    /// There is no answer: a person is needed, or the agent says so itself.
    fn cannot(&self, reason: HandOffReason) -> Outcome {
        if self.ask.agent.settings.handoff.when_unsure || !reason.is_unsure() {
            return self.hand_off(reason);
        }
        Outcome::Unknown { text: packs::say("unknown", self.language.as_deref()).into() }
    }

    /// Whether what comes nearest is said where nobody takes over.
    const fn guesses(&self) -> bool {
        let rules = &self.ask.agent.settings.handoff;
        rules.guess_when_unsure && !rules.when_unsure
    }

    /// Takes what a provider made, if it says where it stands.
    fn check(&mut self, composed: Composed) -> Outcome {
        let Composed { verdict, passages, confidence, tokens, nearest, left } = composed;
        let verdict = match (verdict, nearest) {
            (Verdict::HandOff(reason), Some(Nearest { text, cites }))
                if reason.is_unsure() && self.guesses() =>
            {
                Verdict::Answer { text, cites, sure: false }
            }
            (verdict, _) => verdict,
        };
        self.made.confidence = confidence;
        self.made.tokens += tokens;
        let ids: Vec<PassageId> = passages.iter().map(|passage| passage.id).collect();
        self.made.passages = ids.into_iter().take(RECORDED_MAX).collect();
        match verdict {
            Verdict::HandOff(reason) => self.cannot(reason),
            Verdict::Answer { text, cites, sure } => {
                let cited = |number: &usize| passages.get(number.checked_sub(1)?);
                let sources: Option<Vec<Source>> =
                    cites.iter().map(|number| cited(number).map(Passage::source)).collect();
                match sources {
                    Some(sources) if !sources.is_empty() && !text.expose().trim().is_empty() => {
                        self.keep_cited(&sources);
                        let (text, left) = self.with_what_is_left(text, left);
                        Outcome::Answer { text, sources, sure, left }
                    }
                    _ => self.cannot(HandOffReason::NotSure),
                }
            }
        }
    }

    /// An answer to a part of what was asked says what becomes of the rest: a person is needed, or the
    /// agent does not know.
    fn with_what_is_left(
        &self,
        text: Sensitive,
        left: Option<HandOffReason>,
    ) -> (Sensitive, Option<HandOffReason>) {
        let Some(reason) = left else { return (text, None) };
        let (rest, left) = match self.cannot(reason) {
            Outcome::HandOff { reason, text } => (text, Some(reason)),
            Outcome::Unknown { text } => (text, None),
            Outcome::Answer { .. } | Outcome::SmallTalk { .. } => return (text, left),
        };
        (format!("{}\n\n{}", text.expose(), rest.expose()).into(), left)
    }

    /// A passage that is cited is recorded, however far down it stood.
    fn keep_cited(&mut self, sources: &[Source]) {
        for source in sources {
            if !self.made.passages.contains(&source.passage) {
                self.made.passages.push(source.passage);
            }
        }
    }
}
