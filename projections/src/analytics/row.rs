//! One conversation, contact or lead in one week.

use std::collections::BTreeMap;

use convolog_domain::{ActorKind, AgentId, ChannelId, PersonId, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Mode, Origin};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::buckets::Bucket;
use crate::fold::RowKey;
use crate::store::keys::Key;

/// Where what happened came from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Traffic {
    /// The real thing.
    Live,
    /// By a test key.
    Test,
    /// Imported; counted in the hour of the import.
    Imported,
}

impl Traffic {
    pub(crate) fn of(event: &Recorded) -> Self {
        match (event.origin, event.mode) {
            (Origin::HistoryImport | Origin::LogImport, _) => Self::Imported,
            (Origin::Live, Mode::Test) => Self::Test,
            (Origin::Live, Mode::Live) => Self::Live,
        }
    }
}

/// What a row is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum About {
    /// A conversation.
    #[default]
    Conversation,
    /// A contact.
    Contact,
    /// A lead.
    Lead,
}

impl About {
    /// The kind of its stream.
    pub(super) const fn kind(self) -> StreamKind {
        match self {
            Self::Conversation => StreamKind::Conversation,
            Self::Contact => StreamKind::Contact,
            Self::Lead => StreamKind::Lead,
        }
    }

    /// What a stream of this kind is the history of.
    pub(super) const fn of(kind: StreamKind) -> Self {
        match kind {
            StreamKind::Contact => Self::Contact,
            StreamKind::Lead => Self::Lead,
            _ => Self::Conversation,
        }
    }
}

/// Where something belongs, for ever.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub struct Place {
    /// The channel: of a conversation the one it is on, of a lead the one they wrote to. Contacts
    /// belong to none.
    pub channel: Option<ChannelId>,
    /// The agent that was published there when the conversation began. Only conversations have one.
    pub agent: Option<AgentId>,
}

/// One conversation, contact or lead in one week.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AnalyticsRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: Uuid,
    /// Of what.
    pub about: About,
    /// Where it belongs, if it began in this week.
    pub place: Option<Place>,
    /// What happened, by where it came from.
    pub parts: BTreeMap<Traffic, Part>,
}

/// What happened in one kind of traffic.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Part {
    /// By hour since 1970; waits but for the week's first answer.
    pub hours: BTreeMap<i64, Bucket>,
    /// Of it, what members of the staff did, by hour and person.
    pub people: BTreeMap<(i64, PersonId), Bucket>,
    /// The week's first answer: what it answers may lie in the week before.
    pub first: Option<FirstAnswer>,
    /// The second of the first message of this week that nobody has answered.
    pub waiting: Option<i64>,
}

/// The first message of the business in a week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FirstAnswer {
    /// The hour in which it was recorded.
    pub hour: i64,
    /// The second in which it was said.
    pub said: i64,
    /// The second of the first message of this week that it answers.
    pub asked: Option<i64>,
    /// The member of the staff who answered, if one did.
    pub person: Option<PersonId>,
}

/// The member of the staff who did it, by themselves or with a key; none if somebody else did.
pub(crate) fn doer(event: &Recorded) -> Option<PersonId> {
    let (kind, id) = event.actor.answerable();
    (kind == ActorKind::Person).then_some(PersonId(id))
}

impl AnalyticsRow {
    /// The key of a row: rows of one week lie together.
    pub(super) fn key(workspace: WorkspaceId, week: i64, id: Uuid) -> RowKey {
        Self::week(workspace, week).uuid(id).done()
    }

    /// How the keys of the rows of a week begin.
    pub(super) fn week(workspace: WorkspaceId, week: i64) -> Key {
        Key::part().uuid(workspace.0).i64(week)
    }

    pub(super) fn dump(&self) -> String {
        let Self { workspace, id, about, place, parts } = self;
        format!("analytics {workspace}/{id} {about:?} {place:?} {parts:?}")
    }
}

impl Part {
    /// The contact said something.
    pub(super) fn asked(&mut self, said: i64) {
        self.waiting = Some(self.waiting.map_or(said, |waiting| waiting.min(said)));
    }

    /// The business said something. How long what it answers had waited, in seconds, if this is
    /// known within the week.
    pub(super) fn answered(
        &mut self,
        hour: i64,
        said: i64,
        person: Option<PersonId>,
    ) -> Option<u64> {
        let asked = self.waiting.take();
        if self.first.is_none() {
            self.first = Some(FirstAnswer { hour, said, asked, person });
            return None;
        }
        asked.map(|asked| waited(asked, said))
    }

    /// Counts what was done in an hour.
    pub(super) fn count(&mut self, hour: i64, person: Option<PersonId>, done: &Bucket) {
        *self.hours.entry(hour).or_default() += done;
        if let Some(person) = person {
            *self.people.entry((hour, person)).or_default() += done;
        }
    }
}

impl FirstAnswer {
    /// How long what it answers had waited, in seconds; `before` is what waited at the end of the
    /// week before. None if it answers nothing.
    pub(super) fn waited(&self, before: Option<i64>) -> Option<u64> {
        let asked = match (before, self.asked) {
            (Some(before), Some(asked)) => Some(before.min(asked)),
            (before, asked) => before.or(asked),
        };
        asked.map(|asked| waited(asked, self.said))
    }
}

/// Seconds between a question and its answer; the clocks of two sides may disagree.
fn waited(asked: i64, said: i64) -> u64 {
    u64::try_from(said.saturating_sub(asked)).unwrap_or(0)
}
