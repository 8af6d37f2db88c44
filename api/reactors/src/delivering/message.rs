//! The body of a delivery: `{type, timestamp, data}`. `data` is the event as `/v1/events` shows it
//! at this moment, so that what was erased meanwhile is marked erased, with the ids of the conversation
//! and the contact it is about.

use convolog_engine::{Engine, EngineError, Recorded};
use convolog_projections::view::{Time, ToldEventView};
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
) -> Result<Vec<u8>, EngineError> {
    let (timestamp, data) = (event.at.into(), ToldEventView::of(event, engine)?);
    let (conversation, contact) = (data.conversation_id, data.contact_id);
    let whole = written(&Payload { kind, timestamp, data })?;
    if whole.len() <= BODY_BYTES_MAX {
        return Ok(whole);
    }
    let data = json!({
        "position": event.position.0,
        "id": event.event_id,
        "stream": event.stream.to_string(),
        "type": event.event.event_type().name,
        "conversation_id": conversation,
        "contact_id": contact,
        "too_large": true,
    });
    written(&Payload { kind, timestamp, data })
}

fn written<D: Serialize>(payload: &Payload<'_, D>) -> Result<Vec<u8>, EngineError> {
    serde_json::to_vec(payload).map_err(|error| EngineError::Encoding(error.to_string()))
}

/// The name under which a probe is told.
pub(super) const PROBE: &str = "webhook.probe";

/// The body of a probe.
pub(super) fn of_probe(webhook: uuid::Uuid, at: Time) -> Result<Vec<u8>, EngineError> {
    let data = json!({ "webhook": webhook });
    written(&Payload { kind: PROBE, timestamp: at, data })
}
