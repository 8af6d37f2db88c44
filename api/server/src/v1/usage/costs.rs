//! What messages cost, as the platform told and the workspace's rates say.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::workspace::{State, Workspace};
use convolog_projections::costs::CostRow;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, List, NoParameters, RateClass, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::seconds;

/// `GET /v1/usage/costs`
pub(crate) struct ShowCosts;
/// `GET /v1/usage/costs/messages`
pub(crate) struct ListMessageCosts;

/// Days that are counted at once.
const DAYS_MAX: i64 = 400;
/// Days that are counted if nobody says.
const USUAL_DAYS: i64 = 30;
const DAY_SECONDS: i64 = 86_400;
/// What a message without a category stands under.
const UNNAMED: &str = "unknown";

/// Which messages, and how they are put together.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// Messages whose price was first told at this time (RFC 3339) or later; 30 days before `to` if not
    /// given.
    #[serde(default)]
    from: Option<String>,
    /// And before this time (RFC 3339), at most 400 days after `from`; now if not given.
    #[serde(default)]
    to: Option<String>,
    /// What is put together; by category if not given.
    #[serde(default)]
    by: Option<By>,
}

/// Which messages.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CostsStretch")]
pub(crate) struct Stretch {
    /// Messages whose price was first told at this time (RFC 3339) or later; 30 days before `to` if not
    /// given.
    #[serde(default)]
    from: Option<String>,
    /// And before this time (RFC 3339), at most 400 days after `from`; now if not given.
    #[serde(default)]
    to: Option<String>,
}

/// What one message cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct MessageCost {
    /// Which message.
    message_id: Uuid,
    /// In which conversation.
    conversation_id: Uuid,
    /// With which number.
    channel_id: Uuid,
    /// When its price was first told.
    at: String,
    /// The platform's category.
    category: String,
    /// The calling code of the recipient's country, if the platform named a number.
    market: Option<String>,
    /// The platform charges it.
    charged: bool,
    /// What it costs by the rate card of its time; null if it is free or no card names it.
    amount: Option<AmountView>,
}

/// What is put together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CostsBy")]
enum By {
    /// The platform's categories: `marketing`, `utility` …
    #[default]
    Category,
    /// Numbers, by their id.
    Channel,
    /// Days in UTC, such as `2026-11-21`.
    Day,
}

/// What messages cost.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Costs")]
pub(crate) struct CostsView {
    /// From this time on.
    from: String,
    /// Before this time.
    to: String,
    /// What is put together.
    by: By,
    /// Each that has messages, sorted by its name.
    data: Vec<CostView>,
}

/// What some messages cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Cost")]
pub(crate) struct CostView {
    /// The category, the number, or the day.
    key: String,
    /// So many messages have a price.
    messages: u64,
    /// So many of them the platform charges.
    charged: u64,
    /// So many of these no rate card names: they are in no amount.
    unrated: u64,
    /// What the others cost, one for each currency; null if no rate is known for any of them.
    amounts: Option<Vec<AmountView>>,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "CostAmount")]
pub(crate) struct AmountView {
    /// Millionths of the currency's unit.
    micros: u64,
    /// ISO 4217.
    currency: String,
}

#[derive(Default)]
struct Tally {
    messages: u64,
    charged: u64,
    unrated: u64,
    amounts: BTreeMap<String, u64>,
}

impl Read for ShowCosts {
    const DECLARATION: Declaration =
        Declaration::get("/v1/usage/costs", "show_costs", "Show what messages cost")
            .describing("Every message of which the platform told a price counts once, on the day on which it was first told, however often it was. Amounts follow from the workspace's rate cards (`/v1/settings/rate-cards`); without one messages are counted and `amounts` is null.")
            .group("Workspaces")
            .access(Access::Key(Scope::Read))
            .rate(RateClass::Heavy)
            .answers(StatusCode::OK, "The sums.")
            .from_read_models();
    type Path = NoParameters;
    type Query = Asked;
    type Shown = CostsView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let Asked { from, to, by } = &call.query;
        let by = by.unwrap_or_default();
        let (from, to) = stretch(call, from.as_deref(), to.as_deref())?;
        let workspace = call.workspace();
        let rates = call.app.engine().load::<Workspace>(workspace, workspace.0)?.state;
        let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
        call.app.models().costs()?.costs(workspace, (from, to), |row| {
            sums.entry(key(row, by)).or_default().take(row, &rates);
        })?;
        let data = sums.into_iter().map(|(key, tally)| tally.shown(key)).collect();
        Ok(CostsView { from: seconds(from), to: seconds(to), by, data })
    }
}

impl Read for ListMessageCosts {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/usage/costs/messages",
        "list_message_costs",
        "List what each message cost",
    )
    .describing("The ledger behind `/v1/usage/costs`: each message once, in the order in which its price was first told.")
    .group("Workspaces")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of messages.")
    .from_read_models();
    type Path = NoParameters;
    type Query = Stretch;
    type Shown = List<MessageCost>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let Stretch { from, to } = &call.query;
        let stretch = stretch(call, from.as_deref(), to.as_deref())?;
        let workspace = call.workspace();
        let rates = call.app.engine().load::<Workspace>(workspace, workspace.0)?.state;
        let (token, limit) = (call.paging.token.as_deref(), call.paging.limit);
        let page = call.app.models().costs()?.ledger(workspace, stretch, token, limit)?;
        Ok(page.try_map(|row| Ok::<_, Problem>(MessageCost::of(&row, &rates)))?.into())
    }
}

impl MessageCost {
    fn of(row: &CostRow, rates: &State) -> Self {
        let charged = is_charged(row);
        let rate = rates.rate(row.at.unwrap_or_default(), category(row), row.market.as_deref());
        let amount = rate
            .filter(|_| charged)
            .map(|(micros, currency)| AmountView { micros, currency: currency.to_owned() });
        Self {
            message_id: row.message.0,
            conversation_id: row.conversation.0,
            channel_id: row.channel.0,
            at: seconds(row.at.unwrap_or_default()),
            category: category(row).to_owned(),
            market: row.market.clone(),
            charged,
            amount,
        }
    }
}

/// The stretch of time that is asked about, in seconds since 1970.
fn stretch<E: Endpoint>(
    call: &Call<E>,
    from: Option<&str>,
    to: Option<&str>,
) -> Outcome<(i64, i64)> {
    let now = call.app.engine().clock().now().0.div_euclid(1_000_000);
    let to = to.map_or(Ok(now), |to| moment("to", to))?;
    let usual = to.saturating_sub(USUAL_DAYS * DAY_SECONDS);
    let from = from.map_or(Ok(usual), |from| moment("from", from))?;
    if !(0..=DAYS_MAX * DAY_SECONDS).contains(&to.saturating_sub(from)) {
        let detail = format!("to must be at most {DAYS_MAX} days after from.");
        return Err(Problem::field("to", detail));
    }
    Ok((from, to))
}

fn moment(name: &'static str, text: &str) -> Outcome<i64> {
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        Problem::field(name, format!("{name} must be a time such as 2026-11-21T00:00:00Z."))
    })?;
    Ok(time.as_second())
}

fn category(row: &CostRow) -> &str {
    let named = row.pricing.as_ref().and_then(|pricing| pricing.category.as_deref());
    named.unwrap_or(UNNAMED)
}

fn key(row: &CostRow, by: By) -> String {
    match by {
        By::Category => category(row).to_owned(),
        By::Channel => row.channel.to_string(),
        By::Day => {
            let begun = seconds(row.at.unwrap_or_default());
            begun.split('T').next().unwrap_or_default().to_owned()
        }
    }
}

/// Whether the platform charges a message: as its kind says, or as it said itself before there were
/// kinds.
fn is_charged(row: &CostRow) -> bool {
    let Some(pricing) = &row.pricing else { return false };
    match pricing.kind.as_deref() {
        Some(kind) => !kind.starts_with("free_"),
        None => pricing.billable.unwrap_or(true),
    }
}

impl Tally {
    fn take(&mut self, row: &CostRow, rates: &State) {
        self.messages += 1;
        if !is_charged(row) {
            return;
        }
        self.charged += 1;
        let at = row.at.unwrap_or_default();
        match rates.rate(at, category(row), row.market.as_deref()) {
            Some((micros, currency)) => {
                let sum = self.amounts.entry(currency.to_owned()).or_default();
                *sum = sum.saturating_add(micros);
            }
            None => self.unrated += 1,
        }
    }

    fn shown(self, key: String) -> CostView {
        let Self { messages, charged, unrated, amounts } = self;
        let amounts = amounts.into_iter().map(|(currency, micros)| AmountView { micros, currency });
        let amounts: Vec<_> = amounts.collect();
        let amounts = (!amounts.is_empty()).then_some(amounts);
        CostView { key, messages, charged, unrated, amounts }
    }
}
