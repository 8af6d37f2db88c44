//! What makes answers: the contract between the façade and the means.

use convolog_domain::{DocumentId, Sensitive};
use convolog_search::{PassageHit, SearchError};
use futures::future::BoxFuture;
use thiserror::Error;

use crate::ask::{Agent, Speaker, Turn};
use crate::reply::{HandOffReason, PassageId, Source, Tokens};

/// Makes answers of passages. Sends nothing to the customer and records nothing.
pub trait Provider: Send + Sync {
    /// The name in agents' settings.
    fn name(&self) -> &'static str;

    /// The name of its model, if it has one.
    fn model(&self) -> Option<&str>;

    /// Makes an answer. Whoever calls checks it.
    fn compose<'a>(
        &'a self,
        question: &'a Question,
        knowledge: &'a dyn Knowledge,
    ) -> BoxFuture<'a, Result<Composed, Failure>>;
}

/// Where a provider may look for more.
pub trait Knowledge: Send + Sync {
    /// The passages that speak of something, the best first, within what the agent may know.
    fn find<'a>(&'a self, text: &'a str) -> BoxFuture<'a, Result<Vec<Passage>, SearchError>>;
}

/// What is to be answered.
#[derive(Clone, Debug)]
pub struct Question {
    /// Who answers.
    pub agent: Agent,
    /// The language to answer in (ISO 639-1, or BCP 47 as the agent is set), if it can be told.
    pub language: Option<String>,
    /// What was said before, the oldest first.
    pub turns: Vec<Turn>,
    /// The customer's newest words.
    pub asked: Sensitive,
    /// What the documents say about it, the best first.
    pub passages: Vec<Passage>,
}

impl Question {
    /// What the customer asked before, if they did.
    pub(crate) fn before(&self) -> Option<&str> {
        let mut turns = self.turns.iter().rev().filter(|turn| turn.by == Speaker::Customer);
        turns.next().map(|turn| turn.text.expose())
    }
}

/// A passage of a document.
#[derive(Clone, PartialEq, Debug)]
pub struct Passage {
    /// Which one.
    pub id: PassageId,
    /// What people call its document.
    pub title: Sensitive,
    /// The headings above it, the outermost first.
    pub headings: Vec<Sensitive>,
    /// What it says.
    pub text: Sensitive,
    /// Its language, if it is known.
    pub language: Option<String>,
    /// How well it was found. Comparable within a workspace.
    pub score: f32,
}

impl Passage {
    /// As a source of an answer.
    pub fn source(&self) -> Source {
        let heading = self.headings.last().unwrap_or(&self.title).clone();
        Source { passage: self.id, heading }
    }
}

impl From<PassageHit> for Passage {
    fn from(hit: PassageHit) -> Self {
        let PassageHit { document: DocumentId(document), version, number, .. } = hit;
        Self {
            id: PassageId { document: DocumentId(document), version, number },
            title: hit.title.into(),
            headings: hit.headings.into_iter().map(Sensitive::from).collect(),
            text: hit.text.into(),
            language: hit.language.filter(|language| !language.is_empty()),
            score: hit.score,
        }
    }
}

/// What a provider made.
#[derive(Clone, PartialEq, Debug)]
pub struct Composed {
    /// An answer, or why there is none.
    pub verdict: Verdict,
    /// The passages it was shown, in the order of their numbers, from 1.
    pub passages: Vec<Passage>,
    /// How far the passages cover what was asked, where that is measured.
    pub confidence: Option<f32>,
    /// What was read and written.
    pub tokens: Tokens,
    /// What comes nearest to an answer where there is none, if anything does.
    pub nearest: Option<Nearest>,
    /// Why a part of what was asked is left without an answer, where the rest has one.
    pub left: Option<HandOffReason>,
}

/// What comes nearest to an answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Nearest {
    /// What it says, with a caution.
    pub text: Sensitive,
    /// The numbers of the passages that say so, from 1.
    pub cites: Vec<usize>,
}

/// Why a provider made nothing, and what it took all the same.
#[derive(Debug, Error)]
#[error("{error}")]
pub struct Failure {
    /// Why.
    pub error: ProviderError,
    /// What was read and written before.
    pub tokens: Tokens,
}

impl From<ProviderError> for Failure {
    fn from(error: ProviderError) -> Self {
        Self { error, tokens: Tokens::default() }
    }
}

/// An answer, or why there is none.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// An answer.
    Answer {
        /// What to say.
        text: Sensitive,
        /// The numbers of the passages that say so, from 1.
        cites: Vec<usize>,
        /// Whether it is certain to be the answer.
        sure: bool,
    },
    /// None.
    HandOff(HandOffReason),
}

/// Why a provider made nothing. Holds nothing of what was said, and no secret.
#[derive(Debug, Error)]
pub enum ProviderError {
    /// Its address may not be called, or is none.
    #[error("the provider's address may not be called")]
    Refused(#[source] crate::external::Refused),
    /// It could not be reached, or broke off.
    #[error("the provider could not be reached")]
    Unreachable,
    /// It took longer than it may.
    #[error("the provider did not answer in time")]
    TimedOut,
    /// It refused the request: its status.
    #[error("the provider answered {0}")]
    Status(u16),
    /// It said more than it may.
    #[error("the provider's answer is longer than it may be")]
    TooLong,
    /// What it said cannot be read as its protocol says.
    #[error("the provider's answer cannot be read")]
    Unreadable,
    /// The documents could not be searched.
    #[error("the documents could not be searched")]
    Search(#[source] SearchError),
}

impl ProviderError {
    /// The name that is recorded.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::Status(401 | 403) => "unauthorized",
            Self::Status(402 | 429) => "over_limit",
            Self::Status(_) => "status",
            Self::TooLong => "too_long",
            Self::Unreadable => "unreadable",
            Self::Search(_) => "search",
        }
    }
}
