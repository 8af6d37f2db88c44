//! Whether a connection answers: its model is asked something small, in the same words and with the
//! same rules as for a customer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use convolog_domain::agent::AgentSettings;
use convolog_domain::{AgentId, Sensitive};
use convolog_search::SearchError;
use futures::future::BoxFuture;

use super::outside::Outside;
use super::{Connection, Outgoing};
use crate::ask::Agent;
use crate::provider::{Composed, Failure, Knowledge, Passage, Provider, ProviderError, Question};
use crate::reply::Tokens;

/// What is asked.
const ASKED: &str = "Are you there?";

/// What came of trying a connection.
#[derive(Debug)]
pub struct Checked {
    /// Why it cannot be used; none if it can.
    pub failed: Option<ProviderError>,
    /// What its model read and wrote.
    pub tokens: Tokens,
    /// How long it took.
    pub duration: Duration,
}

impl Checked {
    /// The name that is recorded.
    pub fn code(&self) -> &'static str {
        self.failed.as_ref().map_or("ok", ProviderError::code)
    }
}

/// There is nothing to look up.
struct Empty;

impl Knowledge for Empty {
    fn find<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Vec<Passage>, SearchError>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

impl Connection {
    /// Tries the connection. No customer's words and no document go out.
    pub async fn check(&self, outgoing: Arc<dyn Outgoing>) -> Checked {
        let begun = Instant::now();
        let question = Question {
            agent: Agent {
                id: AgentId::default(),
                version: 0,
                settings: AgentSettings::named("Convolog"),
                instructions: Sensitive::default(),
            },
            language: Some("en".to_owned()),
            turns: Vec::new(),
            asked: ASKED.into(),
            passages: Vec::new(),
        };
        let outside = Outside::new(self.clone(), outgoing);
        let (failed, tokens) = match outside.compose(&question, &Empty).await {
            Ok(Composed { tokens, .. }) => (None, tokens),
            Err(Failure { error, tokens }) => (Some(error), tokens),
        };
        Checked { failed, tokens, duration: begun.elapsed() }
    }
}
