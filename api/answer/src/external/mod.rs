//! Providers outside: whose means an answer is asked of, and how they may be called.
//!
//! The customer's words, the documents and the models' answers travel here and nowhere else; errors
//! and logs hold codes alone. What a model makes is checked like anybody else's.

mod anthropic;
mod check;
mod contract;
mod gemini;
mod http;
mod openai;
mod outside;
mod prompt;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use reqwest::Url;
use secrecy::SecretString;
use thiserror::Error;

use crate::provider::Provider;
use outside::Outside;

pub use check::Checked;

/// Whose means are used first.
#[derive(Clone, Default)]
pub enum ProviderChoice {
    /// The built-in ones.
    #[default]
    BuiltIn,
    /// Of a model that is called.
    Outside(Connection),
    /// Of a model that cannot be asked now.
    Unavailable {
        /// How its endpoint speaks, as in an agent's settings.
        provider: &'static str,
        /// Why: a word of a kind.
        code: &'static str,
    },
    /// Of whoever made this.
    Own(Arc<dyn Provider>),
}

impl ProviderChoice {
    /// Who cannot be asked, and why.
    pub(crate) const fn unavailable(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Unavailable { provider, code } => Some((provider, code)),
            _ => None,
        }
    }

    /// The provider to ask first; none for the built-in one.
    pub(crate) fn provider(&self, outgoing: &Arc<dyn Outgoing>) -> Option<Arc<dyn Provider>> {
        match self {
            Self::BuiltIn | Self::Unavailable { .. } => None,
            Self::Outside(connection) => {
                Some(Arc::new(Outside::new(connection.clone(), Arc::clone(outgoing))))
            }
            Self::Own(provider) => Some(Arc::clone(provider)),
        }
    }
}

impl std::fmt::Debug for ProviderChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("BuiltIn"),
            Self::Outside(connection) => connection.fmt(f),
            Self::Unavailable { provider, code } => write!(f, "Unavailable({provider}, {code})"),
            Self::Own(provider) => write!(f, "Own({}, {:?})", provider.name(), provider.model()),
        }
    }
}

/// How a model is called.
#[derive(Clone, Debug)]
pub struct Connection {
    /// How its endpoint speaks.
    pub protocol: Protocol,
    /// Where it is, up to the version: `https://api.openai.com/v1`, `http://localhost:11434/v1`,
    /// `https://api.anthropic.com/v1`, `https://generativelanguage.googleapis.com/v1beta`.
    pub base_url: Url,
    /// The provider's name of the model.
    pub model: String,
    /// The key, if it needs one. Never printed, never in an address.
    pub key: Option<SecretString>,
    /// How freely it answers, in hundredths.
    pub temperature_percent: Option<u16>,
    /// Tokens of one answer.
    pub max_tokens: Option<u32>,
    /// How long it may take.
    pub patience: Patience,
}

/// How an endpoint speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Protocol {
    /// Chat completions, as `OpenAI` and most local servers speak them.
    OpenAiCompatible,
    /// Messages, as Anthropic speaks them.
    Anthropic,
    /// `generateContent`, as Gemini speaks it.
    Gemini,
}

impl Protocol {
    /// The name in agents' settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAiCompatible => "openai_compatible",
            Self::Anthropic => "anthropic",
            Self::Gemini => "gemini",
        }
    }
}

impl Protocol {
    /// The protocol of that name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::OpenAiCompatible, Self::Anthropic, Self::Gemini];
        all.into_iter().find(|protocol| protocol.name() == name)
    }
}

/// How long a model may take, and how often it is asked again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// For one request, to the last byte of its answer.
    pub request: Duration,
    /// For everything that one reply needs.
    pub reply: Duration,
    /// How often a request is made again that was refused for a while, or got no answer.
    pub retries: u32,
    /// Before the first of these; before each further one, twice as long.
    pub pause: Duration,
    /// The longest pause, whatever the other side asks for.
    pub pause_max: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(30),
            reply: Duration::from_mins(1),
            retries: 2,
            pause: Duration::from_millis(500),
            pause_max: Duration::from_secs(5),
        }
    }
}

/// Decides which addresses may be called, and gives the client to call them with. Whoever implements
/// it refuses private addresses unless an administrator allowed the host, resolves the name once, and
/// makes a client that goes to that very address, follows no redirect and uses no proxy.
pub trait Outgoing: Send + Sync {
    /// A client for an address, and the address to call.
    fn client_for<'a>(
        &'a self,
        url: &'a Url,
    ) -> BoxFuture<'a, Result<(reqwest::Client, Url), Refused>>;
}

/// An address that may not be called.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{reason}")]
pub struct Refused {
    /// Why, and what to do.
    pub reason: String,
}
