//! What somebody wants to be sent, as people read it.

use convolog_domain::Event;
use convolog_domain::contact::{Event as Learned, PreferenceScope, PreferenceSource};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::actor::ActorView;
use super::content::{Contents, Seen};
use super::time::Time;
use crate::acts::ActRow;
use crate::contacts::{ContactRow, Stopped};
use crate::error::QueryError;

/// What is not sent to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "ContactOptedOut")]
pub struct OptedOutView {
    /// Nothing that promotes something; null if that may be sent.
    pub marketing: Option<StopView>,
    /// Nothing but answers to what they write; null if everything may be sent.
    pub all: Option<StopView>,
}

/// A stop that stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "OptedOutSince")]
pub struct StopView {
    /// Since when.
    pub since: Time,
    /// How it became known.
    pub source: PreferenceSource,
    /// Where it stands in the log.
    pub position: u64,
}

impl OptedOutView {
    /// None if everything may be sent.
    pub(crate) fn of(row: &ContactRow) -> Option<Self> {
        let view = |stop: &Stopped| StopView {
            since: Time::of_seconds(stop.since),
            source: stop.source,
            position: stop.position.0,
        };
        let stopped = |scope| row.stopped.get(&scope).map(view);
        let marketing = stopped(PreferenceScope::Marketing);
        let all = stopped(PreferenceScope::All);
        (marketing.is_some() || all.is_some()).then_some(Self { marketing, all })
    }
}

/// One change of what somebody wants to be sent.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "PreferenceChange")]
pub struct PreferenceView {
    /// The event's id.
    pub id: Uuid,
    /// `opted_out` or `opted_in`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What was stopped, or is wanted again.
    pub scope: PreferenceScope,
    /// How it became known.
    pub source: PreferenceSource,
    /// When they said so.
    pub at: Time,
    /// Where it stands in the log.
    pub position: u64,
    /// On which of their contacts it was recorded.
    pub contact_id: Uuid,
    /// Their message that said so, or ours that was refused.
    pub message_id: Option<Uuid>,
    /// The platform's error code.
    pub code: Option<i64>,
    /// Why somebody recorded it.
    pub reason: Option<String>,
    /// What they added in their own words.
    pub note: Option<String>,
    /// Who acted.
    pub actor: ActorView,
    /// The note was erased: nobody can read it any more.
    pub erased: bool,
}

impl std::fmt::Debug for PreferenceView {
    /// Nothing that somebody wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreferenceView").field("position", &self.position).finish_non_exhaustive()
    }
}

impl PreferenceView {
    /// The view of a row; none if its event cannot be read.
    pub(crate) fn of(contents: Contents<'_>, row: &ActRow) -> Result<Option<Self>, QueryError> {
        let Some(event) = contents.event(row.position)? else { return Ok(None) };
        let Event::Contact(learned) = &event.event else { return Ok(None) };
        let (scope, source, at, message, code, reason) = match learned {
            Learned::OptedOut(out) => {
                (out.scope, out.source, out.at, out.message, out.code, out.reason.clone())
            }
            Learned::OptedIn(back) => {
                (back.scope, back.source, back.at, back.message, None, back.reason.clone())
            }
            _ => return Ok(None),
        };
        let written = contents.written(&event);
        let erased = written == Seen::Erased;
        Ok(Some(Self {
            id: event.event_id,
            kind: event.event.event_type().name,
            scope,
            source,
            at: Time::of_seconds(at),
            position: event.position.0,
            contact_id: event.stream.id,
            message_id: message.map(|message| message.0),
            code,
            reason,
            note: written.plain().map(|note| note.text.0),
            actor: event.actor.into(),
            erased,
        }))
    }
}
