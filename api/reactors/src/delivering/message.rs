//! The body of a delivery: `{type, timestamp, data}`. `data` is the event as `/v1/events` shows it
//! at this moment, so that what was erased meanwhile is marked erased, with the ids of the conversation
//! and the contact it is about. A dialect whose ids are not ours has its own beside them.

use convolog_domain::subscription::SubscriptionSettings;
use convolog_domain::{AgentId, MessageId, StreamKind, WorkspaceId};
use convolog_engine::{Engine, EngineError, Recorded, Stream};
use convolog_log::Position;
use convolog_projections::view::{Time, ToldEventView};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::short_id::short;

/// The largest body that is sent; what is larger is told by its place only.
const BODY_BYTES_MAX: usize = 256 * 1024;

#[derive(Serialize)]
struct Payload<'a, D> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: Time,
    #[serde(flatten)]
    known_as: Option<KnownAs>,
    data: D,
}

/// The ids under which `ConvoAI` knows what an event is about.
#[derive(Clone, Serialize)]
struct KnownAs {
    agent_id: String,
    message_id: Option<String>,
}

impl KnownAs {
    fn of(
        engine: &Engine,
        workspace: WorkspaceId,
        agent: AgentId,
        data: &Value,
    ) -> Result<Option<Self>, EngineError> {
        let stream = Stream::new(workspace, StreamKind::Agent, agent.0).key();
        let records = engine.log().read_stream(&stream, 0, 1)?;
        let Some(begun) = records.first() else { return Ok(None) };
        let message = data.get("message").and_then(Value::as_str);
        let message = message.and_then(|id| Uuid::parse_str(id).ok());
        let said = match message {
            Some(message) => engine.first_of_message(workspace, MessageId(message))?,
            None => None,
        };
        let id = |prefix: &str, position: Position| short(prefix, position);
        Ok(Some(Self {
            agent_id: id("agt_", begun.header.position),
            message_id: said.map(|said| id("msg_", said.position)),
        }))
    }
}

/// The body that tells a subscriber an event under this name.
pub(super) fn of_event(
    event: &Recorded,
    kind: &str,
    (engine, settings): (&Engine, Option<&SubscriptionSettings>),
) -> Result<Vec<u8>, EngineError> {
    let (timestamp, data) = (event.at.into(), ToldEventView::of(event, engine)?);
    let speaks = settings.filter(|it| it.signature.as_deref() == Some("convoai"));
    let known_as = match speaks.and_then(|settings| settings.agent) {
        Some(agent) => KnownAs::of(engine, event.workspace(), agent, &data.event.data)?,
        None => None,
    };
    let (conversation, contact) = (data.conversation_id, data.contact_id);
    let whole = written(&Payload { kind, timestamp, known_as: known_as.clone(), data })?;
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
    written(&Payload { kind, timestamp, known_as, data })
}

fn written<D: Serialize>(payload: &Payload<'_, D>) -> Result<Vec<u8>, EngineError> {
    serde_json::to_vec(payload).map_err(|error| EngineError::Encoding(error.to_string()))
}

/// The name under which a probe is told.
pub(super) const PROBE: &str = "webhook.probe";

/// The body of a probe.
pub(super) fn of_probe(webhook: Uuid, at: Time) -> Result<Vec<u8>, EngineError> {
    let data = json!({ "webhook": webhook });
    written(&Payload { kind: PROBE, timestamp: at, known_as: None, data })
}
