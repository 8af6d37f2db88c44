//! How a model is called, and what it may cost.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::limits::{
    BUDGET_MAX, CONNECTION_PROVIDERS, MODEL_TIMEOUT_MILLISECONDS, TOKEN_PRICE_MAX,
};
use crate::refusal::Refusal;
use crate::validate;

/// Tokens of which prices are told.
const PRICED_TOKENS: u64 = 1_000_000;

/// How a model is called, and what it may cost.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConnectionSettings {
    /// What the staff calls it.
    pub name: String,
    /// How its endpoint speaks: `openai_compatible`, `anthropic` or `gemini`.
    pub provider: String,
    /// The provider's name of the model.
    pub model: String,
    /// Milliseconds that one reply may take.
    pub timeout_milliseconds: u32,
    /// What it may be used for within a calendar month (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<ModelBudget>,
    /// What its tokens cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<TokenPrice>,
}

/// What a connection may be used for within a calendar month (UTC).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ModelBudget {
    /// Tokens, read and written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<u64>,
    /// What they may cost, in the smallest unit of the currency of the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<u64>,
}

/// What a million tokens cost.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TokenPrice {
    /// The currency: three capital letters (ISO 4217).
    pub currency: String,
    /// A million that the model reads, in the smallest unit of the currency.
    pub input: u64,
    /// A million that it writes.
    pub output: u64,
}

impl TokenPrice {
    /// What these tokens cost, in millionths of the smallest unit of the currency.
    pub const fn cost_millionths(&self, input: u64, output: u64) -> u64 {
        input.saturating_mul(self.input).saturating_add(output.saturating_mul(self.output))
    }
}

impl ModelBudget {
    /// Whether nothing is left, of what was used in the month: tokens, and what they cost in
    /// millionths.
    pub fn is_exhausted(&self, tokens: u64, cost_millionths: u64) -> bool {
        let reached = |most: Option<u64>, used: u64| most.is_some_and(|most| used >= most);
        reached(self.tokens, tokens) || reached(self.cost, cost_millionths / PRICED_TOKENS)
    }
}

/// What is to be changed; what is left out stays as it is, none inside takes it away.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConnectionChanges {
    /// What the staff calls it.
    pub name: Option<String>,
    /// How its endpoint speaks.
    pub provider: Option<String>,
    /// The provider's name of the model.
    pub model: Option<String>,
    /// Milliseconds that one reply may take.
    pub timeout_milliseconds: Option<u32>,
    /// What it may be used for within a month.
    pub budget: Option<Option<ModelBudget>>,
    /// What its tokens cost.
    pub price: Option<Option<TokenPrice>>,
}

impl ConnectionChanges {
    /// The settings with these changes.
    pub(super) fn onto(self, old: ConnectionSettings) -> ConnectionSettings {
        ConnectionSettings {
            name: self.name.unwrap_or(old.name),
            provider: self.provider.unwrap_or(old.provider),
            model: self.model.unwrap_or(old.model),
            timeout_milliseconds: self.timeout_milliseconds.unwrap_or(old.timeout_milliseconds),
            budget: self.budget.unwrap_or(old.budget),
            price: self.price.unwrap_or(old.price),
        }
    }
}

impl ConnectionSettings {
    /// The settings as they will be recorded.
    pub(super) fn checked(mut self) -> Result<Self, Refusal> {
        self.name = validate::name("name", &self.name)?;
        self.provider = validate::one_of("provider", &self.provider, &CONNECTION_PROVIDERS)?;
        self.model = validate::name("model", &self.model)?;
        if !MODEL_TIMEOUT_MILLISECONDS.contains(&self.timeout_milliseconds) {
            let (least, most) = MODEL_TIMEOUT_MILLISECONDS.into_inner();
            return Err(Refusal::field("timeout_ms", format!("must be {least} to {most}")));
        }
        self.budget = self.budget.filter(|budget| *budget != ModelBudget::default());
        if let Some(budget) = &self.budget {
            let limits = [budget.tokens, budget.cost];
            if limits.into_iter().flatten().any(|limit| limit > BUDGET_MAX) {
                let detail = format!("takes numbers up to {BUDGET_MAX}");
                return Err(Refusal::field("budget_per_month", detail));
            }
            if budget.cost.is_some() && self.price.is_none() {
                let detail = "with a cost needs the price of the tokens: give price as well";
                return Err(Refusal::field("budget_per_month", detail));
            }
        }
        if let Some(price) = &self.price {
            if price.currency.len() != 3 || !price.currency.bytes().all(|c| c.is_ascii_uppercase())
            {
                let detail = "needs a currency of three capital letters, such as EUR";
                return Err(Refusal::field("price", detail));
            }
            if price.input.max(price.output) > TOKEN_PRICE_MAX {
                let detail = format!("takes at most {TOKEN_PRICE_MAX} for a million tokens");
                return Err(Refusal::field("price", detail));
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_exhausted_by_tokens_or_by_what_they_cost() {
        let price = TokenPrice { currency: "EUR".into(), input: 300, output: 1_500 };
        // 2 million read, 1 million written: 21 euros.
        let cost = price.cost_millionths(2_000_000, 1_000_000);
        assert_eq!(cost, 2_100_000_000);
        let budget = |tokens, cost| ModelBudget { tokens, cost };
        assert!(!budget(Some(3_000_001), Some(2_101)).is_exhausted(3_000_000, cost));
        assert!(budget(Some(3_000_000), None).is_exhausted(3_000_000, cost));
        assert!(budget(None, Some(2_100)).is_exhausted(3_000_000, cost));
        assert!(budget(Some(0), None).is_exhausted(0, 0), "nothing at all is allowed");
        assert!(!ModelBudget::default().is_exhausted(u64::MAX, u64::MAX));
    }
}
