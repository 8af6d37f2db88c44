//! A model outside as a provider: tells it the question, looks up what it asks for, reads what it
//! made.

use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use serde_json::Value;

use super::anthropic::Anthropic;
use super::gemini::Gemini;
use super::http::Line;
use super::openai::OpenAi;
use super::wire::{Call, Round, Said, TOOL, Wire};
use super::{Connection, Outgoing, Protocol, contract, prompt};
use crate::provider::{Composed, Failure, Knowledge, Passage, Provider, ProviderError, Question};
use crate::reply::Tokens;

/// How often a model may look for more.
const ROUNDS_MAX: usize = 3;

/// Searches that a model may make at once.
const CALLS_MAX: usize = 4;

/// Passages that one search finds.
const FOUND_MAX: usize = 6;

/// A model outside.
pub(super) struct Outside {
    protocol: Protocol,
    model: String,
    wire: Box<dyn Wire>,
    line: Line,
}

impl Outside {
    pub(super) fn new(connection: Connection, outgoing: Arc<dyn Outgoing>) -> Self {
        let Connection { protocol, patience, .. } = connection;
        let model = connection.model.clone();
        let wire: Box<dyn Wire> = match protocol {
            Protocol::OpenAiCompatible => Box::new(OpenAi(connection)),
            Protocol::Anthropic => Box::new(Anthropic(connection)),
            Protocol::Gemini => Box::new(Gemini(connection)),
        };
        Self { protocol, model, wire, line: Line { outgoing, patience } }
    }

    async fn talk(
        &self,
        question: &Question,
        knowledge: &dyn Knowledge,
        spent: &Mutex<Tokens>,
    ) -> Result<Composed, ProviderError> {
        let mut passages = question.passages.clone();
        passages.truncate(prompt::SHOWN);
        let question = Question { passages: passages.clone(), ..question.clone() };
        let mut talk = prompt::begin(&question);
        loop {
            talk.may_search = talk.rounds.len() < ROUNDS_MAX;
            let request = self.wire.write(&talk)?;
            let response = self.line.ask(&request, &*self.wire).await?;
            let Said { text, calls, whole, tokens: used } = self.wire.read(&response)?;
            *spent.lock().unwrap_or_else(PoisonError::into_inner) += used;
            if calls.is_empty() || !talk.may_search {
                let verdict = contract::read(&text)?;
                let (confidence, nearest) = (None, None);
                let tokens = *spent.lock().unwrap_or_else(PoisonError::into_inner);
                let left = None;
                return Ok(Composed { verdict, passages, confidence, tokens, nearest, left });
            }
            let mut found = Vec::new();
            for (at, call) in calls.into_iter().enumerate() {
                // Each use of the tool needs a result, also where too much is wanted at once.
                let answer = if at < CALLS_MAX {
                    look_up(&call, knowledge, &mut passages).await?
                } else {
                    "[]".to_owned()
                };
                found.push((call, answer));
            }
            talk.rounds.push(Round { said: whole, found });
        }
    }
}

/// What a search finds, as JSON. What was shown before keeps its number.
async fn look_up(
    call: &Call,
    knowledge: &dyn Knowledge,
    passages: &mut Vec<Passage>,
) -> Result<String, ProviderError> {
    if call.name != TOOL || call.query.trim().is_empty() {
        return Ok("[]".to_owned());
    }
    let found = knowledge.find(&call.query).await.map_err(ProviderError::Search)?;
    let mut shown = Vec::new();
    for passage in found.into_iter().take(FOUND_MAX) {
        let known = passages.iter().position(|known| known.id == passage.id);
        let number = known.unwrap_or(passages.len()) + 1;
        shown.append(&mut prompt::numbered(number, std::slice::from_ref(&passage)));
        passages.extend(known.is_none().then_some(passage));
    }
    Ok(Value::from(shown).to_string())
}

impl Provider for Outside {
    fn name(&self) -> &'static str {
        self.protocol.name()
    }

    fn model(&self) -> Option<&str> {
        Some(&self.model)
    }

    fn compose<'a>(
        &'a self,
        question: &'a Question,
        knowledge: &'a dyn Knowledge,
    ) -> BoxFuture<'a, Result<Composed, Failure>> {
        Box::pin(async move {
            // What was read and written counts also where nothing comes of it.
            let spent = Mutex::new(Tokens::default());
            let talk = self.talk(question, knowledge, &spent);
            let composed = tokio::time::timeout(self.line.patience.reply, talk).await;
            composed.unwrap_or(Err(ProviderError::TimedOut)).map_err(|error| {
                let tokens = *spent.lock().unwrap_or_else(PoisonError::into_inner);
                Failure { error, tokens }
            })
        })
    }
}
