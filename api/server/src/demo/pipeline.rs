//! What the simulated businesses do with their leads: whoever writes is looked at, contacted, won or
//! lost, always the same way.

use serde_json::{Value, json};

use super::client::Client;
use super::script::{Business, Customer};
use super::state::Known;
use crate::cli::{Failure, out};

/// How many steps the leads of a business go, one after the other: somebody is won and somebody
/// lost, however few they are.
const STEPS: [usize; 5] = [3, 3, 1, 2, 0];

/// Leads that are looked at.
const PAGE: &str = "/v1/leads?limit=200";

/// Spreads the leads of the seeded conversations over the pipeline.
pub(super) async fn spread(client: &Client, known: &Known) -> Result<(), Failure> {
    let list = client.get(&format!("{PAGE}&order=reversed"), &known.key).await?;
    let leads = list.get("data").and_then(Value::as_array).cloned().unwrap_or_default();
    for ((n, mut lead), steps) in leads.into_iter().enumerate().zip(STEPS.into_iter().cycle()) {
        for _ in 0..steps {
            lead = match step(client, &known.key, &lead, n).await? {
                Some(moved) => moved,
                None => break,
            };
        }
    }
    let target = json!({
        "status": "WON", "period": "2026-Q4", "count": 5,
        "value": { "amount": 250_000, "currency": "EUR" },
    });
    let once = format!("demo-target-{}", known.script);
    client.order("/v1/pipeline/targets", &known.key, &once, &target).await?;
    Ok(())
}

/// Somebody wrote: their lead goes one step further, unless a rule brought it where it is.
pub(super) async fn heard(
    client: &Client,
    known: &Known,
    business: &Business,
    customer: &Customer,
    exchanges: u64,
) -> Result<(), Failure> {
    let list = client.get(PAGE, &known.key).await?;
    let leads = list.get("data").and_then(Value::as_array);
    let is_theirs = |lead: &&Value| member(lead, "name") == Some(customer.name.as_str());
    let Some(lead) = leads.and_then(|leads| leads.iter().find(is_theirs)) else { return Ok(()) };
    if let Some(rule) = member(lead, "status_rule") {
        let name = &customer.name;
        out::note(format!("{name} of {} is qualified by what they said ({rule})", business.name));
        return Ok(());
    }
    let n = usize::try_from(exchanges)?;
    if let Some(moved) = step(client, &known.key, lead, n).await? {
        let status = member(&moved, "status").unwrap_or_default();
        out::note(format!("{} of {} is {status} now", customer.name, business.name));
    }
    Ok(())
}

/// One step further; nothing, for who has bought.
async fn step(
    client: &Client,
    key: &str,
    lead: &Value,
    n: usize,
) -> Result<Option<Value>, Failure> {
    let id = member(lead, "id").ok_or_else(|| Failure::found("a lead without an id"))?;
    let next = match member(lead, "status") {
        Some("NEW") => {
            let known = json!({
                "score": 35 + 5 * (n % 12),
                "score_reasons": ["wrote_first"],
                "value": { "amount": 4_000 + 1_500 * (n % 9), "currency": "EUR" },
            });
            client.change(&format!("/v1/leads/{id}"), key, &known).await?;
            "QUALIFIED"
        }
        Some("QUALIFIED") => "CONTACTED",
        Some("CONTACTED") if n % 3 == 1 => "LOST",
        Some("CONTACTED") => "WON",
        Some("LOST") => "NEW",
        _ => return Ok(None),
    };
    let change = json!({ "status": next });
    client.change(&format!("/v1/leads/{id}/status"), key, &change).await.map(Some)
}

fn member<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
