//! What an agent did about what a customer wrote, and who is to answer from then on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::{AgentId, DocumentId, MessageId, ModelConnectionId};

/// A passage of a document, for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PassageUsed {
    /// Its document.
    pub document: DocumentId,
    /// The version of the document.
    pub version: u32,
    /// The number of the passage, from 1.
    pub number: u32,
}

/// What an answer took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Effort {
    /// Tokens that a model read.
    pub input_tokens: u64,
    /// Tokens that a model wrote.
    pub output_tokens: u64,
    /// Milliseconds.
    pub milliseconds: u64,
    /// What the tokens cost at the price that the connection had then, in millionths of the smallest
    /// unit of its currency.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub cost_millionths: u64,
}

impl Effort {
    /// Tokens that a model read or wrote.
    pub const fn tokens(&self) -> u64 {
        self.input_tokens.saturating_add(self.output_tokens)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_nothing(count: &u64) -> bool {
    *count == 0
}

/// An agent dealt with what a customer wrote: how it came to what it said, or why it said nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgentReplied {
    /// Which agent.
    pub agent: AgentId,
    /// Which version of it.
    pub version: u32,
    /// The customer's newest message when it was asked.
    pub answered: MessageId,
    /// What it said; none if it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// When (seconds since 1970).
    pub at: i64,
    /// `answer`, `small_talk`, `unknown` (it said that it does not know) or `handoff`.
    pub outcome: String,
    /// Whether an answer is certain to be one.
    pub sure: bool,
    /// Where the answer stands.
    pub sources: Vec<PassageUsed>,
    /// What was looked at, the best first.
    pub passages: Vec<PassageUsed>,
    /// Whose means were used.
    pub provider: String,
    /// The provider's name of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The provider that failed before, and the code of its failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// What it took.
    pub effort: Effort,
    /// The connection whose model was asked, also where it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<ModelConnectionId>,
}

impl AgentReplied {
    /// Whether it counts as a generation: an answer, or whatever a model was asked for.
    pub fn is_generation(&self) -> bool {
        self.outcome == "answer" || self.effort.tokens() > 0
    }
}

/// A person is to answer from now on; agents are silent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HandoffTriggered {
    /// Why: a word of a closed list.
    pub reason: String,
    /// When (seconds since 1970).
    pub at: i64,
    /// The agent that was answering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
}

/// The agent may answer again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HandoffResolved {
    /// Why a person had been asked for.
    pub reason: String,
    /// When (seconds since 1970).
    pub at: i64,
}
