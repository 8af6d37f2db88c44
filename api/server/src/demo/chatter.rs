//! Simulated customers, who keep writing: always the same exchanges, one after another.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use convolog_log::Clock;
use serde_json::{Value, json};

use super::client::Client;
use super::pipeline;
use super::posts::Platform;
use super::script::{Business, Exchange};
use super::seed::text;
use super::state::{Known, State};
use crate::cli::{Failure, out};

/// Between two things that somebody writes.
const PAUSE: Duration = Duration::from_secs(3);

/// Everything that the simulated customers need.
pub(super) struct Chatter<'a> {
    pub(super) client: Client,
    pub(super) businesses: &'a [Business],
    pub(super) clock: Arc<dyn Clock>,
    pub(super) data: &'a Path,
}

impl Chatter<'_> {
    /// Goes on until it is dropped.
    pub(super) async fn run(&self, state: &mut State) {
        loop {
            if let Err(failure) = self.next(state).await {
                // The server may be stopping, or its disk full; customers try again.
                tracing::warn!(?failure, "a simulated customer got no answer");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The next exchange: the customer writes, the agent or a person answers.
    async fn next(&self, state: &mut State) -> Result<(), Failure> {
        let all: Vec<(&Business, &Exchange)> = in_turn(self.businesses);
        let length = u64::try_from(all.len().max(1))?;
        let at = usize::try_from(state.exchanges % length)?;
        let Some((business, exchange)) = all.get(at) else { return Ok(()) };
        let Some(known) = state.businesses.iter().find(|known| known.script == business.key) else {
            return Ok(());
        };
        let platform = Platform { business, salt: known.workspace.clone() };
        let secret = &known.app_secret;
        let name = format!("chatter/{}", state.exchanges);
        for (n, said) in exchange.says.iter().enumerate() {
            let change =
                platform.text(&exchange.customer, &format!("{name}/{n}"), self.now(), said);
            self.client.deliver(secret, platform.body(&[change])).await?;
            tokio::time::sleep(PAUSE).await;
        }
        let handed_off = self.answer(known, exchange, &format!("{name}/answer")).await?;
        let (customer, exchanges) = (&exchange.customer, state.exchanges);
        pipeline::heard(&self.client, known, business, customer, exchanges).await?;
        state.exchanges += 1;
        state.save(self.data)?;
        let who = format!("{} wrote to {}", exchange.customer.name, business.name);
        let answered = handed_off.map_or_else(
            || "the agent answered".to_owned(),
            |reason| format!("a person answered ({reason})"),
        );
        out::note(format!("{who}: {} messages, {answered}", exchange.says.len()));
        Ok(())
    }

    /// If the agent handed the customer over, a person answers: over the API, through the simulated
    /// platform; then the agent goes on.
    async fn answer(
        &self,
        known: &Known,
        exchange: &Exchange,
        once: &str,
    ) -> Result<Option<String>, Failure> {
        let list = self.client.get("/v1/conversations?limit=50", &known.key).await?;
        let all = list.get("data").and_then(Value::as_array).cloned().unwrap_or_default();
        let with = |conversation: &&Value| {
            let name = conversation.pointer("/contact/name").and_then(Value::as_str);
            name == Some(exchange.customer.name.as_str())
        };
        let Some(conversation) = all.iter().find(with) else { return Ok(None) };
        let reason = conversation.pointer("/handoff/reason").and_then(Value::as_str);
        let Some(reason) = reason else { return Ok(None) };
        let path = format!("/v1/conversations/{}", text(conversation, "id")?);
        let body = json!({ "type": "text", "text": exchange.answer });
        self.client.order(&format!("{path}/messages"), &known.key, once, &body).await?;
        let back = format!("{once}/back");
        self.client.order(&format!("{path}/handback"), &known.key, &back, &json!({})).await?;
        Ok(Some(reason.to_owned()))
    }

    fn now(&self) -> i64 {
        self.clock.now().0.div_euclid(1_000_000)
    }
}

/// The first exchange of each business, then the second of each, and so on.
fn in_turn(businesses: &[Business]) -> Vec<(&Business, &Exchange)> {
    let longest = businesses.iter().map(|business| business.chatter.len()).max().unwrap_or(0);
    (0..longest)
        .flat_map(|n| businesses.iter().filter_map(move |b| Some((b, b.chatter.get(n)?))))
        .collect()
}
