//! What was told of each message, event by event: what it said before an edit, and when.
//!
//! Not a fold: a list of what stands in the streams, for whoever wants to see every telling.

use std::fmt;

use convolog_domain::conversation::{Direction, Event as Said};
use convolog_domain::{Content, Event, MessageId};
use convolog_engine::{Disclose, Disclosure, Engine, Recorded, Stream};
use convolog_log::Position;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{TranscriptError, as_of};
use crate::reading::events_of;

/// One event about one message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// Which message.
    pub message: Uuid,
    /// Where the event stands.
    pub position: u64,
    /// When it was recorded (RFC 3339).
    pub recorded_at: String,
    /// The event's name: `message_received`, `message_edited`, `status_received` …
    pub event: String,
    /// The platform's time (seconds since 1970), if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// `inbound` or `outbound`, where the event says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What it said: the text, the new text, the emoji.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The status that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What it said was erased.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
}

impl fmt::Debug for Telling {
    /// Nothing that was said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Telling").field("position", &self.position).finish_non_exhaustive()
    }
}

/// Everything that these streams tell of messages up to a position, in the order of the log.
pub fn history(
    engine: &Engine,
    streams: &[Stream],
    cut: Position,
) -> Result<Vec<Telling>, TranscriptError> {
    let mut tellings = Vec::new();
    for stream in streams {
        let events = events_of::<TranscriptError>(&**engine.log(), stream)?;
        let then = events.iter().filter(|event| event.position <= cut);
        tellings.extend(then.filter_map(|event| telling(engine, event)));
    }
    tellings.sort_by_key(|telling| telling.position);
    Ok(tellings)
}

fn telling(engine: &Engine, recorded: &Recorded) -> Option<Telling> {
    let Event::Conversation(said) = &recorded.event else { return None };
    let (message, at, direction, status) = facts(said)?;
    let (mut text, mut erased) = (None, false);
    for opened in engine.open(recorded) {
        match opened.disclosure {
            Disclosure::Content(Content::Message(content)) => {
                text = content.text.map(|text| text.0);
            }
            Disclosure::Content(Content::Status(content)) => {
                text = content.error_details.map(|text| text.0);
            }
            Disclosure::Erased => erased = true,
            Disclosure::Content(_) | Disclosure::Unreadable(_) => {}
        }
    }
    Some(Telling {
        message: message.0,
        position: recorded.position.0,
        recorded_at: as_of::shown(recorded.at),
        event: recorded.event.event_type().name.to_owned(),
        at,
        direction,
        text,
        status,
        erased,
    })
}

type Facts = (MessageId, Option<i64>, Option<Direction>, Option<String>);

fn facts(said: &Said) -> Option<Facts> {
    Some(match said {
        Said::MessageReceived(event) => {
            let facts = &event.facts;
            (facts.message, facts.sent_at, Some(facts.direction), facts.history_status.clone())
        }
        Said::MessageEnriched(event) => {
            let facts = &event.facts;
            (facts.message, facts.sent_at, Some(facts.direction), facts.history_status.clone())
        }
        Said::MessageRequested(event) => {
            (event.message, Some(event.requested_at), Some(Direction::Outbound), None)
        }
        Said::MessageEdited(event) => (event.target, event.at, Some(event.direction), None),
        Said::MessageRevoked(event) => (event.target, event.at, Some(event.direction), None),
        Said::ReactionChanged(event) => (event.target, event.at, Some(event.direction), None),
        Said::StatusReceived(event) => (event.message, event.at, None, Some(event.status.clone())),
        // The opening, and what operators did: not about a message.
        _ => return None,
    })
}
