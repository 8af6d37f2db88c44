//! How often the keys of a surface may call, and what they are told of it.

use std::time::Duration;

/// The rules of a surface.
pub struct RateRules {
    /// Calls of keys.
    pub requests: Requests,
    /// Calls within a minute of an address that shows no key that works; none for any number.
    pub anonymous: Option<u32>,
    /// How much of something a key may use up on a plan; none for any amount.
    pub quota: fn(plan: &str, quota: Quota) -> Option<u64>,
    /// What answers say of it.
    pub told: Told,
}

/// Which calls are counted together, within a minute, and how many there may be.
#[derive(Clone, Copy)]
pub enum Requests {
    /// Those of a key, each class by itself; the configuration says how many.
    ByClass,
    /// Those of a key; its plan says how many.
    ByPlan(fn(plan: &str) -> u32),
    /// Those of a workspace to one endpoint.
    ByRoute(u32),
}

/// What calls use up besides, within a longer time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quota {
    /// Messages that are asked for within an hour.
    Messages,
    /// Documents that are written within a day.
    KnowledgeWrites,
}

/// What answers say of where a key stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// `X-RateLimit-*` on every answer to a key, `Retry-After` where calling again makes sense.
    Limits,
    /// `X-RateLimit-*` and `Retry-After` on every answer.
    LimitsAndWait,
    /// `Retry-After` where there were too many, and nothing else.
    WaitOnly,
}

impl Quota {
    /// How long it is until it counts from nothing again: whole hours and days of UTC.
    pub(crate) const fn window(self) -> Duration {
        match self {
            Self::Messages => Duration::from_hours(1),
            Self::KnowledgeWrites => Duration::from_hours(24),
        }
    }

    /// Its name in a refusal.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages_per_hour",
            Self::KnowledgeWrites => "knowledge_writes_per_day",
        }
    }

    /// What is counted, for people.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Messages => "messages within an hour",
            Self::KnowledgeWrites => "changes of knowledge within a day",
        }
    }

    /// The events that use it up.
    pub(super) const fn events(self) -> &'static [&'static str] {
        match self {
            Self::Messages => &["message_requested"],
            Self::KnowledgeWrites => &["document_added", "document_updated", "import_requested"],
        }
    }
}
