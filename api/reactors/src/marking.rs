//! Telling the platform that a customer's message is read, and that somebody writes an answer.
//!
//! Harmless, and worth nothing a minute later: it is tried once, and what came of it is one event. A
//! test key stops before the call.

use std::time::Duration;

use convolog_domain::{
    Content, ConversationId, Event, MessageId, Refusal, RefusalCode, StreamKind,
    channel::Channel,
    conversation::{self, Conversation, Direction, MarkOutcome, MarkRead},
};
use convolog_engine::{Caller, Disclose as _, Disclosure, Engine, EngineError, Stream};
use convolog_log::{Mode, Position};
use reqwest::Method;
use serde_json::json;

use crate::outgoing::OutgoingGuard;
use crate::platform::{Platform, Refused, Said};

/// How long the platform may take: what comes later helps nobody.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was marked, and what came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marked {
    /// Which message.
    pub message: MessageId,
    /// What came of it.
    pub outcome: MarkOutcome,
    /// The HTTP status of the answer, if there was one.
    pub http_status: Option<u16>,
    /// Where that is recorded.
    pub position: Position,
}

/// What is to be shown to a customer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReadMark {
    /// Which message is read; their newest one if none is named.
    pub message: Option<MessageId>,
    /// Also that somebody writes.
    pub typing: bool,
}

/// Marks a message as read. Nothing but a test key's call is taken while this instance is not `armed`.
///
/// # Errors
/// [`EngineError::Refused`] if there is no such conversation or message, the customer did not write
/// it, it cannot be read any more, this instance may not act, or nothing can be said with the number.
pub async fn mark_read(
    engine: &Engine,
    guard: &OutgoingGuard,
    caller: &Caller,
    conversation: ConversationId,
    (mark, armed): (ReadMark, bool),
) -> Result<Marked, EngineError> {
    let ReadMark { message, typing } = mark;
    let workspace = caller.workspace;
    let state = engine.load::<Conversation>(workspace, conversation.0)?.state;
    let opened = state.opened.as_ref().filter(|_| !state.deleted);
    let missing = || Refusal::new(RefusalCode::NotFound, "there is no such conversation");
    let channel = opened.ok_or_else(missing)?.channel;
    if caller.mode == Mode::Live && !armed {
        let detail = "this instance is not armed, so it calls nobody; arm it first";
        return Err(Refusal::new(RefusalCode::NotAllowedNow, detail).into());
    }
    let message = message.or(state.attention.heard).ok_or_else(|| {
        let detail = "the customer has not written here yet; there is nothing to be marked";
        Refusal::new(RefusalCode::NotAllowedNow, detail)
    })?;
    let wamid = platform_id(engine, caller, conversation, message)?;
    let (outcome, http_status) = if caller.mode == Mode::Test {
        (MarkOutcome::Sandbox, None)
    } else {
        let state = engine.load::<Channel>(workspace, channel.0)?.state;
        let platform = match state.live() {
            Some(settings) => Platform::through(engine, workspace, settings)?,
            None => None,
        };
        let platform = platform.ok_or_else(|| {
            let detail =
                "nothing can be said with this number; connect it, or give it a token, first";
            Refusal::new(RefusalCode::NotAllowedNow, detail)
        })?;
        tell(&platform, guard, &wamid, typing).await
    };
    let command = MarkRead { message, typing, outcome, http_status };
    let done = engine.execute(caller, conversation.0, command).await?;
    Ok(Marked { message, outcome, http_status, position: done.position })
}

/// The platform's id of a message that the customer wrote here.
fn platform_id(
    engine: &Engine,
    caller: &Caller,
    conversation: ConversationId,
    message: MessageId,
) -> Result<String, EngineError> {
    let none = || Refusal::field("message_id", "names no message of the customer here");
    let here = Stream::new(caller.workspace, StreamKind::Conversation, conversation.0);
    let first = engine.first_of_message(caller.workspace, message)?;
    let first = first.filter(|first| first.stream == here).ok_or_else(none)?;
    let theirs = matches!(
        &first.event,
        Event::Conversation(conversation::Event::MessageReceived(said))
            if said.facts.direction == Direction::Inbound
    );
    if !theirs {
        return Err(none().into());
    }
    let found = engine.open(&first).into_iter().find_map(|part| match part.disclosure {
        Disclosure::Content(Content::Message(content)) => content.platform_id,
        _ => None,
    });
    let gone = || Refusal::new(RefusalCode::Erased, "this message was erased");
    Ok(found.ok_or_else(gone)?.0)
}

async fn tell(
    platform: &Platform,
    guard: &OutgoingGuard,
    wamid: &str,
    typing: bool,
) -> (MarkOutcome, Option<u16>) {
    let mut body =
        json!({ "messaging_product": "whatsapp", "status": "read", "message_id": wamid });
    if let Some(body) = body.as_object_mut().filter(|_| typing) {
        body.insert("typing_indicator".into(), json!({ "type": "text" }));
    }
    let where_to = (Method::POST, platform.of_number("messages"));
    let said = platform.call_with(guard, where_to, PATIENCE, |request| request.json(&body)).await;
    match said {
        Said::Yes(_) => (MarkOutcome::Told, None),
        Said::No(Refused { http_status: Some(status), .. }) => (MarkOutcome::Refused, Some(status)),
        Said::No(_) | Said::Nothing => (MarkOutcome::Unanswered, None),
    }
}
