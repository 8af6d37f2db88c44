//! Providers outside: whose means an answer is asked of, and how they may be called.
//!
//! The customer's words, the documents and the models' answers travel here and nowhere else; errors
//! and logs hold codes alone. What a model makes is checked like anybody else's.

use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::Url;
use thiserror::Error;

use crate::provider::Provider;

/// Whose means are used first.
#[derive(Clone, Default)]
pub enum ProviderChoice {
    /// The built-in ones.
    #[default]
    BuiltIn,
    /// Of whoever made this.
    Own(Arc<dyn Provider>),
}

impl ProviderChoice {
    /// The provider to ask first; none for the built-in one.
    pub(crate) fn provider(&self, _: &Arc<dyn Outgoing>) -> Option<Arc<dyn Provider>> {
        match self {
            Self::BuiltIn => None,
            Self::Own(provider) => Some(Arc::clone(provider)),
        }
    }
}

impl std::fmt::Debug for ProviderChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("BuiltIn"),
            Self::Own(provider) => write!(f, "Own({}, {:?})", provider.name(), provider.model()),
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
