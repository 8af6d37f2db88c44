//! What is said between us and a model, however its endpoint writes it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::http::{Request, Response};
use crate::provider::ProviderError;
use crate::reply::Tokens;

/// The tool by which a model looks for more.
pub(super) const TOOL: &str = "search_knowledge";

/// What the tool does.
pub(super) const TOOL_DOES: &str = "Searches the business's documents. Returns numbered passages, \
    which may be cited like the first ones. Use it when the passages at hand do not answer.";

/// What the tool takes, as a JSON schema.
pub(super) fn tool_takes() -> Value {
    json!({
        "type": "object",
        "properties": {
            "query": { "type": "string", "description": "A few words, in the documents' language" }
        },
        "required": ["query"]
    })
}

/// Writes and reads one protocol.
pub(super) trait Wire: Send + Sync {
    /// The next request of a talk.
    fn write(&self, talk: &Talk) -> Result<Request, ProviderError>;

    /// What the model said.
    fn read(&self, response: &Response) -> Result<Said, ProviderError>;

    /// Whether an answer that is still being read has said all it will say.
    fn is_done(&self, _: &[u8]) -> bool {
        false
    }
}

/// What was said so far.
#[derive(Clone)]
pub(super) struct Talk {
    /// What the model is told to do.
    pub(super) system: String,
    /// What it is asked, as data.
    pub(super) asked: String,
    /// What it looked for since, and what was found.
    pub(super) rounds: Vec<Round>,
    /// Whether it may look for more.
    pub(super) may_search: bool,
}

/// The model looked for something.
#[derive(Clone)]
pub(super) struct Round {
    /// What it said, as its protocol writes it.
    pub(super) said: Value,
    /// What it looked for, and what was found.
    pub(super) found: Vec<(Call, String)>,
}

/// A use of the tool.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// The model's id of it; empty if it gives none.
    pub(super) id: String,
    /// Which tool.
    pub(super) name: String,
    /// What to look for.
    pub(super) query: String,
}

/// What a model said.
#[derive(Clone, PartialEq)]
pub(super) struct Said {
    /// Its text.
    pub(super) text: String,
    /// What it wants to look for first.
    pub(super) calls: Vec<Call>,
    /// All of it, as its protocol writes it.
    pub(super) whole: Value,
    /// What was read and written.
    pub(super) tokens: Tokens,
}

/// What the tool is given.
#[derive(Deserialize)]
struct Taken {
    query: String,
}

impl Call {
    /// A use of the tool, whose input is JSON; one that cannot be read looks for nothing.
    pub(super) fn new(id: &str, name: &str, input: Value) -> Self {
        let taken = serde_json::from_value::<Taken>(input).map(|taken| taken.query);
        Self { id: id.to_owned(), name: name.to_owned(), query: taken.unwrap_or_default() }
    }
}

/// Reads JSON as a protocol writes it.
pub(super) fn json_of<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, ProviderError> {
    serde_json::from_slice(body).map_err(|_| ProviderError::Unreadable)
}
