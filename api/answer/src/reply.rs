//! What comes of it: an answer with its sources, a polite word, or a hand-off with its reason; and
//! what happened on the way, for whoever records it.

use std::time::Duration;

use convolog_domain::{AgentId, DocumentId, Sensitive};

/// What came of a question.
#[derive(Clone, PartialEq, Debug)]
pub struct Reply {
    /// What is to be said, or done.
    pub outcome: Outcome,
    /// How it came about.
    pub made: Made,
}

/// What is to be said, or done.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// An answer from the documents.
    Answer {
        /// What to say.
        text: Sensitive,
        /// Where it stands; never empty.
        sources: Vec<Source>,
        /// Whether it is certain to be the answer. If not, the text says so.
        sure: bool,
        /// Why a person is needed for a part of what was asked, which the text says.
        left: Option<HandOffReason>,
    },
    /// Nothing was asked: a polite word.
    SmallTalk {
        /// What was said.
        kind: SmallTalk,
        /// What to say.
        text: Sensitive,
    },
    /// There is no answer, and nobody takes over: the agent says so.
    Unknown {
        /// What to say.
        text: Sensitive,
    },
    /// A person is needed.
    HandOff {
        /// Why.
        reason: HandOffReason,
        /// What the customer may be told meanwhile.
        text: Sensitive,
    },
}

/// A passage that an answer was drawn from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Which passage.
    pub passage: PassageId,
    /// The heading it stands under; the title of its document if there is none.
    pub heading: Sensitive,
}

/// Names a passage, for ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PassageId {
    /// Its document.
    pub document: DocumentId,
    /// The version of the document.
    pub version: u32,
    /// The number of the passage, from 1.
    pub number: u32,
}

/// What is said without asking anything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SmallTalk {
    /// That something is fine: "ok", a thumb.
    Fine,
    /// A greeting.
    Greeting,
    /// Thanks.
    Thanks,
    /// A farewell.
    Goodbye,
}

impl SmallTalk {
    /// The name that is recorded.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Greeting => "greeting",
            Self::Thanks => "thanks",
            Self::Goodbye => "goodbye",
        }
    }
}

/// Why a person is needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HandOffReason {
    /// No document speaks of it.
    NothingFound,
    /// Something was found, but it may not be the answer.
    NotSure,
    /// No document is written in the customer's language.
    NoDocumentInLanguage,
    /// The customer asked for one.
    AskedForAPerson,
    /// The provider failed, and the built-in one had no answer either.
    ProviderFailed,
    /// They sent no text: a picture, a recording, a place.
    NoText,
    /// The other side seems to be a machine. Never decided here: whoever counts messages does.
    LoopGuard,
}

impl HandOffReason {
    /// Whether it says no more than that there is no answer.
    pub(crate) const fn is_unsure(self) -> bool {
        matches!(self, Self::NothingFound | Self::NotSure | Self::ProviderFailed)
    }

    /// The name that is recorded.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingFound => "nothing_found",
            Self::NotSure => "not_sure",
            Self::NoDocumentInLanguage => "no_document_in_language",
            Self::AskedForAPerson => "asked_for_a_person",
            Self::ProviderFailed => "provider_failed",
            Self::NoText => "no_text",
            Self::LoopGuard => "loop_guard",
        }
    }
}

/// How a reply came about. Ids, codes and numbers only.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    /// Whose means made it, as in an agent's settings.
    pub provider: &'static str,
    /// The provider's name of the model.
    pub model: Option<String>,
    /// Who answered.
    pub agent: AgentId,
    /// Which version of the agent.
    pub agent_version: u32,
    /// The language that the customer writes (ISO 639-1), if it can be told.
    pub language: Option<String>,
    /// The passages that were looked at, the best first.
    pub passages: Vec<PassageId>,
    /// How far what was found covers what was asked, 0 to 1, measured by the workspace's own
    /// documents; none where a model judged.
    pub confidence: Option<f32>,
    /// What a model read and wrote.
    pub tokens: Tokens,
    /// How long it took.
    pub duration: Duration,
    /// What failed before: the provider that was asked first, and the code of its failure.
    pub failed: Option<(&'static str, &'static str)>,
}

/// What a model read and wrote, in its own tokens, over all calls of one reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tokens {
    /// Read.
    pub input: u64,
    /// Written.
    pub output: u64,
}

impl std::ops::AddAssign for Tokens {
    fn add_assign(&mut self, more: Self) {
        self.input = self.input.saturating_add(more.input);
        self.output = self.output.saturating_add(more.output);
    }
}
