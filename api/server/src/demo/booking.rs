//! What can be booked with the simulated businesses, and the first appointment of each.

use serde_json::{Value, json};

use super::client::Client;
use super::seed::text;
use super::state::Known;
use crate::cli::Failure;

/// Makes a service of half an hour, open on every weekday, and books its first free time with whoever
/// wrote first. Doing it again changes nothing.
pub(super) async fn book(client: &Client, known: &Known) -> Result<(), Failure> {
    let once = |what: &str| format!("demo-{what}-{}", known.script);
    let weekly: Vec<Value> =
        (1..=5).map(|day| json!({ "day": day, "opens": 540, "closes": 1_020 })).collect();
    let body = json!({
        "name": "Consultation", "weekly": weekly, "buffer_after_minutes": 15,
        "notice_minutes": 120, "remind_minutes": 60,
    });
    let made = client.order("/v1/services", &known.key, &once("service"), &body).await?;
    let service = text(&made, "id")?;
    let booked = client.get("/v1/appointments?limit=1", &known.key).await?;
    if booked.pointer("/data/0").is_some() {
        return Ok(());
    }
    let slots = client.get(&format!("/v1/services/{service}/slots"), &known.key).await?;
    let list = client.get("/v1/conversations?order=oldest&limit=1", &known.key).await?;
    let first = slots.pointer("/data/0/starts_at").zip(list.pointer("/data/0/id"));
    let Some((starts_at, conversation)) = first else { return Ok(()) };
    let body = json!({
        "service_id": service, "starts_at": starts_at, "conversation_id": conversation,
        "title": "First consultation",
    });
    // What is free first is another time at another start: another request then.
    let fresh = format!("{}-{}", once("appointment"), starts_at.as_str().unwrap_or_default());
    client.order("/v1/appointments", &known.key, &fresh, &body).await?;
    Ok(())
}
