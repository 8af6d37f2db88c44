//! The body of a delivery: `{type, timestamp, data}`. `data` is the event as `/v1/events` shows it
//! at this moment, so that what was erased meanwhile is marked erased.

use convolog_engine::{Engine, Recorded};
use convolog_projections::view::{EventView, Time};
use serde::Serialize;
use serde_json::json;

/// The largest body that is sent; what is larger is told by its place only.
const BODY_BYTES_MAX: usize = 256 * 1024;

#[derive(Serialize)]
struct Payload<'a, D> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: Time,
    data: D,
}

/// The body that tells an event under this name.
pub(super) fn of_event(
    event: &Recorded,
    kind: &str,
    engine: &Engine,
) -> Result<Vec<u8>, serde_json::Error> {
    let (timestamp, data) = (event.at.into(), EventView::of(event, engine));
    let whole = serde_json::to_vec(&Payload { kind, timestamp, data })?;
    if whole.len() <= BODY_BYTES_MAX {
        return Ok(whole);
    }
    let data = json!({
        "position": event.position.0,
        "id": event.event_id,
        "stream": event.stream.to_string(),
        "type": event.event.event_type().name,
        "too_large": true,
    });
    serde_json::to_vec(&Payload { kind, timestamp, data })
}

/// The name under which a probe is told.
pub(super) const PROBE: &str = "webhook.probe";

/// The body of a probe.
pub(super) fn of_probe(webhook: uuid::Uuid, at: Time) -> Result<Vec<u8>, serde_json::Error> {
    let data = json!({ "webhook": webhook });
    serde_json::to_vec(&Payload { kind: PROBE, timestamp: at, data })
}
