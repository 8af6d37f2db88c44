//! An event as it is told to a subscriber: as the API shows it, with whom it is about.

use convolog_domain::appointment::Appointment;
use convolog_domain::conversation::Event as Happened;
use convolog_domain::lead::Lead;
use convolog_domain::{Event, StreamKind};
use convolog_engine::{Engine, EngineError, Recorded};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::EventView;

/// One event, as webhooks tell it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ToldEvent")]
pub struct ToldEventView {
    /// The event.
    #[serde(flatten)]
    pub event: EventView,
    /// The conversation that it is about; null if it is about none.
    pub conversation_id: Option<Uuid>,
    /// The contact that it is about; null if it is about nobody, or nobody knows who they are.
    pub contact_id: Option<Uuid>,
}

impl ToldEventView {
    /// Shows an event, opening what is sealed.
    ///
    /// # Errors
    /// [`EngineError`] if whom it is about cannot be read.
    pub fn of(event: &Recorded, engine: &Engine) -> Result<Self, EngineError> {
        let (conversation_id, contact_id) = about(event, engine)?;
        Ok(Self { event: EventView::of(event, engine), conversation_id, contact_id })
    }
}

/// The conversation and the contact of an event.
fn about(event: &Recorded, engine: &Engine) -> Result<(Option<Uuid>, Option<Uuid>), EngineError> {
    let (workspace, id) = (event.workspace(), event.stream.id);
    Ok(match event.stream.kind {
        StreamKind::Conversation => (Some(id), with_whom(event, engine)?),
        StreamKind::Contact => (None, Some(id)),
        StreamKind::Lead => {
            let contact = engine.load::<Lead>(workspace, id)?.state.contact;
            (None, contact.map(|contact| contact.0))
        }
        StreamKind::Appointment => {
            let state = engine.load::<Appointment>(workspace, id)?.state;
            let with = state.booking.as_ref().map(|booking| &booking.with);
            let conversation = with.and_then(|with| with.conversation);
            let contact = with.and_then(|with| with.contact);
            (conversation.map(|id| id.0), contact.map(|id| id.0))
        }
        _ => (None, None),
    })
}

/// With whom a conversation is: its first event says so.
fn with_whom(event: &Recorded, engine: &Engine) -> Result<Option<Uuid>, EngineError> {
    let opened = |event: &Event| match event {
        Event::Conversation(Happened::ConversationOpened(opened)) => Some(opened.contact.0),
        _ => None,
    };
    if event.version == 1 {
        return Ok(opened(&event.event));
    }
    let records = engine.log().read_stream(&event.stream.key(), 0, 1)?;
    let first = records.first().map(Recorded::read).transpose()?;
    Ok(first.and_then(|first| opened(&first.event)))
}
