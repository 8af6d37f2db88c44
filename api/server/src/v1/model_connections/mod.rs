//! Connections to models: where they are, what they may cost, whether they answer. A key goes in and
//! never comes out.

mod add;
mod change;
mod check;
mod read;

pub(crate) use add::AddModelConnection;
pub(crate) use change::{ChangeModelConnection, RemoveModelConnection};
pub(crate) use check::CheckModelConnection;
pub(crate) use read::{ListModelConnections, ShowModelConnection};

use convolog_domain::limits::CONNECTION_PROVIDERS;
use convolog_domain::model_connection::{
    ModelAddress, ModelBudget, ModelConnection, ModelConnectionChecked, State, TokenPrice,
};
use convolog_domain::{Aggregate, Event, ModelConnectionId, Sensitive, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::settings::Setting;
use super::wire::{SecretShown, seconds, time};
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// A connection to a model.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ModelConnection")]
pub(crate) struct ConnectionView {
    /// Which one; agents name it as `connection_id`.
    id: Uuid,
    /// What the staff calls it.
    name: String,
    /// How its endpoint speaks.
    provider: String,
    /// Where it is; null if it cannot be opened any more.
    base_url: Option<String>,
    /// The provider's name of the model.
    model: String,
    /// The key: told apart, not told; null if there is none.
    api_key: Option<SecretShown>,
    /// Milliseconds that one reply may take.
    timeout_ms: u32,
    /// What it may be used for within a calendar month (UTC); null for any amount.
    budget_per_month: Option<Budget>,
    /// What its tokens cost.
    price: Option<Price>,
    /// What came of it when it was last tried; null if it never was.
    last_check: Option<CheckView>,
    /// What was used in this calendar month (UTC); only where one connection is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    used_this_month: Option<Used>,
    /// When it was added; missing in the answer that adds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
}

/// What a connection may be used for within a calendar month (UTC). Without either there is no limit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ModelBudget")]
pub(crate) struct Budget {
    /// Tokens, read and written.
    #[serde(default)]
    #[schemars(range(max = 1_000_000_000_000_u64))]
    tokens: Option<u64>,
    /// What they may cost, in the smallest unit of the price's currency (cents).
    #[serde(default)]
    #[schemars(range(max = 1_000_000_000_000_u64))]
    cost: Option<u64>,
}

/// What a million tokens cost, in the smallest unit of a currency (cents).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TokenPrice")]
pub(crate) struct Price {
    /// The currency: three capital letters (ISO 4217).
    #[schemars(length(min = 3, max = 3))]
    currency: String,
    /// A million that the model reads.
    #[schemars(range(max = 1_000_000_000_u64))]
    input_per_million: u64,
    /// A million that it writes.
    #[schemars(range(max = 1_000_000_000_u64))]
    output_per_million: u64,
}

/// What was used of a connection.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ModelUsed")]
struct Used {
    /// Tokens, read and written.
    tokens: u64,
    /// What they cost at the prices of their time, in the smallest unit of the currency, rounded
    /// down.
    cost: u64,
}

/// What came of trying a connection.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ModelCheck")]
pub(crate) struct CheckView {
    /// `ok`, or why it cannot be used: `refused` (the address), `unreachable`, `timed_out`,
    /// `unauthorized`, `over_limit`, `status`, `too_long`, `unreadable`, `key_missing`.
    outcome: String,
    /// When.
    at: String,
    /// Milliseconds that it took.
    milliseconds: u64,
    /// Tokens that the model read.
    input_tokens: u64,
    /// Tokens that it wrote.
    output_tokens: u64,
}

impl From<&ModelConnectionChecked> for CheckView {
    fn from(checked: &ModelConnectionChecked) -> Self {
        Self {
            outcome: checked.outcome.clone(),
            at: seconds(checked.at),
            milliseconds: checked.effort.milliseconds,
            input_tokens: checked.effort.input_tokens,
            output_tokens: checked.effort.output_tokens,
        }
    }
}

impl From<Budget> for ModelBudget {
    fn from(Budget { tokens, cost }: Budget) -> Self {
        Self { tokens, cost }
    }
}

impl From<ModelBudget> for Budget {
    fn from(ModelBudget { tokens, cost }: ModelBudget) -> Self {
        Self { tokens, cost }
    }
}

impl From<Price> for TokenPrice {
    fn from(price: Price) -> Self {
        let Price { currency, input_per_million: input, output_per_million: output } = price;
        Self { currency, input, output }
    }
}

impl From<TokenPrice> for Price {
    fn from(price: TokenPrice) -> Self {
        let TokenPrice { currency, input, output } = price;
        Self { currency, input_per_million: input, output_per_million: output }
    }
}

impl ConnectionView {
    /// From a state; none if it is not there (any more).
    fn of(id: Uuid, state: &State, base_url: Option<String>) -> Option<Self> {
        let settings = state.usable()?.clone();
        Some(Self {
            id,
            name: settings.name,
            provider: settings.provider,
            base_url,
            model: settings.model,
            api_key: state.key.as_ref().map(SecretShown::from),
            timeout_ms: settings.timeout_milliseconds,
            budget_per_month: settings.budget.map(Budget::from),
            price: settings.price.map(Price::from),
            last_check: state.checked.as_ref().map(CheckView::from),
            used_this_month: None,
            created_at: None,
        })
    }

    /// The connection after these events: the answer to a command.
    fn after(id: Uuid, before: &State, events: &[Event], base_url: Option<String>) -> Option<Self> {
        let mut state = before.clone();
        for event in events {
            if let Event::ModelConnection(event) = event {
                ModelConnection::evolve(&mut state, event);
            }
        }
        Self::of(id, &state, base_url)
    }
}

impl Setting for ConnectionView {
    const KIND: StreamKind = StreamKind::ModelConnection;
    const NAME: &'static str = "connection to a model";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let state = app.engine().load::<ModelConnection>(workspace, id)?.state;
        let number = state.address_at;
        let url = app.engine().model_address(workspace, ModelConnectionId(id), number)?;
        let view = Self::of(id, &state, url.map(|url| url.0));
        let view = view.ok_or_else(|| Problem::not_found(Self::NAME))?;
        Ok(Self { created_at: Some(time(begun.at)), ..view })
    }
}

/// An address that may be called, as far as its syntax tells; every call looks again.
fn checked(app: &App, url: &Sensitive) -> Outcome<ModelAddress> {
    let guard = app.outgoing();
    let parsed = guard.read_public("base_url", url.expose())?;
    Ok(ModelAddress { base_url: url.clone(), plain_http_allowed: guard.lists(&parsed) })
}

/// The providers, as the schema lists them.
fn providers(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": CONNECTION_PROVIDERS })
}
