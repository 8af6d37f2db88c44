//! What an API key called, minute by minute: counts, never what was asked.
//!
//! Each event carries what was counted before it, so that the calls of any stretch of time are the
//! difference of two events, however long the stretch is.

mod record_usage;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};

pub use record_usage::RecordUsage;

/// How many calls, by the class whose limit counts them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Calls {
    /// Reads.
    pub read: u64,
    /// Commands.
    pub write: u64,
    /// Streams of events that were opened.
    pub stream: u64,
    /// What costs the whole installation.
    pub heavy: u64,
    /// Calls of any class that were refused because the limit of their class was reached.
    pub refused: u64,
}

impl Calls {
    /// Whether nothing was called.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.with(other, u64::saturating_add)
    }

    /// These without those that came earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        self.with(earlier, u64::saturating_sub)
    }

    fn with(self, other: Self, count: fn(u64, u64) -> u64) -> Self {
        Self {
            read: count(self.read, other.read),
            write: count(self.write, other.write),
            stream: count(self.stream, other.stream),
            heavy: count(self.heavy, other.heavy),
            refused: count(self.refused, other.refused),
        }
    }
}

/// What one key called within one minute, or within the rest of one in which the server stopped and
/// started again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UsageRecorded {
    /// When the minute began, in whole seconds since 1970; never earlier than in the event before.
    pub minute: i64,
    /// What was called in it.
    pub calls: Calls,
    /// What the key had called before, ever since it was made.
    pub before: Calls,
}

events! {
    /// What was called.
    Usage {
        1 "usage_recorded" @1 UsageRecorded(UsageRecorded) by [record_usage::RecordUsage],
    }
}

/// What the calls of a key amount to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The newest minute, in whole seconds since 1970.
    pub minute: i64,
    /// Everything it ever called.
    pub total: Calls,
}

/// What a key called; its stream has the id of the key.
#[derive(Clone, Copy, Debug)]
pub struct Usage;

impl Aggregate for Usage {
    const KIND: StreamKind = StreamKind::Usage;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        let Event::UsageRecorded(recorded) = event;
        state.minute = recorded.minute;
        state.total = recorded.before.plus(recorded.calls);
    }
}
