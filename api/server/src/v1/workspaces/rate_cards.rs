//! What messages cost, as the workspace says.

use axum::http::StatusCode;
use convolog_domain::Event;
use convolog_domain::api_key::Scope;
use convolog_domain::workspace::{Rate, RateCardSet, SetRateCard, Workspace};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::seconds;

/// `GET /v1/settings/rate-cards`
pub(crate) struct ShowRateCards;
/// `POST /v1/settings/rate-cards`
pub(crate) struct SetCard;

/// What the platform charges from a time on.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RateCard")]
pub(crate) struct Card {
    /// From then on (RFC 3339), until the next card.
    #[schemars(extend("format" = "date-time"))]
    valid_from: String,
    /// ISO 4217.
    #[schemars(length(min = 3, max = 3))]
    currency: String,
    /// What is charged for what.
    #[schemars(length(max = 300))]
    rates: Vec<CardRate>,
}

/// What is charged for one message.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Rate")]
pub(crate) struct CardRate {
    /// The platform's category: `marketing`, `utility`, `authentication`, `service` …
    category: String,
    /// The calling code of the recipient's country, such as `55`; null for every country that no other
    /// rate names.
    #[serde(default)]
    market: Option<String>,
    /// Millionths of the currency's unit: 62500 is 0.0625.
    micros: u64,
}

impl From<&RateCardSet> for Card {
    fn from(card: &RateCardSet) -> Self {
        let rates = card.rates.iter().cloned().map(|rate| {
            let Rate { category, market, micros } = rate;
            CardRate { category, market, micros }
        });
        Self {
            valid_from: seconds(card.valid_from),
            currency: card.currency.clone(),
            rates: rates.collect(),
        }
    }
}

/// Every card of a workspace.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "RateCards")]
pub(crate) struct Cards {
    /// The oldest first.
    data: Vec<Card>,
}

impl Read for ShowRateCards {
    const DECLARATION: Declaration =
        Declaration::get("/v1/settings/rate-cards", "show_rate_cards", "Show rate cards")
            .describing("Every card of the workspace, the oldest first.")
            .group("Workspaces")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The cards.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Cards;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let workspace = call.workspace();
        let state = call.app.engine().load::<Workspace>(workspace, workspace.0)?.state;
        Ok(Cards { data: state.rate_cards.values().map(Card::from).collect() })
    }
}

impl Endpoint for SetCard {
    const DECLARATION: Declaration =
        Declaration::post("/v1/settings/rate-cards", "set_rate_card", "Set a rate card")
            .describing("What the platform's price list says, from a time on. A card for the same time replaces the one before. Amounts are worked out when they are asked for, so a card may be set later than the messages it is for.")
            .group("Workspaces")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The card.")
            .fails_with(&[Code::NotAllowedNow]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Card>;
    type Ok = Json<Card>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(card) = call.body.clone();
        let from: jiff::Timestamp = card.valid_from.parse().map_err(|_| {
            let detail = "valid_from must be a time such as 2026-10-01T00:00:00Z.";
            Problem::field("valid_from", detail)
        })?;
        let rates = card.rates.iter().cloned().map(|rate| {
            let CardRate { category, market, micros } = rate;
            Rate { category, market, micros }
        });
        let mut rates: Vec<_> = rates.collect();
        rates.sort();
        let (valid_from, currency) = (from.as_second(), card.currency);
        let command = SetRateCard { valid_from, currency: currency.clone(), rates: rates.clone() };
        let shown = Card::from(&RateCardSet { valid_from, currency, rates });
        let answer = |_: &[Event]| serde_json::to_value(&shown).unwrap_or_default();
        let workspace = call.workspace();
        Ok(Reply::answered(call.execute(workspace.0, command, 200, answer).await?))
    }
}
