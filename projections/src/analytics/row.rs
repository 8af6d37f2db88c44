//! One conversation, or contact, in one week.

use std::collections::BTreeMap;

use convolog_domain::{ChannelId, WorkspaceId};
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
    pub(super) fn of(event: &Recorded) -> Self {
        match (event.origin, event.mode) {
            (Origin::HistoryImport | Origin::LogImport, _) => Self::Imported,
            (Origin::Live, Mode::Test) => Self::Test,
            (Origin::Live, Mode::Live) => Self::Live,
        }
    }
}

/// One conversation, or contact, in one week.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AnalyticsRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which conversation or contact.
    pub id: Uuid,
    /// It is a contact, not a conversation.
    pub contact: bool,
    /// The conversation's channel, if an event of this week names it.
    pub channel: Option<ChannelId>,
    /// What happened, by where it came from.
    pub parts: BTreeMap<Traffic, Part>,
}

/// What happened in one kind of traffic.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Part {
    /// By hour since 1970; waits but for the week's first answer.
    pub hours: BTreeMap<i64, Bucket>,
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
        let Self { workspace, id, contact, channel, parts } = self;
        format!("analytics {workspace}/{id} contact {contact} channel {channel:?} {parts:?}")
    }
}

impl Part {
    /// The contact said something.
    pub(super) fn asked(&mut self, said: i64) {
        self.waiting = Some(self.waiting.map_or(said, |waiting| waiting.min(said)));
    }

    /// The business said something.
    pub(super) fn answered(&mut self, hour: i64, said: i64) {
        let asked = self.waiting.take();
        if self.first.is_none() {
            self.first = Some(FirstAnswer { hour, said, asked });
        } else if let Some(asked) = asked {
            self.hours.entry(hour).or_default().waits.add(waited(asked, said));
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
